import type { ApiResult } from '../api-result.ts';

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
  /** The newest revision that helm calls `deployed`; whether its pods ever ran helm does not say. */
  readonly deployedRevision: number | undefined;
  /** Revisions among them whose pods are known to have run, newest first: see `markRan`. */
  readonly ranRevisions: readonly number[];
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
   * Notes that the pods of the newest revision run: helm calls a revision deployed, and later
   * superseded, as soon as its objects are applied. Does nothing where somebody has changed the
   * release meanwhile, nor outside of the cluster.
   * @param before the revision before that one; undefined where the release was new
   */
  markRan(release: {
    readonly namespace: string;
    readonly name: string;
    readonly before: number | undefined;
  }): Promise<void>;
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
