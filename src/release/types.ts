import type { Api, ClusterAccess, Helm, Release } from '../cluster/types.ts';
import type { PendingSecret } from '../values/secrets.ts';
import type { Tree } from '../values/tree.ts';
import type { Action, Target } from './events.ts';

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
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** What an install or upgrade will do; made before consent, carried out unchanged after it. */
export interface ApplyPlan {
  readonly action: Exclude<Action, 'uninstall'>;
  readonly target: Target;
  readonly chart: Chart;
  /** What helm is given: every layer but the chart's defaults, free of secrets. */
  readonly values: Tree;
  readonly createNamespace: boolean;
  readonly secrets: readonly PlannedSecret[];
  /** The release as it is now; undefined where there is none. */
  readonly live: Release | undefined;
  /** Rendered for this cluster by `helm template`. */
  readonly manifest: string;
  /** Chart-owned claims of the live release that this change would remove: kept instead. */
  readonly claimsToKeep: readonly string[];
  /** How long to watch the rollout, in seconds. */
  readonly timeoutSeconds: number;
  /** Where the values file goes; undefined writes none. */
  readonly valuesFile: { readonly path: string; readonly text: string } | undefined;
}

/** A Secret that holds what must not stand in the values. */
export interface PlannedSecret {
  readonly name: string;
  readonly pending: PendingSecret;
}
