import * as z from 'zod/mini';
import type { Api, ApiResult } from './types.ts';

/**
 * The same API, where what is read twice is asked for once: many checks look at one moment of the
 * cluster, and several want the same object. Not for who waits for something to change.
 */
export function shareReads(api: Api): Api {
  const asked = new Map<string, Promise<ApiResult<unknown>>>();
  const once = <T>(key: string, ask: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> => {
    const answer = asked.get(key) ?? ask();
    asked.set(key, answer);
    return answer as Promise<ApiResult<T>>;
  };
  return {
    ...api,
    // Each reader takes other parts out of the same answer.
    get: async (path, schema, signal) =>
      parseWith(await once(`get ${path}`, () => api.get(path, z.unknown(), signal)), schema, path),
    list: async (path, item, signal) =>
      parseWith(
        await once(`list ${path}`, () => api.list(path, z.unknown(), signal)),
        z.array(item),
        path,
      ),
    listMetadata: (path, signal) => once(`metadata ${path}`, () => api.listMetadata(path, signal)),
  };
}

function parseWith<T>(
  answer: ApiResult<unknown>,
  schema: z.ZodMiniType<T>,
  path: string,
): ApiResult<T> {
  if (!answer.ok) return answer;
  const parsed = z.safeParse(schema, answer.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const where = parsed.error.issues[0]?.path.join('.') || 'its root';
  // Never quotes the answer: it may hold a Secret.
  const message = `the answer to GET ${path} is not what was expected at ${where}`;
  return { ok: false, failure: { kind: 'other', message } };
}
