import type { Api, ClusterAccess, Helm, Release, ReleaseStorage } from '../cluster/types.ts';
import type { Cleanup } from '../files/cleanup.ts';
import type { PendingSecret } from '../values/secrets.ts';
import type { Tree } from '../values/tree.ts';
import type { Graces } from './causes/suspicion.ts';
import type { Action } from './events.ts';
import type { Target } from './target.ts';

/** A chart as helm takes it. */
export interface Chart {
  /** Directory, archive, `repo/name` or `oci://…`. */
  readonly reference: string;
  /** `--version` for a chart from a repository. */
  readonly version?: string;
  /** Whether it is the one in this package. */
  readonly bundled: boolean;
}

/** Everything that acting on a release needs; opened once for an invocation. */
export interface ReleaseDependencies {
  readonly api: Api;
  readonly helm: Helm;
  readonly access: ClusterAccess;
  /** helm's records, read through the API. */
  readonly releases: ReleaseStorage;
  /** What must be undone before the process ends, whatever ends it. */
  readonly cleanup: Cleanup;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** What a change will do; made before consent, carried out unchanged after it. */
export interface ChangePlan {
  readonly action: Exclude<Action, 'uninstall'>;
  readonly target: Target;
  readonly createNamespace: boolean;
  readonly secrets: readonly PlannedSecret[];
  /** The release as it is now; undefined where there is none. */
  readonly live: Release | undefined;
  /** The newest revision that is known to have run, where to go back to if this one fails. */
  readonly ranBefore?: number | undefined;
  /** Of the release as it will be. */
  readonly manifest: string;
  /** Chart-owned claims of the live release that this change would remove: kept instead. */
  readonly claimsToKeep: readonly string[];
  /** How long to watch the rollout, in seconds. */
  readonly timeoutSeconds: number;
  /** How long causes must last before they end the watch; by default as in `defaultGraces`. */
  readonly graces?: Graces;
  /** Where the values file goes; undefined writes none. */
  readonly valuesFile: PlannedFile | undefined;
}

/** An install or upgrade; its manifest is rendered for this cluster by `helm template`. */
export interface ApplyPlan extends ChangePlan {
  readonly action: 'install' | 'upgrade';
  readonly chart: Chart;
  /** What helm is given: every layer but the chart's defaults, free of secrets. */
  readonly values: Tree;
  /** What helm's record says of this revision; undefined leaves it to helm. */
  readonly description?: string;
}

/** Going back to what a revision was; its manifest is that which helm has stored. */
export interface RollbackPlan extends ChangePlan {
  readonly action: 'rollback';
  readonly live: Release;
  readonly revision: number;
}

/** A file that is written before anything else. */
export interface PlannedFile {
  readonly path: string;
  /** The path as it is told: short where it lies below the working directory. */
  readonly shown: string;
  readonly text: string;
}

/** A Secret that holds what must not stand in the values. */
export interface PlannedSecret {
  readonly name: string;
  readonly pending: PendingSecret;
  /** A Secret of ours with the same content is there already and used again. */
  readonly exists: boolean;
}
