import type { ReleaseEvent } from './events.ts';
import { readStoredManifest } from './keep-claims.ts';
import { notice } from './outcome.ts';
import { deleteSecrets, listOurSecrets, supersededSecrets } from './secrets.ts';
import type { ChangePlan, ReleaseDependencies } from './types.ts';

/**
 * After a successful change: deletes Secrets of ours that no stored revision refers to any more,
 * so that none that a rollback would need goes. Where a revision cannot be read, all stay.
 */
export async function* removeSupersededSecrets(
  { api, releases }: Pick<ReleaseDependencies, 'api' | 'releases'>,
  { target }: Pick<ChangePlan, 'target'>,
): AsyncGenerator<ReleaseEvent, void> {
  const { namespace, release: name } = target;
  const ours = await listOurSecrets(api, target);
  if (!ours.ok || ours.value.length < 2) return;
  const history = await releases.history({ namespace, name });
  if (!history.ok || !history.value) return;
  const manifests = await Promise.all(
    history.value.revisions.map(({ revision }) =>
      readStoredManifest(api, { name, namespace, revision }),
    ),
  );
  const known = manifests.flatMap((manifest) => manifest ?? []);
  if (known.length < manifests.length) return;
  const superseded = supersededSecrets(ours.value, known);
  const left = await deleteSecrets(api, namespace, superseded);
  for (const secret of superseded.filter((one) => !left.includes(one)))
    yield { type: 'removed', object: `Secret ${secret}` };
  if (left.length > 0) yield notice(`Unused Secrets could not be removed: ${left.join(', ')}`);
}
