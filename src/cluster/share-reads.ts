import * as z from 'zod/mini';
import { parseValue } from './api-answer.ts';
import { isReview } from './permissions.ts';
import type { Api, ApiResult } from './types.ts';

/**
 * The same API, where what is read twice is asked for once: many checks look at one moment of the
 * cluster, and several want the same object. A question about rights is a read, too. Not for who
 * waits for something to change.
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
    get: async (path, schema, signal) => {
      const answer = await once(`get ${path}`, () => api.get(path, z.unknown(), signal));
      return answer.ok ? parseValue(answer.value, schema, `the answer to GET ${path}`) : answer;
    },
    list: async (path, item, signal) => {
      const answer = await once(`list ${path}`, () => api.list(path, z.unknown(), signal));
      return answer.ok
        ? parseValue(answer.value, z.array(item), `the answer to GET ${path}`)
        : answer;
    },
    page: async (path, item, options, signal) => {
      const { limit, token } = options;
      const key = `page ${path} ${limit} ${token ?? ''}`;
      const answer = await once(key, () => api.page(path, z.unknown(), options, signal));
      if (!answer.ok) return answer;
      const items = parseValue(answer.value.items, z.array(item), `the answer to GET ${path}`);
      return items.ok ? { ok: true, value: { ...answer.value, items: items.value } } : items;
    },
    post: async (path, body, schema, signal) => {
      if (!isReview(path)) return api.post(path, body, schema, signal);
      const key = `post ${path} ${JSON.stringify(body)}`;
      const answer = await once(key, () => api.post(path, body, z.unknown(), signal));
      return answer.ok ? parseValue(answer.value, schema, `the answer to POST ${path}`) : answer;
    },
    listMetadata: (path, signal) => once(`metadata ${path}`, () => api.listMetadata(path, signal)),
  };
}
