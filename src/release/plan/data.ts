import type { LedgerEntry } from '../claims.ts';
import { claimsOf, type ManifestObject, workloadsOf } from '../manifest.ts';
import type { PlannedData } from './types.ts';

type KnownClaim = Pick<LedgerEntry, 'name' | 'size' | 'owner' | 'volume'>;

export interface DataInput {
  readonly wanted: readonly ManifestObject[];
  readonly former: readonly ManifestObject[];
  /** Claims that are there and have to do with the release; undefined where they cannot be read. */
  readonly ledger: readonly KnownClaim[] | undefined;
  readonly claimsToKeep: readonly string[];
}

/**
 * What becomes of the claims, those that lose data first. Pure. A StatefulSet's retention policy
 * deletes claims with the set or with the replica that used them.
 */
export function planData({ wanted, former, ledger, claimsToKeep }: DataInput): PlannedData[] {
  const used = new Map([...claimsOf(wanted).map(claimSize), ...templateClaims(wanted)]);
  const [set, wantedSet] = [former, wanted].map((objects) =>
    workloadsOf(objects).find(({ kind }) => kind === 'StatefulSet'),
  );
  // A set that stays has the policy of after the change when its replicas get fewer.
  const policy =
    set?.name === wantedSet?.name
      ? wantedSet?.object.spec.persistentVolumeClaimRetentionPolicy?.whenScaled
      : set?.object.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted;
  const known = ledger ?? claimsOfRelease(former);
  const existing = known.map((entry): PlannedData => {
    const { name: claim, size, owner } = entry;
    const told = (fate: PlannedData['fate'], message: string) => ({ claim, size, fate, message });
    if (used.has(claim)) return told('used', 'stays in use, with its data');
    if (owner === 'user') return told('untouched', 'stays, it is yours');
    if (claimsToKeep.includes(claim)) return told('kept', 'no longer used; kept with its data');
    if (owner === 'stateful-set' && policy === 'Delete')
      return told(
        'deleted',
        `deleted by the StatefulSet's retention policy; its volume: ${volumeOf(entry)}`,
      );
    return told('kept', 'no longer used; stays with its data');
  });
  const there = new Set(known.map(({ name }) => name));
  const created = [...used].flatMap(([claim, size]): PlannedData[] =>
    there.has(claim) ? [] : [{ claim, size, fate: 'created', message: 'new and empty' }],
  );
  const order: readonly PlannedData['fate'][] = ['deleted', 'kept', 'used', 'untouched', 'created'];
  return [...existing, ...created].sort(
    (one, other) => order.indexOf(one.fate) - order.indexOf(other.fate),
  );
}

/** What a release must have, where nobody may look. */
function claimsOfRelease(manifest: readonly ManifestObject[]): KnownClaim[] {
  const claims = (sizes: readonly ClaimSize[], owner: LedgerEntry['owner']) =>
    sizes.map(([name, size]) => ({
      name,
      size,
      owner,
      volume: { kind: 'unknown', name } as const,
    }));
  return [
    ...claims(claimsOf(manifest).map(claimSize), 'chart'),
    ...claims(templateClaims(manifest), 'stateful-set'),
  ];
}

function volumeOf({ volume }: KnownClaim): string {
  if (volume.kind === 'none') return 'none';
  if (volume.kind === 'unknown') return 'not to be read';
  return volume.reclaimPolicy === 'Delete' ? 'deleted, the data is lost' : 'retained';
}

type ClaimSize = readonly [name: string, size: string];

function claimSize({ metadata, spec }: ReturnType<typeof claimsOf>[number]): ClaimSize {
  return [metadata.name, String(spec.resources.requests.storage ?? '')];
}

/** `TEMPLATE-SET-ORDINAL` for each replica. */
function templateClaims(objects: readonly ManifestObject[]): ClaimSize[] {
  return workloadsOf(objects).flatMap(({ kind, name, object }) => {
    if (kind !== 'StatefulSet') return [];
    return (object.spec.volumeClaimTemplates ?? []).flatMap((claim) =>
      Array.from({ length: object.spec.replicas ?? 1 }, (_, ordinal): ClaimSize => {
        const [template, size] = claimSize(claim);
        return [`${template}-${name}-${ordinal}`, size];
      }),
    );
  });
}
