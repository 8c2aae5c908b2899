import type { Api, ApiFailure } from './types.ts';

/**
 * The same API, where nobody asks what stands in a namespace that does not exist: nothing does.
 * Every named object is not found and every list is empty, as the server would answer.
 * @param namespace one that the server said is not there
 */
export function withoutNamespace(api: Api, namespace: string): Api {
  const part = `/namespaces/${encodeURIComponent(namespace)}/`;
  const isInside = (path: string) => path.includes(part);
  const failure: ApiFailure = {
    kind: 'not-found',
    status: 404,
    reason: 'NotFound',
    message: `namespaces "${namespace}" not found`,
  };
  return {
    ...api,
    get: async (path, schema, signal) =>
      isInside(path) ? { ok: false, failure } : api.get(path, schema, signal),
    list: async (path, item, signal) =>
      isInside(path) ? { ok: true, value: [] } : api.list(path, item, signal),
    page: async (path, item, options, signal) =>
      isInside(path)
        ? { ok: true, value: { items: [], next: undefined, remaining: 0 } }
        : api.page(path, item, options, signal),
    listMetadata: async (path, signal) =>
      isInside(path) ? { ok: true, value: [] } : api.listMetadata(path, signal),
  };
}
