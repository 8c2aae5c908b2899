import type { PersistentVolume, Pod } from '../cluster/objects.ts';
import type { Release } from '../cluster/types.ts';
import { ordinalOf } from '../stateful-set-claims.ts';
import type { Claim } from './kinds.ts';
import {
  claimsOf,
  foreignClaimNames,
  isKeptByHelm,
  type ManifestObject,
  parseManifest,
  workloadsOf,
} from './manifest.ts';
import { describeClaim } from './rollout-state.ts';

export type ClaimOwner = 'stateful-set' | 'chart' | 'user';

/** One claim that has to do with a release, and what becomes of it. */
export interface LedgerEntry {
  readonly name: string;
  readonly uid: string;
  readonly phase: string;
  readonly size: string;
  readonly storageClass: string;
  /** Claims of the user's are shown and never touched. */
  readonly owner: ClaimOwner;
  /** In words: "made by the StatefulSet". */
  readonly origin: string;
  readonly volume: VolumeFate;
  /** Pods that mount it now, of this release or not. */
  readonly mountedBy: readonly string[];
  /** helm's own uninstall would delete it: the stored manifest has no keep policy. */
  readonly deletedByHelm: boolean;
  /** The StatefulSet's retention policy would delete it with the StatefulSet. */
  readonly deletedWithStatefulSet: boolean;
  readonly onKeep: string;
  readonly onDelete: string;
}

/** The volume behind a claim, and what its reclaim policy does with the data. */
export type VolumeFate =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly name: string; readonly reclaimPolicy: string }
  | { readonly kind: 'unknown'; readonly name: string };

export interface LedgerInput {
  readonly release: string;
  /** The stored manifest; undefined where no release is there any more. */
  readonly manifest: readonly ManifestObject[] | undefined;
  /** All claims of the namespace. */
  readonly claims: readonly Claim[];
  /** All pods of the namespace; undefined where they could not be read. */
  readonly pods: readonly Pod[] | undefined;
  /** Volumes by name; one that could not be read is missing. */
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
}

/**
 * The labels by which a release's pods and claims are told from those of any other: the selector
 * of its workload, or where none is known, the chart's own name and the release.
 */
export function identityLabels(
  release: string,
  manifest: readonly ManifestObject[] | undefined,
): Readonly<Record<string, string>> {
  const selector = workloadsOf(manifest ?? [])[0]?.object.spec.selector?.matchLabels;
  return selector && Object.keys(selector).length > 0
    ? selector
    : { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': release };
}

/**
 * Every claim that belongs to the release or that its pods mount. Claims of other releases never
 * appear, whatever they are called: a name decides nothing without the release's labels.
 */
export function claimLedger(input: LedgerInput): LedgerEntry[] {
  const entries = input.claims.flatMap((claim): LedgerEntry[] => {
    const owner = findOwner(claim, input);
    return owner ? [toEntry(claim, owner, input)] : [];
  });
  return entries.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** Any StatefulSet's claim of the chart's template, `data`. */
const statefulSetClaim = /^data-.+-\d+$/;

function findOwner(
  { metadata }: Claim,
  { release, manifest }: LedgerInput,
): Pick<LedgerEntry, 'owner' | 'origin'> | undefined {
  const objects = manifest ?? [];
  if (foreignClaimNames(objects).includes(metadata.name))
    return { owner: 'user', origin: 'named by you in the values' };
  const labelled = Object.entries(identityLabels(release, manifest)).every(
    ([key, value]) => metadata.labels[key] === value,
  );
  const inManifest = claimsOf(objects).some((claim) => claim.metadata.name === metadata.name);
  const madeByHelm = metadata.annotations['meta.helm.sh/release-name'] === release;
  if (madeByHelm && (inManifest || labelled))
    return { owner: 'chart', origin: 'made by the chart' };
  const isOfTemplate = workloadsOf(objects).some(({ name, object }) =>
    (object.spec.volumeClaimTemplates ?? []).some(
      (template) => ordinalOf(metadata.name, template.metadata.name, name) !== undefined,
    ),
  );
  if (labelled && (isOfTemplate || statefulSetClaim.test(metadata.name)))
    return { owner: 'stateful-set', origin: 'made by the StatefulSet' };
  if (labelled) return { owner: 'user', origin: 'made by someone else' };
  // The StatefulSet takes any claim of the right name, also one that somebody made before.
  const anothers = metadata.labels['app.kubernetes.io/instance'] !== undefined;
  if (isOfTemplate && !anothers)
    return { owner: 'user', origin: 'made by someone else, used by a pod' };
  return undefined;
}

function toEntry(
  claim: Claim,
  { owner, origin }: Pick<LedgerEntry, 'owner' | 'origin'>,
  { manifest, pods, volumes }: LedgerInput,
): LedgerEntry {
  const { name, uid = '', ownerReferences } = claim.metadata;
  const stored = claimsOf(manifest ?? []).find(({ metadata }) => metadata.name === name);
  const volume = volumeFate(claim, volumes);
  return {
    ...describeClaim(claim),
    uid,
    owner,
    origin,
    volume,
    mountedBy: (pods ?? []).filter((pod) => mounts(pod, name)).map(({ metadata }) => metadata.name),
    deletedByHelm:
      owner === 'chart' && stored !== undefined && !isKeptByHelm(stored.metadata.annotations),
    deletedWithStatefulSet: ownerReferences.some(({ kind }) => kind === 'StatefulSet'),
    onKeep: owner === 'user' ? 'stays; it is yours' : 'stays; a later install uses it again',
    onDelete: owner === 'user' ? 'stays; it is yours' : describeFate(volume),
  };
}

/** Whether a pod mounts the claim of that name. */
export function mounts({ spec }: Pick<Pod, 'spec'>, claim: string): boolean {
  return spec.volumes.some(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim,
  );
}

function volumeFate({ spec }: Claim, volumes: ReadonlyMap<string, PersistentVolume>): VolumeFate {
  if (!spec.volumeName) return { kind: 'none' };
  const reclaimPolicy = volumes.get(spec.volumeName)?.spec.persistentVolumeReclaimPolicy;
  return reclaimPolicy
    ? { kind: 'known', name: spec.volumeName, reclaimPolicy }
    : { kind: 'unknown', name: spec.volumeName };
}

/** What becomes of the volume when its claim is deleted. */
export function describeFate(volume: VolumeFate): string {
  if (volume.kind === 'none') return 'goes; it has no volume yet';
  if (volume.kind === 'unknown')
    return `goes; whether volume ${volume.name} keeps the data is unknown (you may not read volumes)`;
  if (volume.reclaimPolicy === 'Retain')
    return `goes; volume ${volume.name} stays as Released, with the data`;
  return `goes, and volume ${volume.name} is erased`;
}

/**
 * Chart-owned claims of the live release that the new manifest no longer has, and that helm would
 * therefore delete in the upgrade: they have to be marked first.
 */
export function claimsThatWouldGo(
  live: Pick<Release, 'manifest'> | undefined,
  wanted: readonly ManifestObject[],
): string[] {
  const stay = new Set(claimsOf(wanted).map(({ metadata }) => metadata.name));
  return claimsOf(parseManifest(live?.manifest ?? ''))
    .filter(({ metadata }) => !isKeptByHelm(metadata.annotations))
    .map(({ metadata }) => metadata.name)
    .filter((name) => !stay.has(name));
}
