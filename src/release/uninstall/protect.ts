import { describeApiFailure } from '../../cluster/failure-problem.ts';
import { mayI } from '../../cluster/permissions.ts';
import type { Problem } from '../../errors.ts';
import { ownCommand } from '../command-text.ts';
import { keepOnUninstall, keepWithStatefulSet } from '../keep-claims.ts';
import { ownClaims, type UninstallPlan } from '../plan-uninstall.ts';
import type { ReleaseDependencies } from '../types.ts';
import type { UninstallOptions } from './options.ts';

/**
 * Whether claims may be deleted at all: asked before anything goes, and by a dry run.
 * @returns why they may not be; undefined where they may, or nobody can tell
 */
export async function mayNotDelete(
  { api }: Pick<ReleaseDependencies, 'api'>,
  { target: { namespace }, ...plan }: UninstallPlan,
): Promise<Problem | undefined> {
  if (ownClaims(plan).length === 0) return undefined;
  const resource = 'persistentvolumeclaims';
  const [granted] = await mayI(api, [{ verb: 'delete', group: '', resource, namespace }]);
  if (!granted?.ok || granted.value) return undefined;
  return {
    message: `You have no permission to delete claims in namespace ${namespace}.`,
    next: 'Uninstall with --keep-data, or ask a cluster admin to grant it.',
  };
}

/** @returns why claims cannot be protected; then nothing may be removed */
export async function protect(
  { api, access, sleep }: ReleaseDependencies,
  { release, manifest, target, ledger }: UninstallPlan,
  { deleteData: goesAnyway }: UninstallOptions,
): Promise<Problem | undefined> {
  if (!release) return undefined;
  const unprotected = ledger.filter(({ deletedByHelm }) => deletedByHelm).map(({ name }) => name);
  if (unprotected.length > 0) {
    const kept = await keepOnUninstall(api, release, unprotected);
    if (!kept.ok && !goesAnyway)
      return {
        ...describeApiFailure(kept.failure, {
          doing: `make sure that helm keeps ${unprotected.join(', ')}`,
          access,
        }),
        next: `The chart of this release does not protect the claim, so helm would delete it. Copy its data first, then: ${ownCommand(target, 'uninstall', '--delete-data')}`,
      };
  }
  const held = ledger.filter(({ deletedWithStatefulSet }) => deletedWithStatefulSet);
  if (held.length === 0) return undefined;
  // Also where the data goes: in its turn, and not where it is broken off before.
  const freed = await keepWithStatefulSet(api, target.namespace, manifest, held, sleep);
  if (freed.ok || goesAnyway) return undefined;
  return describeApiFailure(freed.failure, {
    doing: `detach ${held.map(({ name }) => name).join(', ')} from a StatefulSet that would delete them`,
    access,
  });
}
