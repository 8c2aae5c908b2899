import type { ReleaseEvent } from '../events.ts';
import { notice } from '../outcome.ts';
import type { UninstallPlan } from '../plan-uninstall.ts';
import { deleteSecrets, listOurSecrets } from '../secrets.ts';
import type { ReleaseDependencies } from '../types.ts';
import type { Deletion } from './delete-claims.ts';
import type { UninstallOptions } from './options.ts';

/** Tells which claims are gone, and which volumes outlive theirs. */
export function* tellDeletions(deletions: readonly Deletion[]): Generator<ReleaseEvent, void> {
  for (const { entry, problem } of deletions) {
    if (problem) continue;
    yield { type: 'removed', object: `PersistentVolumeClaim ${entry.name}` };
    if (entry.volume.kind === 'known' && entry.volume.reclaimPolicy === 'Retain')
      yield {
        type: 'kept',
        object: `PersistentVolume ${entry.volume.name}`,
        why: 'its reclaim policy is Retain: it stays as Released, with the data',
      };
  }
}

/** Removes the Secrets that were made for the release. */
export async function* removeSecrets(
  { api }: ReleaseDependencies,
  { target }: UninstallPlan,
): AsyncGenerator<ReleaseEvent, void> {
  const ours = await listOurSecrets(api, target);
  if (!ours.ok) return;
  const left = await deleteSecrets(api, target.namespace, ours.value);
  for (const name of ours.value.filter((one) => !left.includes(one)))
    yield { type: 'removed', object: `Secret ${name}` };
  if (left.length > 0)
    yield notice(`Secrets that could not be removed: ${left.join(', ')}`, 'warning');
}

/** Tells what the uninstall leaves alone. */
export function* tellWhatStays(
  { ledger, leaves }: UninstallPlan,
  { deleteData: goes }: UninstallOptions,
): Generator<ReleaseEvent, void> {
  for (const object of leaves)
    yield { type: 'kept', object, why: 'the chart tells helm to leave it' };
  for (const { name, size, owner, onKeep } of ledger)
    if (!goes || owner === 'user')
      yield { type: 'kept', object: `PersistentVolumeClaim ${name} (${size})`, why: onKeep };
}
