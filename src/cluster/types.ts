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
  /** Set where the program could not be started at all: ENOENT, EACCES, E2BIG … */
  readonly startFailure?: { readonly code: string; readonly message: string };
  /** Set where it was ended because it wrote more than `maxOutputBytes`. */
  readonly outputTooLong?: boolean;
}

export interface ExecOptions {
  /** Written to the child's stdin; without it stdin is empty. */
  readonly input?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  /** Aborting sends SIGTERM, and SIGKILL only `killAfterMilliseconds` later. */
  readonly signal?: AbortSignal;
  readonly killAfterMilliseconds?: number;
  /** Bound of stdout and of stderr, each. Default 64 MiB. */
  readonly maxOutputBytes?: number;
  /** Called with each line of stderr as it comes; the result holds them all the same. */
  readonly onStderrLine?: (line: string) => void;
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

/** A release with what else helm keeps of it. */
export interface StoredRelease extends Release {
  /** helm's last words about the revision: "Upgrade complete", "Release "x" failed: …". */
  readonly description: string;
  /** RFC 3339. */
  readonly firstDeployed: string;
  readonly notes: string;
  /** The defaults of the chart that it was made with. */
  readonly chartValues: Readonly<Record<string, unknown>>;
  /** How helm 4 applied it: ssa or csa; helm 3 does not say. */
  readonly applyMethod?: string;
}

export interface ReleaseRevision {
  readonly revision: number;
  readonly status: string;
}

/** What helm's storage says of one release name. */
export interface ReleaseHistory {
  /** The newest revision, whatever its status (also `uninstalled`, where history was kept). */
  readonly newest: StoredRelease;
  /** The newest revision that helm calls `deployed`: where a rollback leads. */
  readonly deployedRevision: number | undefined;
  /** All revisions kept, newest first. */
  readonly revisions: readonly ReleaseRevision[];
}

/** Where helm keeps releases (HELM_DRIVER). */
export type ReleaseDriver = 'secret' | 'configmap' | 'sql' | 'memory';

/** helm's storage of releases, wherever it is. */
export interface ReleaseStorage {
  /** undefined where nothing is stored under that name. */
  history(
    release: { readonly namespace: string; readonly name: string },
    signal?: AbortSignal,
  ): Promise<ApiResult<ReleaseHistory | undefined>>;
  /**
   * The newest revision of every release, by name; what is left of an uninstalled one (history
   * kept) is among them.
   */
  list(
    filter: {
      /** Absent: every namespace. */
      readonly namespace?: string;
      /** Only releases of the chart with this name. */
      readonly chartName?: string;
    },
    signal?: AbortSignal,
  ): Promise<ApiResult<StoredRelease[]>>;
}

/** A chart as `--chart` names it: directory, archive, `repo/name` or `oci://…`. */
export interface ChartSource {
  readonly reference: string;
  /** Only for `repo/name` and `oci://…`; without it the newest. */
  readonly version?: string;
}

export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
}

export interface HelmVersion {
  /** As helm says it, without the `v`: "4.1.4". */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
  /** Older than what we support. */
  readonly tooOld: boolean;
}

/** Why helm failed, as far as its words tell. */
export type HelmFailureKind =
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'busy'
  | 'ownership'
  | 'conflict'
  | 'duplicate-entries'
  | 'missing-kind'
  | 'values-refused'
  | 'immutable-field'
  | 'quota'
  | 'pod-security'
  | 'admission-refused'
  | 'invalid-object'
  | 'name-in-use'
  | 'not-found'
  | 'namespace-missing'
  | 'namespace-terminating'
  | 'chart-not-found'
  | 'chart-broken'
  | 'kubernetes-version'
  | 'template'
  | 'timeout'
  | 'cancelled'
  | 'not-started'
  | 'other';

export interface HelmFailure {
  readonly kind: HelmFailureKind;
  /** What happened, in a user's words. */
  readonly message: string;
  /** helm's own words, masked; may be several lines. */
  readonly detail: string;
  /** What to do next. */
  readonly next: string;
}

export type HelmResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: HelmFailure };

/** What every helm call that takes long or changes something accepts. */
export interface HelmCallOptions {
  /** Aborting sends SIGTERM: helm then marks the release failed and ends. */
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
}

export interface TemplateOptions extends HelmCallOptions {
  readonly chart: ChartSource;
  readonly release: string;
  readonly namespace: string;
  /** Paths; later ones win. */
  readonly valuesFiles: readonly string[];
  /** "v1.36.3"; without it helm assumes a version of its own. */
  readonly kubeVersion?: string;
  /** Every group/version and group/version/Kind that the cluster serves. */
  readonly apiVersions?: readonly string[];
  readonly isUpgrade?: boolean;
}

export interface UpgradeInstallOptions extends HelmCallOptions {
  readonly chart: ChartSource;
  readonly release: string;
  readonly namespace: string;
  readonly valuesFiles: readonly string[];
  /** Recorded with the revision. */
  readonly description?: string;
  /** helm's own words while it works. */
  readonly onStderrLine?: (line: string) => void;
}

export interface UninstallOptions extends HelmCallOptions {
  readonly release: string;
  readonly namespace: string;
  readonly onStderrLine?: (line: string) => void;
}

/** helm 3.12+ and helm 4, told apart nowhere but behind this. */
export interface Helm {
  version(options?: HelmCallOptions): Promise<HelmResult<HelmVersion>>;
  /** The manifests as one stream of YAML documents. Asks no cluster. */
  template(options: TemplateOptions): Promise<HelmResult<string>>;
  /** `helm upgrade --install` without waiting for pods; gives what helm printed. */
  upgradeInstall(options: UpgradeInstallOptions): Promise<HelmResult<string>>;
  /** Removes the release and its history without waiting for pods. */
  uninstall(options: UninstallOptions): Promise<HelmResult<string>>;
  showChart(chart: ChartSource, options?: HelmCallOptions): Promise<HelmResult<ChartMetadata>>;
  /** The chart's values.yaml as text. */
  showValues(chart: ChartSource, options?: HelmCallOptions): Promise<HelmResult<string>>;
}
