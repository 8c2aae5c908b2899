import type { ApiFailure } from './types.ts';

/** One request as the transports carry it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Starts with `/api…`, may hold a query. */
  readonly path: string;
  /** JSON; for PATCH a merge patch, unless `contentType` says otherwise. */
  readonly body?: string;
  readonly contentType?: typeof applyPatch;
  readonly accept?: string;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** An HTTP answer, whoever gave it. */
export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfterSeconds?: number;
  /** Texts of the `Warning` headers. */
  readonly warnings?: readonly string[];
  readonly body: string;
}

/** Server-side apply; JSON is YAML. */
export const applyPatch = 'application/apply-patch+yaml';

export type TransportResult =
  | { readonly answered: true; readonly answer: ApiAnswer }
  | { readonly answered: false; readonly failure: ApiFailure };

/** A way to the API server: kubectl's proxy, or a kubectl for each request. */
export interface Transport {
  send(request: ApiRequest): Promise<TransportResult>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

export function noAnswer(kind: ApiFailure['kind'], message: string): TransportResult {
  return { answered: false, failure: { kind, message } };
}
