import type { ApiResult } from '../cluster/types.ts';

/** What is not there is undefined and no failure. */
export async function optional<T>(
  answer: Promise<ApiResult<T>>,
): Promise<ApiResult<T | undefined>> {
  const result = await answer;
  return !result.ok && result.failure.kind === 'not-found'
    ? { ok: true, value: undefined }
    : result;
}
