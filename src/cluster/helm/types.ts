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
  | 'killed'
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
  /** Called when helm runs: for work that can be done beside it. */
  readonly onStarted?: () => void;
}

export interface TemplateOptions extends HelmCallOptions {
  readonly chart: ChartSource;
  readonly release: string;
  readonly namespace: string;
  /** YAML or JSON. helm reads it from its standard input: it stands in no file. */
  readonly values: string;
  /** "v1.36.3"; without it helm assumes a version of its own. */
  readonly kubeVersion?: string;
  /** Every group/version and group/version/Kind that the cluster serves. */
  readonly apiVersions?: readonly string[];
  readonly isUpgrade?: boolean;
  /** For values that are known to fit the chart's schema: helm takes a fifth less time then. */
  readonly skipsSchema?: boolean;
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

export interface RollbackOptions extends UninstallOptions {
  /** Which one to go back to. */
  readonly revision: number;
}

/** helm 3.12+ and helm 4, told apart nowhere but behind this. */
export interface Helm {
  version(options?: HelmCallOptions): Promise<HelmResult<HelmVersion>>;
  /** The manifests as one stream of YAML documents. Asks no cluster. */
  template(options: TemplateOptions): Promise<HelmResult<string>>;
  /** `helm upgrade --install` without waiting for pods; gives what helm printed. */
  upgradeInstall(options: UpgradeInstallOptions): Promise<HelmResult<string>>;
  /** Makes a new revision that is as an older one was, without waiting for pods. */
  rollback(options: RollbackOptions): Promise<HelmResult<string>>;
  /** Removes the release and its history without waiting for pods. */
  uninstall(options: UninstallOptions): Promise<HelmResult<string>>;
  showChart(chart: ChartSource, options?: HelmCallOptions): Promise<HelmResult<ChartMetadata>>;
  /** The chart's values.yaml as text. */
  showValues(chart: ChartSource, options?: HelmCallOptions): Promise<HelmResult<string>>;
}
