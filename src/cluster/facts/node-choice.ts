import * as z from 'zod/mini';
import { listOf, optionalText, text } from '../objects/parts.ts';
import { meetsTerms, tolerates } from './node-rules.ts';

export const toleration = z.object({
  key: optionalText,
  operator: optionalText,
  value: optionalText,
  effect: optionalText,
});

const requirement = z.object({ key: text, operator: text, values: listOf(z.string()) });

/** Of a node affinity, what a node must have. */
export const nodeAffinity = z.optional(
  z.nullable(
    z.object({
      requiredDuringSchedulingIgnoredDuringExecution: z.optional(
        z.nullable(
          z.object({
            nodeSelectorTerms: listOf(
              z.object({
                matchExpressions: listOf(requirement),
                matchFields: listOf(requirement),
              }),
            ),
          }),
        ),
      ),
    }),
  ),
);

/** What of a pod decides on which nodes it may run. */
export interface NodeChoice {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly z.infer<typeof toleration>[];
  readonly nodeAffinity: z.infer<typeof nodeAffinity>;
}

interface ChoosableNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
  readonly unschedulable: boolean;
  readonly taints: readonly {
    readonly key: string;
    readonly value: string;
    readonly effect: string;
  }[];
}

/** Whether the scheduler would look at the node at all; room and other pods left aside. */
export function isEligible(node: ChoosableNode, choice: NodeChoice): boolean {
  return (
    node.ready &&
    !node.unschedulable &&
    Object.entries(choice.nodeSelector).every(([key, value]) => node.labels[key] === value) &&
    node.taints
      .filter(({ effect }) => effect !== 'PreferNoSchedule')
      .every((taint) => choice.tolerations.some((one) => tolerates(one, taint))) &&
    meetsAffinity(node, choice.nodeAffinity)
  );
}

/** Terms are alternatives, the expressions of one term must all hold. */
function meetsAffinity(node: ChoosableNode, affinity: z.infer<typeof nodeAffinity>): boolean {
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return !terms || meetsTerms(terms, node);
}
