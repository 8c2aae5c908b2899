import type { FactValue } from '../../cluster/facts/facts.ts';
import type { PodGroup } from './pods.ts';

type Quota = FactValue<'quotas'>[number];

/**
 * Whether a quota counts pods of a group; undefined where that cannot be told.
 * Source: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function countsPods({ scopes }: Quota, group: PodGroup): boolean | undefined {
  const answers = scopes.map((one) => meetsScope(one, group));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Whether it counts pods of any of the groups for sure. */
export const countsAny = (quota: Quota, groups: readonly PodGroup[]): boolean =>
  groups.some((group) => countsPods(quota, group) === true);

/** Quotas of which it cannot be told whether they count the pods. */
export const doubtful = (quotas: readonly Quota[], groups: readonly PodGroup[]) =>
  quotas.filter((quota) => groups.some((group) => countsPods(quota, group) === undefined));

function meetsScope(
  { scope, operator, values }: Quota['scopes'][number],
  { containers, priorityClassName }: PodGroup,
): boolean | undefined {
  const asksForNothing = containers.every(
    ({ requests, limits }) => !asksFor(requests) && !asksFor(limits),
  );
  switch (scope) {
    // A workload that is to go on for ever has no deadline.
    case 'Terminating':
      return false;
    case 'NotTerminating':
      return true;
    case 'BestEffort':
      return asksForNothing;
    case 'NotBestEffort':
      return !asksForNothing;
    case 'PriorityClass': {
      // A class that is the default of the cluster would be put in.
      if (priorityClassName === '') return undefined;
      if (operator === 'Exists') return true;
      if (operator === 'DoesNotExist') return false;
      return values.includes(priorityClassName) === (operator === 'In');
    }
    default:
      return undefined;
  }
}

/** CPU and memory decide about the class of a pod. */
const asksFor = (amounts: PodGroup['containers'][number]['requests']) =>
  ['cpu', 'memory'].some((of) => (amounts[of] ?? 0) > 0);
