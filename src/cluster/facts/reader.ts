import type * as z from 'zod/mini';
import { shareReads } from '../share-reads.ts';
import type { Api, ApiFailure, ApiResult, ObjectMetadata } from '../types.ts';
import type { Fact } from './facts.ts';

/** Reads for one gathering: what two facts both need is asked for once. */
export interface FactReader {
  get<T>(path: string, schema: z.ZodMiniType<T>): Promise<ApiResult<T>>;
  list<T>(path: string, item: z.ZodMiniType<T>): Promise<ApiResult<T[]>>;
  listMetadata(path: string): Promise<ApiResult<ObjectMetadata[]>>;
}

/** @param signal ends every request that is under way */
export function createFactReader(api: Api, signal: AbortSignal): FactReader {
  const shared = shareReads(api);
  return {
    get: (path, schema) => shared.get(path, schema, signal),
    list: (path, item) => shared.list(path, item, signal),
    listMetadata: (path) => shared.listMetadata(path, signal),
  };
}

/** A failed request as a gap in the facts. */
export function gap({ kind, message }: ApiFailure): Extract<Fact<never>, { state: 'unknown' }> {
  const reason =
    kind === 'forbidden' || kind === 'unauthorized'
      ? 'forbidden'
      : kind === 'timeout'
        ? 'timeout'
        : kind === 'not-found'
          ? 'not-served'
          : 'failed';
  return { state: 'unknown', reason, detail: message };
}

/** A list as it was answered; of an API that is not served, an empty one. */
export function emptyWhereAbsent<T>(result: ApiResult<T[]>): ApiResult<T[]> {
  return !result.ok && result.failure.kind === 'not-found' ? { ok: true, value: [] } : result;
}
