import {
  type ClaimSize,
  chartClaims,
  isSmaller,
  templateClaims,
  wantedSizes,
} from '../claim-sizes.ts';
import type { LedgerEntry } from '../claims.ts';
import { type ManifestObject, workloadsOf } from '../manifest.ts';
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
  const used = wantedSizes(wanted);
  const usedBefore = wantedSizes(former);
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
    const wantedSize = used.get(claim);
    if (wantedSize !== undefined)
      return told('used', describeUse(entry, wantedSize, usedBefore.has(claim)));
    if (owner === 'user') return told('untouched', 'stays; it is yours');
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

/** A claim that was left behind holds what its pod knew then: a raft member goes on from there. */
function describeUse({ size, owner }: KnownClaim, wanted: string, wasUsed: boolean): string {
  const use = wasUsed ? 'stays in use, with its data' : 'is used again, with its old data';
  if (!isSmaller(size, wanted)) return use;
  // helm enlarges the chart's own claims; a StatefulSet none of its own.
  return owner === 'chart'
    ? `${use}; will grow to ${wanted}`
    : `${use}; ${wanted} is for new claims only`;
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
    ...claims(chartClaims(manifest), 'chart'),
    ...claims(templateClaims(manifest), 'stateful-set'),
  ];
}

function volumeOf({ volume }: KnownClaim): string {
  if (volume.kind === 'none') return 'none';
  if (volume.kind === 'unknown') return 'cannot be read';
  return volume.reclaimPolicy === 'Delete' ? 'deleted, the data is lost' : 'retained';
}
