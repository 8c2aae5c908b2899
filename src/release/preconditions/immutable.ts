import { isDeepStrictEqual } from 'node:util';
import { persistentVolumeClaim } from '../../cluster/objects.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { claimNames } from '../../stateful-set-claims.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { enlargeCommand } from '../claim-sizes.ts';
import { type CommandTarget, kubectlCommand, ownCommand } from '../command-text.ts';
import { type Claim, type Workload, workload } from '../kinds.ts';
import { claimsOf, type ManifestObject, type WorkloadKind, workloadsOf } from '../manifest.ts';
import { optional } from '../optional.ts';
import { paths } from '../resource-paths.ts';

/** A field that Kubernetes does not let anybody change, live and as the manifest wants it. */
export interface ImmutableDifference {
  readonly object: string;
  readonly field: string;
  readonly live: string;
  readonly wanted: string;
  /** Of a claim template: the claims that were made of it. */
  readonly claims?: readonly string[];
}

/**
 * Differences between live objects and the manifest that the API server would refuse in the
 * middle of the upgrade, with helm's revision already written as failed.
 */
export async function immutableProblems(
  api: Api,
  target: CommandTarget,
  objects: readonly ManifestObject[],
  signal?: AbortSignal,
): Promise<Problem[]> {
  const { namespace } = target;
  const [workloads, claims] = await Promise.all([
    Promise.all(
      workloadsOf(objects).map(async ({ kind, name, object }) => {
        const path = `${collectionOf(kind, namespace)}/${name}`;
        const live = await optional(api.get(path, workload, signal));
        return live.ok && live.value ? workloadDifferences(kind, live.value, object) : [];
      }),
    ),
    Promise.all(
      claimsOf(objects).map(async (wanted) => {
        const path = `${paths.claims(namespace)}/${wanted.metadata.name}`;
        const live = await optional(api.get(path, persistentVolumeClaim, signal));
        return live.ok && live.value ? claimDifferences(live.value, wanted) : [];
      }),
    ),
  ]);
  return [...workloads, ...claims].flat().map((difference) => toProblem(difference, target));
}

export function collectionOf(kind: WorkloadKind, namespace: string): string {
  return kind === 'StatefulSet' ? paths.statefulSets(namespace) : paths.deployments(namespace);
}

/**
 * Pure. What may change in a StatefulSet is listed in the API server's own message: replicas,
 * ordinals, template, updateStrategy, revisionHistoryLimit, persistentVolumeClaimRetentionPolicy
 * and minReadySeconds (pkg/apis/apps/validation). Of a Deployment only the selector may not.
 */
export function workloadDifferences(
  kind: WorkloadKind,
  live: Workload,
  wanted: Workload,
): ImmutableDifference[] {
  const object = `${kind} ${wanted.metadata.name}`;
  const compare = (field: string, one: unknown, other: unknown): ImmutableDifference[] =>
    isDeepStrictEqual(one, other)
      ? []
      : [{ object, field, live: describe(one), wanted: describe(other) }];
  const selector = compare(
    'spec.selector.matchLabels',
    { ...live.spec.selector?.matchLabels },
    { ...wanted.spec.selector?.matchLabels },
  );
  if (kind === 'Deployment') return selector;
  return [
    ...selector,
    ...compare('spec.serviceName', live.spec.serviceName ?? '', wanted.spec.serviceName ?? ''),
    ...compare(
      'spec.podManagementPolicy',
      live.spec.podManagementPolicy ?? 'OrderedReady',
      wanted.spec.podManagementPolicy ?? 'OrderedReady',
    ),
    ...templateDifferences(object, live, wanted),
  ];
}

function templateDifferences(
  object: string,
  live: Workload,
  wanted: Workload,
): ImmutableDifference[] {
  const before = live.spec.volumeClaimTemplates ?? [];
  const after = wanted.spec.volumeClaimTemplates ?? [];
  const names = [...new Set([...before, ...after].map(({ metadata }) => metadata.name))];
  return names.flatMap((name) => {
    const one = before.find(({ metadata }) => metadata.name === name);
    const other = after.find(({ metadata }) => metadata.name === name);
    const field = `spec.volumeClaimTemplates[${name}]`;
    if (!one || !other)
      return [
        { object, field, live: one ? 'present' : 'absent', wanted: other ? 'present' : 'absent' },
      ];
    return templateFields.flatMap(({ path, read, isSame }) => {
      const [value, next] = [read(one), read(other)];
      if (isSame?.(value, next) ?? isDeepStrictEqual(value, next)) return [];
      return [
        {
          ...{ object, field: `${field}.${path}`, live: describe(value), wanted: describe(next) },
          claims: claimNames(name, live.metadata.name, live.spec.replicas ?? 1),
        },
      ];
    });
  });
}

const sameQuantity = (one: unknown, other: unknown) =>
  parseQuantity(String(one)) === parseQuantity(String(other));

/** What a claim template fixes for ever. */
const templateFields: readonly {
  readonly path: string;
  readonly read: (claim: Claim) => unknown;
  readonly isSame?: (one: unknown, other: unknown) => boolean;
}[] = [
  {
    path: 'spec.resources.requests.storage',
    read: ({ spec }) => spec.resources.requests.storage ?? '',
    isSame: sameQuantity,
  },
  { path: 'spec.storageClassName', read: ({ spec }) => spec.storageClassName ?? undefined },
  { path: 'spec.accessModes', read: ({ spec }) => [...spec.accessModes].sort() },
  { path: 'metadata.labels', read: ({ metadata }) => ({ ...metadata.labels }) },
  { path: 'metadata.annotations', read: ({ metadata }) => ({ ...metadata.annotations }) },
];

/** Pure. A claim may only grow, and what the manifest leaves out stays as it is. */
export function claimDifferences(live: Claim, wanted: Claim): ImmutableDifference[] {
  const object = `PersistentVolumeClaim ${wanted.metadata.name}`;
  const [size, next] = [live, wanted].map(({ spec }) => spec.resources.requests.storage ?? 0);
  const shrinks = parseQuantity(next ?? 0) < parseQuantity(size ?? 0);
  const difference = (field: string, one: unknown, other: unknown) => [
    { object, field, live: describe(one), wanted: describe(other) },
  ];
  const className = wanted.spec.storageClassName ?? undefined;
  const modes = [...wanted.spec.accessModes].sort();
  return [
    ...(shrinks ? difference('spec.resources.requests.storage', size, next) : []),
    ...(className !== undefined && className !== live.spec.storageClassName
      ? difference('spec.storageClassName', live.spec.storageClassName, className)
      : []),
    ...(isDeepStrictEqual([...live.spec.accessModes].sort(), modes)
      ? []
      : difference('spec.accessModes', live.spec.accessModes, modes)),
  ];
}

function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toProblem(difference: ImmutableDifference, target: CommandTarget): Problem {
  const { object, field, live, wanted } = difference;
  return {
    message: `${object}: ${field} cannot be changed from ${live} to ${wanted}.`,
    why: 'This field of an existing object is immutable.',
    next: remedy(difference, target),
    where: field,
  };
}

function remedy(difference: ImmutableDifference, target: CommandTarget): string {
  const { object, live } = difference;
  const name = object.split(' ')[1] ?? '';
  if (object.startsWith('PersistentVolumeClaim'))
    return 'Set the value back to the live one. Smaller or different volumes need a new claim and a copy of the data.';
  const back = `Set the value back to ${live}`;
  if (!object.startsWith('StatefulSet'))
    return `${back}, or uninstall and install again: ${ownCommand(target, 'uninstall', '--keep-data')}`;
  const orphan = kubectlCommand(target, 'delete', 'statefulset', name, '--cascade=orphan');
  const replace = `replace the StatefulSet while its pods and claims stay: ${orphan}`;
  const enlarge = enlargement(difference, target);
  return enlarge === undefined
    ? `${back}; or ${replace}, then run this again.`
    : `${back}; or, in this order:\n1. if the claims’ class allows it, enlarge them: ${enlarge}\n2. ${replace}\n3. run this again.`;
}

/** What a StatefulSet that is made anew does not do: the claims that exist keep their size. */
function enlargement(
  { field, live, wanted, claims = [] }: ImmutableDifference,
  target: CommandTarget,
): string | undefined {
  const grows = field.endsWith('requests.storage') && parseQuantity(wanted) > parseQuantity(live);
  return grows && claims.length > 0 ? enlargeCommand(target, claims, wanted) : undefined;
}
