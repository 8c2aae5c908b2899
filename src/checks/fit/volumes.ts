import type { FactValue } from '../../cluster/facts/facts.ts';
import { claimName } from '../../stateful-set-claims.ts';
import { parseQuantity } from '../../values/quantity.ts';
import type { RenderedObject } from '../types.ts';
import { replicasOf } from './pods.ts';
import { at, listAt, textAt } from './read.ts';

type Quota = FactValue<'quotas'>[number];

/** A claim that is still to be made. */
export interface NewClaim {
  readonly name: string;
  /** Empty where the default class makes it. */
  readonly storageClass: string;
  /** In bytes. */
  readonly size: number;
}

/** What a quota has too little of for the claims. */
export interface VolumeShortage {
  readonly quota: string;
  /** As the quota names it. */
  readonly resource: string;
  readonly wanted: number;
  readonly left: number;
}

/**
 * Claims that the objects lead to and that are not there yet: their own, those of the templates
 * of StatefulSets, and those that live as long as a pod.
 */
export function newClaims(
  objects: readonly RenderedObject[],
  existing: readonly string[],
): readonly NewClaim[] {
  const ofWorkloads = objects
    .filter(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment')
    .flatMap((workload) => {
      const pods = Array.from({ length: replicasOf(workload, objects) }, (_, ordinal) => ordinal);
      const templates = listAt(workload, 'spec', 'volumeClaimTemplates').map((template) => ({
        template,
        nameOf: (pod: number) =>
          claimName(textAt(template, 'metadata', 'name'), workload.metadata.name, pod),
      }));
      const ephemeral = listAt(workload, 'spec', 'template', 'spec', 'volumes').flatMap(
        (volume) => {
          const template = at(volume, 'ephemeral', 'volumeClaimTemplate');
          const nameOf = (pod: number) =>
            `${workload.metadata.name}-${pod}-${textAt(volume, 'name')}`;
          return template ? [{ template, nameOf }] : [];
        },
      );
      return [...templates, ...ephemeral].flatMap(({ template, nameOf }) =>
        pods.map((pod) => toClaim(nameOf(pod), template)),
      );
    });
  const own = objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map((claim) => toClaim(claim.metadata.name, claim));
  return [...own, ...ofWorkloads].filter(({ name }) => !existing.includes(name));
}

function toClaim(name: string, claim: unknown): NewClaim {
  const size = at(claim, 'spec', 'resources', 'requests', 'storage');
  return {
    name,
    storageClass: textAt(claim, 'spec', 'storageClassName'),
    size: parseQuantity(String(size ?? '')) || 0,
  };
}

const ofClass = /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/;

/**
 * Where quotas have no room for the claims.
 * @param defaultClass name of the class of those that name none; empty where nobody knows
 * Source: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-for-storage
 */
export function volumeShortages(
  quotas: readonly Quota[],
  claims: readonly NewClaim[],
  defaultClass: string,
): readonly VolumeShortage[] {
  // Those with scopes that count pods do not count claims.
  const counting = quotas.filter(({ scopes }) => scopes.length === 0);
  return counting.flatMap(({ name: quota, hard, used }) =>
    Object.entries(hard).flatMap(([resource, most]): VolumeShortage[] => {
      const [, storageClass, inner] = ofClass.exec(resource) ?? [];
      const counted = claims.filter(
        (claim) =>
          storageClass === undefined || (claim.storageClass || defaultClass) === storageClass,
      );
      const wanted = amountOf(inner ?? resource, counted);
      if (wanted === undefined || counted.length === 0) return [];
      const left = parseQuantity(most) - parseQuantity(used[resource] ?? '0');
      return wanted > left ? [{ quota, resource, wanted, left }] : [];
    }),
  );
}

/** Undefined where the resource is none of volumes. */
function amountOf(resource: string, claims: readonly NewClaim[]): number | undefined {
  switch (resource) {
    case 'requests.storage':
      return claims.reduce((sum, { size }) => sum + size, 0);
    case 'persistentvolumeclaims':
    case 'count/persistentvolumeclaims':
      return claims.length;
    default:
      return undefined;
  }
}
