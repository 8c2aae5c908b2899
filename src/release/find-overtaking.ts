import type { Release } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { ownCommand } from './command-text.ts';
import { isInstalled } from './preconditions/release-state.ts';
import type { ChangePlan, ReleaseDependencies } from './types.ts';

/**
 * Whether somebody changed the release after a plan was made: while it was read, say. helm would go
 * on from what is there now, and do something else than what was consented to.
 * @returns what happened; undefined where nothing did, or where it cannot be read: helm will say why
 */
export async function findOvertaking(
  { releases }: Pick<ReleaseDependencies, 'releases'>,
  { target, live }: Pick<ChangePlan, 'target' | 'live'>,
): Promise<Problem | undefined> {
  const read = await releases.history({ namespace: target.namespace, name: target.release });
  if (!read.ok) return undefined;
  const now = isInstalled(read.value) ? read.value.newest : undefined;
  if (now?.revision === live?.revision && now?.updated === live?.updated) return undefined;
  return {
    message: `Somebody else has changed release ${target.release} meanwhile: it was ${describe(live)}, now it is ${describe(now)}.`,
    next: `See what is there, then run this again: ${ownCommand(target, 'status')}`,
  };
}

function describe(release: Release | undefined): string {
  return release ? `${release.status} at revision ${release.revision}` : 'not installed';
}
