import { describeApiFailure } from '../cluster/failure-problem.ts';
import type { ApiFailure, Release } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { ownCommand } from './command-text.ts';
import { concludeFailed } from './outcome.ts';
import { isInstalled } from './preconditions/release-state.ts';
import type { ChangePlan, ReleaseDependencies } from './types.ts';

/** Why nothing is begun. */
export interface Obstacle {
  /** A few words that end a sentence. */
  readonly why: string;
  readonly problem: Problem;
}

/** Nothing of what was wanted can be done then. */
const noWay: readonly ApiFailure['kind'][] = ['unreachable', 'timeout', 'unauthorized'];

/**
 * Whether somebody changed the release after a plan was made: while it was read, say. helm would go
 * on from what is there now, and do something else than what was consented to.
 * @param goneIsFine where somebody may have removed the release: that is what is wanted
 * @returns what happened, or why the cluster cannot be asked; undefined where nothing did, or where
 *   helm's record may not be read: helm will say why
 */
export async function findOvertaking(
  { releases, access }: Pick<ReleaseDependencies, 'releases' | 'access'>,
  { target, live }: Pick<ChangePlan, 'target' | 'live'>,
  { goneIsFine = false } = {},
): Promise<Obstacle | undefined> {
  const read = await releases.history({ namespace: target.namespace, name: target.release });
  if (!read.ok)
    return noWay.includes(read.failure.kind)
      ? {
          why: 'the cluster does not answer',
          problem: describeApiFailure(read.failure, { doing: 'ask the cluster', access }),
        }
      : undefined;
  const now = isInstalled(read.value) ? read.value.newest : undefined;
  if (goneIsFine && now === undefined) return undefined;
  if (now?.revision === live?.revision && now?.updated === live?.updated) return undefined;
  return {
    why: 'it is no longer what you were shown',
    problem: {
      message: `Release ${target.release} was changed in the meantime: it was ${describe(live)}, now it is ${describe(now)}.`,
      next: `See the state, then run this again: ${ownCommand(target, 'status')}`,
    },
  };
}

/**
 * Ends what was overtaken before it began.
 * @param message such as `The upgrade was not started`
 * @param state what is true of disk and cluster now
 */
export const concludeOvertaken = (
  message: string,
  { why, problem }: Obstacle,
  state = 'Nothing was changed.',
) =>
  concludeFailed(false, {
    message: `${message}: ${why}.`,
    state,
    problems: [problem],
  });

function describe(release: Release | undefined): string {
  return release ? `${release.status} at revision ${release.revision}` : 'not installed';
}
