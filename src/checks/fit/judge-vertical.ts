import type { FactValue } from '../../cluster/facts/facts.ts';
import type { CheckInput, Verdict } from '../types.ts';
import { pass, warn } from '../verdicts.ts';
import { amountText } from './amounts.ts';
import { amountsAt } from './containers.ts';
import type { PodGroup } from './pods.ts';
import { countsAny } from './quota-scopes.ts';
import { mapAt, textAt } from './read.ts';
import { serverContainer } from './vary.ts';

interface Bound {
  readonly words: string;
  readonly amount: number;
}

/** Whether what the VerticalPodAutoscaler may give XERV's container can be had at all. */
export function judgeVertical(
  { values }: CheckInput,
  facts: {
    readonly nodes: FactValue<'nodes'>;
    readonly quotas: FactValue<'quotas'>;
    readonly ranges: FactValue<'limitRanges'>;
    readonly groups: readonly PodGroup[];
    readonly read: (quantity: string) => number;
  },
): Verdict {
  const policies = values.vpa.containerPolicies;
  const index = [serverContainer, '*']
    .map((name) => policies.findIndex((policy) => textAt(policy, 'containerName') === name))
    .find((at) => at >= 0);
  const policy = index === undefined ? undefined : policies[index];
  const most = amountsAt(policy, 'maxAllowed');
  const over = (['cpu', 'memory'] as const).flatMap((resource) => {
    const amount = most[resource];
    const lowest = boundsOf(resource, facts).reduce<Bound | undefined>(
      (one, other) => (one && one.amount <= other.amount ? one : other),
      undefined,
    );
    return amount !== undefined && lowest && amount > lowest.amount
      ? [{ resource, amount, lowest }]
      : [];
  });
  if (over.length === 0) return pass('Its maximum is within the limits.');
  const maxAllowed = {
    ...mapAt(policy, 'maxAllowed'),
    ...Object.fromEntries(
      over.map(({ resource, lowest }) => [resource, amountText(resource, lowest.amount)]),
    ),
  };
  return warn(
    `maxAllowed exceeds what is available: ${over.map(({ resource, amount, lowest }) => `${resource} ${amountText(resource, amount)}, ${lowest.words} ${amountText(resource, lowest.amount)}`).join('; ')}.`,
    {
      evidence: over.map(
        ({ resource, amount }) =>
          `vpa.containerPolicies[${index}].maxAllowed.${resource}: ${amountText(resource, amount)}`,
      ),
      remedies: [
        {
          text: 'Lower it to what is available.',
          changes: [
            {
              path: ['vpa', 'containerPolicies'],
              value: policies.map((one, at) => (at === index ? { ...one, maxAllowed } : one)),
            },
          ],
        },
      ],
    },
  );
}

function boundsOf(
  resource: 'cpu' | 'memory',
  { nodes, quotas, ranges, groups, read }: Parameters<typeof judgeVertical>[1],
): readonly Bound[] {
  const { seen, total } = nodes;
  const largest = Math.max(0, ...seen.map(({ allocatable }) => allocatable[resource]));
  return [
    // Nodes that were not looked at may be larger.
    ...(seen.length === total && total > 0
      ? [{ words: 'the largest node has', amount: largest }]
      : []),
    ...quotas
      .filter((quota) => countsAny(quota, groups))
      .flatMap(({ name, hard }) =>
        [resource, `requests.${resource}`].flatMap((key) =>
          hard[key] === undefined
            ? []
            : [{ words: `ResourceQuota ${name} has`, amount: read(hard[key]) }],
        ),
      ),
    ...ranges.flatMap(({ name, limits }) =>
      limits.flatMap(({ type, max }) =>
        (type === 'Container' || type === 'Pod') && max[resource] !== undefined
          ? [{ words: `LimitRange ${name} allows`, amount: read(max[resource]) }]
          : [],
      ),
    ),
  ];
}
