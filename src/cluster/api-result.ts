/** A refusal of the API server, or no answer at all. */
export interface ApiFailure {
  readonly kind:
    | 'unreachable'
    | 'timeout'
    | 'unauthorized'
    | 'forbidden'
    | 'not-found'
    | 'conflict'
    | 'invalid'
    | 'cancelled'
    | 'other';
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The server's own words; where there was no answer, kubectl's. */
  readonly message: string;
  /** The server's `reason`: AlreadyExists, Conflict, Forbidden, Invalid, NotFound … */
  readonly reason?: string;
  /** What is wrong with which field, where the server says it (mostly with `invalid`). */
  readonly causes?: readonly { readonly field?: string; readonly message: string }[];
}

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };
