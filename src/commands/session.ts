import type { HelmVersion } from '../cluster/types.ts';
import type { Target } from '../release/target.ts';
import type { ReleaseDependencies } from '../release/types.ts';
import type { Look, Place } from './look.ts';

/** An open way to one cluster, for one invocation. */
export interface Session extends ReleaseDependencies {
  readonly target: Target;
  readonly timeoutSeconds: number | undefined;
  readonly helmVersion: HelmVersion;
  /** Looks at a release; a session that was begun for a draft has begun with it already. */
  readonly look: (place: Place) => Look;
  readonly close: () => Promise<void>;
}
