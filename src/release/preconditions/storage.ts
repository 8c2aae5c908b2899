import { persistentVolumeClaim, type StorageClass, storageClass } from '../../cluster/objects.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { claimNames } from '../../stateful-set-claims.ts';
import type { Claim } from '../kinds.ts';
import { claimsOf, type ManifestObject, workloadsOf } from '../manifest.ts';
import { optional } from '../optional.ts';
import { paths } from '../resource-paths.ts';

/** A claim that the release will need, and the class that it asks for. */
interface WantedClaim {
  readonly name: string;
  /** undefined: the cluster's default; empty: none, a volume made by hand. */
  readonly storageClass: string | undefined;
}

/**
 * StorageClasses that claims of the manifest ask for and that do not exist, and claims that count
 * on a default class where there is none. Claims that are there already need no class any more.
 */
export async function storageProblems(
  api: Api,
  namespace: string,
  objects: readonly ManifestObject[],
  signal?: AbortSignal,
): Promise<Problem[]> {
  const wanted = wantedClaims(objects);
  if (wanted.length === 0) return [];
  const [classes, ...live] = await Promise.all([
    api.list(paths.storageClasses, storageClass, signal),
    ...wanted.map(({ name }) =>
      optional(api.get(`${paths.claims(namespace)}/${name}`, persistentVolumeClaim, signal)),
    ),
  ]);
  // Who may not list classes learns of a missing one from the watch.
  if (!classes.ok) return [];
  const missing = wanted.filter((_, index) => !live[index]?.ok || !live[index].value);
  return classProblems(missing, classes.value);
}

function wantedClaims(objects: readonly ManifestObject[]): WantedClaim[] {
  const toWanted = (name: string, { spec }: Claim): WantedClaim => ({
    name,
    storageClass: spec.storageClassName ?? undefined,
  });
  return [
    ...claimsOf(objects).map((claim) => toWanted(claim.metadata.name, claim)),
    ...workloadsOf(objects).flatMap(({ name, object }) =>
      (object.spec.volumeClaimTemplates ?? []).flatMap((template) =>
        claimNames(template.metadata.name, name, object.spec.replicas ?? 1).map((claim) =>
          toWanted(claim, template),
        ),
      ),
    ),
  ];
}

/** Pure: which of the wanted claims would wait for ever. */
function classProblems(
  missing: readonly WantedClaim[],
  classes: readonly StorageClass[],
): Problem[] {
  const names = classes.map(({ metadata }) => metadata.name);
  const list = names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.';
  const wanted = new Set(missing.map((claim) => claim.storageClass));
  return [...wanted].flatMap((name): Problem[] => {
    if (name === undefined)
      return classes.some(isDefault)
        ? []
        : [
            {
              message: 'No StorageClass is named, and the cluster has no default.',
              why: list,
              next: 'Name one with --storage-class, or mark one as the default.',
              where: '--storage-class',
            },
          ];
    if (name === '' || names.includes(name)) return [];
    return [
      {
        message: `The cluster has no StorageClass ${name}.`,
        why: list,
        next: 'Name an existing one with --storage-class, or leave it out to use the default.',
        where: '--storage-class',
      },
    ];
  });
}

function isDefault({ metadata: { annotations } }: StorageClass): boolean {
  return (
    annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
    annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true'
  );
}
