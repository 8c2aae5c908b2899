import { replicaRange } from '../../values/scale.ts';
import { selectorAt } from '../fit/pod-rules.ts';
import { listAt, mapAt } from '../fit/read.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { pass, warn } from '../verdicts.ts';

type Budget = CheckInput['values']['podDisruptionBudget'];

const leaveToChart: Remedy = {
  text: 'Leave the budget to the chart: one pod at a time.',
  changes: [
    { path: ['podDisruptionBudget', 'minAvailable'], value: undefined },
    { path: ['podDisruptionBudget', 'maxUnavailable'], value: undefined },
  ],
};

/** Pods of a share; Kubernetes rounds percentages of a budget up. */
function podsOf(share: Budget['minAvailable'], replicas: number): number | undefined {
  if (share === '') return undefined;
  const percent = /^(\d+)%$/.exec(String(share))?.[1];
  return percent === undefined ? Number(share) : Math.ceil((Number(percent) / 100) * replicas);
}

/** How many pods the budget lets go at once, where the user set a number. */
function allowed({ minAvailable, maxUnavailable }: Budget, replicas: number): number | undefined {
  const kept = podsOf(minAvailable, replicas);
  return kept === undefined ? podsOf(maxUnavailable, replicas) : replicas - kept;
}

const describe = ({ minAvailable, maxUnavailable }: Budget) =>
  minAvailable !== ''
    ? `podDisruptionBudget.minAvailable: ${minAvailable}`
    : `podDisruptionBudget.maxUnavailable: ${maxUnavailable}`;

const isRaft = ({ values }: Pick<CheckInput, 'values'>) => values.dispatch.backend === 'raft';

/** Drains of nodes, and which pods keep away from each other. */
export const disruptionChecks: readonly Check[] = [
  {
    id: 'XV-805',
    category: 'pods',
    title: 'The disruption budget keeps the raft quorum',
    why: 'A drain evicts as many pods as the budget allows. Without a majority raft cannot decide anything, and XERV stops.',
    reads: 'podDisruptionBudget, replicaCount',
    rules: ['D09'],
    applies: (input) => isRaft(input) && input.values.podDisruptionBudget.enabled,
    needs: () => [],
    run: ({ values }) => judgeQuorum(values.podDisruptionBudget, values.replicaCount),
  },
  {
    id: 'XV-806',
    category: 'pods',
    title: 'The disruption budget lets nodes be drained',
    why: 'A budget that allows no disruption blocks every drain of the pod’s node, and with it cluster upgrades.',
    reads: 'podDisruptionBudget, replicaCount or the autoscaler’s minimum',
    rules: ['D10'],
    applies: (input) => !isRaft(input) && input.values.podDisruptionBudget.enabled,
    needs: () => [],
    run: ({ values }) => {
      const { least } = replicaRange(values);
      const budget = values.podDisruptionBudget;
      const lets = allowed(budget, least);
      if (least === 0 || lets === undefined || lets > 0) return pass('It allows disruptions.');
      return judgeBlocked(budget, least);
    },
  },
  {
    id: 'XV-807',
    category: 'pods',
    title: 'The pods keep away from their own release only',
    why: 'A rule that selects app.kubernetes.io/name alone also repels the pods of every other XERV release in the namespace, which may then fit on no node.',
    reads: 'affinity.podAntiAffinity as you set it',
    rules: ['D12'],
    applies: ({ values }) => values.affinity.podAntiAffinity !== undefined,
    needs: () => [],
    run: ({ values, target }) => {
      const rules = listAt(
        mapAt(values.affinity, 'podAntiAffinity'),
        'requiredDuringSchedulingIgnoredDuringExecution',
      );
      const keys = rules.map((rule) => {
        const { matchLabels, matchExpressions } = selectorAt(rule);
        return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
      });
      const index = keys.findIndex(
        (all) => all.length > 0 && all.every((key) => key === 'app.kubernetes.io/name'),
      );
      if (index < 0) return pass('No required rule selects other releases.');
      const path = [
        'affinity',
        'podAntiAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
      ];
      const instance = { 'app.kubernetes.io/instance': target.release };
      const added = rules.map((rule, at) =>
        keys[at]?.every((key) => key === 'app.kubernetes.io/name')
          ? {
              ...mapAt(rule),
              labelSelector: {
                ...mapAt(rule, 'labelSelector'),
                matchLabels: { ...mapAt(rule, 'labelSelector', 'matchLabels'), ...instance },
              },
            }
          : rule,
      );
      return warn('The required anti-affinity applies to every XERV release in the namespace.', {
        evidence: [`${path.join('.')}[${index}]: selects app.kubernetes.io/name only`],
        remedies: [
          { text: 'Select this release too.', changes: [{ path, value: added }] },
          {
            text: 'Or let the chart write it: podAntiAffinity.type required.',
            changes: [
              { path: ['affinity', 'podAntiAffinity'], value: undefined },
              { path: ['podAntiAffinity', 'type'], value: 'required' },
            ],
          },
        ],
      });
    },
  },
];

function judgeQuorum(budget: Budget, replicas: number): Verdict {
  const lets = allowed(budget, replicas);
  const quorum = Math.floor(replicas / 2) + 1;
  if (lets === undefined || replicas === 0)
    return pass('The chart allows one disruption at a time.');
  if (lets <= 0) return judgeBlocked(budget, replicas);
  const details = { evidence: [describe(budget), `quorum: ${quorum} of ${replicas}`] };
  // One pod of one or two has to go for a drain at all.
  if (replicas >= 3 && replicas - lets < quorum)
    return warn(
      `The budget lets ${lets} of ${replicas} raft replicas be evicted at once; ${quorum} must stay.`,
      { ...details, remedies: [leaveToChart] },
    );
  return pass(`At least ${replicas - lets} of ${replicas} stay.`, details);
}

function judgeBlocked(budget: Budget, replicas: number): Verdict {
  return warn(
    `With ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} the budget allows no disruption: a node with a replica cannot be drained.`,
    { evidence: [describe(budget)], remedies: [leaveToChart] },
  );
}
