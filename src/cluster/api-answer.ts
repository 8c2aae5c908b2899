import * as z from 'zod/mini';
import type { ApiResult } from './types.ts';

/**
 * Takes out of the body of an answer what a schema wants.
 * @param what names it in the failure, such as `GET /version`
 */
export function parseAnswer<T>(body: string, schema: z.ZodMiniType<T>, what: string): ApiResult<T> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return notUnderstood(`the answer to ${what} is not JSON`);
  }
  return parseValue(value, schema, `the answer to ${what}`);
}

/** The same of what is no text any more. @param what names it in the failure */
export function parseValue<T>(
  value: unknown,
  schema: z.ZodMiniType<T>,
  what: string,
): ApiResult<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'its root';
  return notUnderstood(`${what} is not what was expected at ${where}`);
}

/** Never quotes the answer: it may hold a Secret. */
function notUnderstood(message: string): ApiResult<never> {
  return { ok: false, failure: { kind: 'other', message } };
}
