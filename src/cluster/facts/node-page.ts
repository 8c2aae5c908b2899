import type * as z from 'zod/mini';
import type { Api, ApiResult, Page } from '../types.ts';

/** Real nodes list their images: 50 of them are 0.7 MB. */
const nodesOfAPage = 50;

/**
 * A page of nodes. Who wants one node alone takes the first page, too: of an API that shares what
 * is read it is the one that others want.
 * @param token of the page; undefined for the first one
 */
export function readNodePage<T>(
  api: Api,
  node: z.ZodMiniType<T>,
  token: string | undefined,
  signal: AbortSignal,
): Promise<ApiResult<Page<T>>> {
  return api.page('/api/v1/nodes', node, { limit: nodesOfAPage, token }, signal);
}
