import type { FactValue } from '../../cluster/facts/facts.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { type Amounts, sumOfPod } from './containers.ts';
import type { PodGroup } from './pods.ts';
import { countsPods } from './quota-scopes.ts';

type Quota = FactValue<'quotas'>[number];

/** What a pod counts for, by the names that quotas have for it. */
const resources: Readonly<Record<string, readonly ['requests' | 'limits', string]>> = {
  cpu: ['requests', 'cpu'],
  memory: ['requests', 'memory'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
  'requests.ephemeral-storage': ['requests', 'ephemeral-storage'],
  'ephemeral-storage': ['requests', 'ephemeral-storage'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
  'limits.ephemeral-storage': ['limits', 'ephemeral-storage'],
};

export interface Shortage {
  readonly quota: string;
  /** As the quota names it. */
  readonly resource: string;
  readonly what: 'requests' | 'limits' | 'pods';
  /** `cpu`, `memory` …; empty for the number of pods. */
  readonly of: string;
  readonly wanted: number;
  readonly left: number;
}

/** What a quota names that a container neither says nor gets by default: its pod is refused. */
export interface Unsaid {
  readonly quota: string;
  readonly resource: string;
  readonly what: 'requests' | 'limits';
  readonly of: string;
  readonly container: string;
}

/** What is left of each quota that counts our pods, and what they would need of it. */
export function shortagesOf(
  quotas: readonly Quota[],
  groups: readonly PodGroup[],
  givenBack: Amounts,
): readonly Shortage[] {
  return quotas.flatMap((quota) => {
    const counted = groups.filter((group) => countsPods(quota, group) === true);
    return counted.length > 0 ? shortagesOfOne(quota, counted, givenBack) : [];
  });
}

function shortagesOfOne(
  { name, hard, used }: Quota,
  groups: readonly PodGroup[],
  givenBack: Amounts,
): Shortage[] {
  const needed = (what: 'requests' | 'limits', of: string) =>
    groups.reduce((sum, group) => sum + group.replicas * (sumOfPod(group, what)[of] ?? 0), 0);
  return Object.entries(hard).flatMap(([resource, most]): Shortage[] => {
    const key = Object.hasOwn(resources, resource) ? resources[resource] : undefined;
    const isPods = resource === 'pods' || resource === 'count/pods';
    if (!key && !isPods) return [];
    const [what, of] = key ?? (['pods', ''] as const);
    const wanted =
      what === 'pods' ? groups.reduce((sum, { replicas }) => sum + replicas, 0) : needed(what, of);
    const back = givenBack[what === 'pods' ? 'pods' : `${what}.${of}`] ?? 0;
    const left = parseQuantity(most) - parseQuantity(used[resource] ?? '0') + back;
    return wanted > left + 1e-9 ? [{ quota: name, resource, what, of, wanted, left }] : [];
  });
}

/** Source: https://kubernetes.io/docs/concepts/policy/resource-quotas/#requests-vs-limits */
export function unsaidIn(quotas: readonly Quota[], groups: readonly PodGroup[]): readonly Unsaid[] {
  const mustBeSaid = quotas.flatMap((quota) =>
    Object.keys(quota.hard).flatMap((resource) => {
      const key = Object.hasOwn(resources, resource) ? resources[resource] : undefined;
      return key && key[1] !== 'ephemeral-storage' ? [{ quota, resource, key }] : [];
    }),
  );
  return mustBeSaid.flatMap(({ quota, resource, key: [what, of] }) =>
    groups
      .filter((group) => countsPods(quota, group) === true)
      .flatMap(({ containers }) =>
        containers
          .filter((container) => container[what][of] === undefined)
          .map(({ name: container }) => ({ quota: quota.name, resource, what, of, container })),
      ),
  );
}
