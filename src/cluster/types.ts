import type * as z from 'zod/mini';
import type { ApiResult } from './api-result.ts';

/** What a finished child process left behind. */
export interface ExecResult {
  /** undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** Whether our abort signal ended it. */
  readonly cancelled: boolean;
  /** Set where the program could not be started at all: ENOENT, EACCES, E2BIG … */
  readonly startFailure?: { readonly code: string; readonly message: string };
  /** Set where it was ended because it wrote more than `maxOutputBytes`. */
  readonly outputTooLong?: boolean;
}

export interface ExecOptions {
  /** Written to the child's stdin, once it is known; without it stdin is empty. */
  readonly input?: string | Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  /** Aborting sends SIGTERM, and SIGKILL only `killAfterMilliseconds` later. */
  readonly signal?: AbortSignal;
  readonly killAfterMilliseconds?: number;
  /** Bound of stdout and of stderr, each. Default 64 MiB. */
  readonly maxOutputBytes?: number;
  /** Called with each line of stderr as it comes; the result holds them all the same. */
  readonly onStderrLine?: (line: string) => void;
  /** Called when the child runs: for work that can be done beside it. */
  readonly onStarted?: () => void;
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

export interface DeleteOptions {
  /** Refuses with `conflict` where the live object's uid is another. */
  readonly uid?: string;
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
}

export interface PageOptions {
  /** How many objects at most. */
  readonly limit: number;
  /** `next` of the page before; absent for the first one. */
  readonly token?: string | undefined;
}

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the list goes on; undefined at its end. */
  readonly next: string | undefined;
  /** How many objects come after this page; 0 also where the server does not tell. */
  readonly remaining: number;
}

/** An object that the API server is to judge, without writing it. */
export interface TryOut {
  /** Server-side apply or a merge patch to the object's own path, or a POST to its collection. */
  readonly method: 'apply' | 'merge' | 'create';
  readonly path: string;
  readonly object: object;
  readonly fieldManager: string;
  /** Apply only: take fields over that somebody else set. */
  readonly force?: boolean;
}

/** What the server says of it; warnings come with a refusal, too. */
export interface TriedOut {
  /** The object as it would be stored, with every default. */
  readonly result: ApiResult<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Requests to the API server, with the user's own credentials. Paths start with `/api…`. */
export interface Api {
  get<T>(path: string, schema: z.ZodMiniType<T>, signal?: AbortSignal): Promise<ApiResult<T>>;
  /** Follows `continue` to the last page; each item is parsed on its own. */
  list<T>(path: string, item: z.ZodMiniType<T>, signal?: AbortSignal): Promise<ApiResult<T[]>>;
  /** One page, for who need not see the whole list. A page that has expired fails with 410. */
  page<T>(
    path: string,
    item: z.ZodMiniType<T>,
    options: PageOptions,
    signal?: AbortSignal,
  ): Promise<ApiResult<Page<T>>>;
  /**
   * The same list with nothing but each object's metadata: what to ask for where
   * objects are large or hold secrets, and only names, labels or uids are wanted.
   */
  listMetadata(path: string, signal?: AbortSignal): Promise<ApiResult<ObjectMetadata[]>>;
  /** An answer that is not JSON: a container's log. */
  text(path: string, signal?: AbortSignal): Promise<ApiResult<string>>;
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
  /** Server-side dry run: admission, validation, strict fields; nothing is stored. */
  tryOut(request: TryOut, signal?: AbortSignal): Promise<TriedOut>;
  delete(path: string, options?: DeleteOptions, signal?: AbortSignal): Promise<ApiResult<void>>;
  /** Ends the connection and its process; safe to call twice. */
  close(): Promise<void>;
}

/** What every object carries. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  /** RFC 3339. */
  readonly creationTimestamp?: string | null | undefined;
  readonly deletionTimestamp?: string | null | undefined;
  readonly labels?: Readonly<Record<string, string>> | null | undefined;
  readonly annotations?: Readonly<Record<string, string>> | null | undefined;
  readonly ownerReferences?:
    | readonly {
        readonly kind: string;
        readonly name: string;
        readonly uid: string;
        readonly controller?: boolean | null | undefined;
      }[]
    | null
    | undefined;
  readonly finalizers?: readonly string[] | null | undefined;
}

export type * from './api-result.ts';
export type * from './helm/types.ts';
export type * from './releases/types.ts';
