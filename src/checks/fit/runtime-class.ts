import type { FactValue } from '../../cluster/facts/facts.ts';
import { amountsAt } from './containers.ts';
import type { PodGroup } from './pods.ts';

/** Whether the facts about RuntimeClasses decide anything. */
export const namesRuntimeClass = ({ runtimeClassName }: PodGroup): boolean =>
  runtimeClassName !== '';

/**
 * The group with what the API server puts into its pods for their RuntimeClass: resources, and nodes
 * that they may run on. Of one that is not there it takes no pod, which another check tells.
 * Source: https://kubernetes.io/docs/concepts/containers/runtime-class/#scheduling
 */
export function withRuntimeClass(group: PodGroup, classes: FactValue<'runtimeClasses'>): PodGroup {
  const found = classes.find(({ name }) => name === group.runtimeClassName);
  if (!found) return group;
  return {
    ...group,
    ofNoClass: group,
    overhead: amountsAt(found.overhead),
    nodeSelector: { ...found.nodeSelector, ...group.nodeSelector },
    tolerations: [...group.tolerations, ...found.tolerations],
  };
}
