import type * as z from 'zod/mini';

/** What a finished child process left behind. */
export interface ExecResult {
  /** undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** Whether our abort signal ended it. */
  readonly cancelled: boolean;
}

export interface ExecOptions {
  /** Written to the child's stdin; without it stdin is empty. */
  readonly input?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  /** Aborting sends SIGTERM, and SIGKILL only `killAfterMilliseconds` later. */
  readonly signal?: AbortSignal;
  readonly killAfterMilliseconds?: number;
}

/** Runs one program to its end. Never rejects because the program failed. */
export type Exec = (
  file: string,
  args: readonly string[],
  options: ExecOptions,
) => Promise<ExecResult>;

/** Who talks to which cluster; the same for every kubectl, helm and request of an invocation. */
export interface ClusterAccess {
  /** As for KUBECONFIG: one or more files; undefined means in-cluster credentials. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** The API server's address, for people to recognise. */
  readonly server: string | undefined;
  readonly impersonateUser: string | undefined;
  readonly impersonateGroups: readonly string[];
  /** Time limit of one request, in milliseconds. */
  readonly requestTimeoutMilliseconds: number;
}

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
  /** The server's own words. */
  readonly message: string;
}

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };

export interface DeleteOptions {
  /** Refuses with `conflict` where the live object's uid is another. */
  readonly uid?: string;
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
}

/** Requests to the API server, with the user's own credentials. Paths start with `/api…`. */
export interface Api {
  get<T>(path: string, schema: z.ZodMiniType<T>, signal?: AbortSignal): Promise<ApiResult<T>>;
  /** Follows `continue` to the last page; each item is parsed on its own. */
  list<T>(path: string, item: z.ZodMiniType<T>, signal?: AbortSignal): Promise<ApiResult<T[]>>;
  post<T>(
    path: string,
    body: unknown,
    schema: z.ZodMiniType<T>,
    signal?: AbortSignal,
  ): Promise<ApiResult<T>>;
  /** JSON merge patch. */
  patch<T>(
    path: string,
    body: unknown,
    schema: z.ZodMiniType<T>,
    signal?: AbortSignal,
  ): Promise<ApiResult<T>>;
  delete(path: string, options?: DeleteOptions, signal?: AbortSignal): Promise<ApiResult<void>>;
  /** Ends the connection and its process; safe to call twice. */
  close(): Promise<void>;
}

/** A release as helm stored it; the newest revision. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** helm's status: deployed, failed, pending-install, pending-upgrade, uninstalling, … */
  readonly status: string;
  readonly chartName: string;
  readonly chartVersion: string;
  readonly appVersion: string;
  /** RFC 3339. */
  readonly updated: string;
  /** The values that users gave (not the chart's defaults). */
  readonly values: Readonly<Record<string, unknown>>;
  readonly manifest: string;
}
