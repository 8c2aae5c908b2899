import { parseQuantity } from '../../values/quantity.ts';
import { at, listAt, mapAt, textAt } from './read.ts';

/** Amounts by resource: CPU in cores, the others in bytes or pieces. */
export type Amounts = Readonly<Record<string, number>>;

export interface Container {
  readonly name: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Runs before the others, or (sidecar) before and beside them. */
  readonly role: 'main' | 'init' | 'sidecar';
}

/** The containers of a pod's spec, those of its initialisation first. */
export function containersOf(podSpec: unknown): readonly Container[] {
  return [
    ...listAt(podSpec, 'initContainers').map((one) =>
      toContainer(one, textAt(one, 'restartPolicy') === 'Always' ? 'sidecar' : 'init'),
    ),
    ...listAt(podSpec, 'containers').map((one) => toContainer(one, 'main')),
  ];
}

function toContainer(container: unknown, role: Container['role']): Container {
  const limits = amountsAt(container, 'resources', 'limits');
  // Kubernetes requests what is limited where nothing is requested.
  const requests = { ...limits, ...amountsAt(container, 'resources', 'requests') };
  return { name: textAt(container, 'name'), requests, limits, role };
}

/** Quantities as numbers; what is none is left out. */
export function amountsAt(value: unknown, ...path: readonly string[]): Amounts {
  return Object.fromEntries(
    Object.keys(mapAt(value, ...path)).flatMap((resource) => {
      const quantity = at(value, ...path, resource);
      if (typeof quantity !== 'string' && typeof quantity !== 'number') return [];
      const amount = parseQuantity(quantity);
      return Number.isFinite(amount) ? [[resource, amount]] : [];
    }),
  );
}

/**
 * What counts for a pod: the containers and sidecars together, or the largest step of the
 * initialisation where that is more.
 * Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function sumOf(containers: readonly Container[], what: 'requests' | 'limits'): Amounts {
  const resources = new Set(containers.flatMap((one) => Object.keys(one[what])));
  return Object.fromEntries([...resources].map((one) => [one, sumOfOne(containers, what, one)]));
}

/**
 * The same with what a RuntimeClass adds, which counts for limits only where there are some.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/
 */
export function sumOfPod(
  {
    containers,
    overhead,
  }: { readonly containers: readonly Container[]; readonly overhead: Amounts },
  what: 'requests' | 'limits',
): Amounts {
  const sums = sumOf(containers, what);
  const added = Object.entries(overhead).filter(
    ([resource]) => what === 'requests' || (sums[resource] ?? 0) > 0,
  );
  return {
    ...sums,
    ...Object.fromEntries(added.map(([key, amount]) => [key, (sums[key] ?? 0) + amount])),
  };
}

function sumOfOne(
  containers: readonly Container[],
  what: 'requests' | 'limits',
  resource: string,
): number {
  let sidecars = 0;
  let largestStep = 0;
  let running = 0;
  for (const container of containers) {
    const amount = container[what][resource] ?? 0;
    if (container.role === 'sidecar') sidecars += amount;
    if (container.role === 'main') running += amount;
    else
      largestStep = Math.max(
        largestStep,
        container.role === 'sidecar' ? sidecars : sidecars + amount,
      );
  }
  return Math.max(running + sidecars, largestStep);
}
