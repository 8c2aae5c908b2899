import * as z from 'zod/mini';
import { listOf, text } from '../objects/parts.ts';
import { type PodRule, selectsNamespace } from './pod-rule.ts';
import { labelSelector, selects } from './selectors.ts';

const term = z.object({
  topologyKey: text,
  labelSelector,
  namespaces: listOf(z.string()),
  namespaceSelector: labelSelector,
  matchLabelKeys: listOf(z.string()),
  mismatchLabelKeys: listOf(z.string()),
});

const rules = z.optional(
  z.nullable(z.object({ requiredDuringSchedulingIgnoredDuringExecution: listOf(term) })),
);

/** Of a pod's affinity, what it must have of other pods on its node, or in the node's zone. */
export const podRules = z.object({ podAffinity: rules, podAntiAffinity: rules });
type PodRules = z.infer<typeof podRules> | null | undefined;

/** Every required rule about other pods, whichever way it goes. */
export const rulesOf = (affinity: PodRules): readonly PodRule[] =>
  [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap(
    (kind) => kind?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
  );

/** A pod that others could keep away. */
export interface OurPod {
  readonly namespace: string;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * From where a pod keeps ours away: keys of labels of nodes. The scheduler minds it though ours
 * has no such rule.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export function keysAwayFrom(affinity: PodRules, namespace: string, our: OurPod): string[] {
  const kept = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return kept
    .filter(
      (rule) =>
        rule.labelSelector !== null &&
        selects(rule.labelSelector, our.labels) &&
        selectsNamespace(rule, namespace, our),
    )
    .map(({ topologyKey }) => topologyKey);
}
