import { shareReads } from '../cluster/share-reads.ts';
import type { Api } from '../cluster/types.ts';
import type { Target } from '../release/target.ts';
import { readTargetState, type TargetState } from '../release/target-state.ts';
import type { ReleaseDependencies } from '../release/types.ts';
import { readServedApis } from './served-apis.ts';

export type Place = Pick<Target, 'namespace' | 'release'>;

/** A look at one moment of the cluster. */
export interface Look {
  /** What is read twice through it is asked for once. */
  readonly api: Api;
  readonly state: Promise<TargetState>;
  readonly served: ReturnType<typeof readServedApis>;
}

type Dependencies = Pick<ReleaseDependencies, 'api' | 'releases' | 'access'>;

/** Begins to look at a release, and at what every draft for it has to know. */
export function look(deps: Dependencies, place: Place, signal: AbortSignal): Look {
  const api = shareReads(deps.api);
  const begun = {
    api,
    state: readTargetState({ ...deps, api }, place, signal),
    served: readServedApis(api, signal),
  };
  // Told to who waits for them; until then they must not count as unhandled.
  begun.state.catch(() => {});
  begun.served.catch(() => {});
  return begun;
}

/**
 * Looks when it is asked to.
 * @param first a look that was begun already, for the first who asks for the same release
 */
export function createLooker(
  deps: Dependencies,
  signal: AbortSignal,
  first?: { readonly place: Place; readonly look: Look },
): (place: Place) => Look {
  let ready = first;
  return (place) => {
    const begun = ready;
    ready = undefined;
    return begun && isSame(begun.place, place) ? begun.look : look(deps, place, signal);
  };
}

function isSame(one: Place, other: Place): boolean {
  return one.namespace === other.namespace && one.release === other.release;
}
