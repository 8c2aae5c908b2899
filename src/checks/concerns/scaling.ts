import { replicaRange, scalerOf } from '../../values/scale.ts';
import { getNode, type Tree } from '../../values/tree.ts';
import { doorsOf } from '../doors.ts';
import { listAt, textAt } from '../fit/read.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';

const off = (section: 'keda' | 'autoscaling'): Remedy => ({
  text: `Turn ${section}.enabled off.`,
  changes: [{ path: [section, 'enabled'], value: false }],
});

const isScaled = ({ values }: Pick<CheckInput, 'values'>) => scalerOf(values) !== undefined;

/** Horizontal scaling, whoever does it. */
export const scalingChecks: readonly Check[] = [
  {
    id: 'XV-401',
    category: 'scaling',
    title: 'No autoscaler scales raft',
    why: 'A raft cluster has fixed members. An autoscaler that removed some could lose the majority, and XERV would stop.',
    reads: 'dispatch.backend, autoscaling.enabled, keda.enabled',
    rules: ['D05'],
    applies: ({ values }) => values.dispatch.backend === 'raft',
    needs: () => [],
    run: ({ values }) => {
      const on = (['keda', 'autoscaling'] as const).filter((section) => values[section].enabled);
      if (on.length === 0) return pass('No autoscaler is on.');
      return fail(`${on.join(' and ')} cannot scale raft.`, {
        evidence: ['dispatch.backend: raft', ...on.map((section) => `${section}.enabled: true`)],
        remedies: [
          {
            text: `Turn ${on.map((section) => `${section}.enabled`).join(' and ')} off.`,
            changes: on.map((section) => ({ path: [section, 'enabled'], value: false })),
          },
          { text: 'Or use a backend that can scale: --backend redis or nats.' },
        ],
      });
    },
  },
  {
    id: 'XV-403',
    category: 'scaling',
    title: 'The minimum is not above the maximum',
    why: 'An autoscaler whose minimum exceeds its maximum is refused or misbehaves.',
    reads: 'minimum and maximum of the autoscaler; replicaCount',
    rules: ['D26'],
    applies: isScaled,
    needs: () => [],
    run: ({ values, given }) => {
      const { least, most } = replicaRange(values);
      const [minimum, maximum] = rangePaths(values);
      const evidence = [`${minimum.join('.')}: ${least}; ${maximum.join('.')}: ${most}`];
      if (least > most)
        return fail(`The minimum of ${least} replicas is above the maximum of ${most}.`, {
          evidence,
          remedies: [
            { text: `Raise the maximum to ${least}.`, changes: [{ path: maximum, value: least }] },
          ],
        });
      const count = getNode(given, ['replicaCount']);
      if (typeof count === 'number' && (count < least || count > most))
        return warn(
          `replicaCount ${count} has no effect: the autoscaler keeps ${least} to ${most}.`,
          {
            evidence: [...evidence, `replicaCount: ${count}`],
            remedies: [
              {
                text: 'Leave it out: the autoscaler sets the number.',
                changes: [{ path: ['replicaCount'], value: undefined }],
              },
            ],
          },
        );
      return pass(`${least} to ${most} replicas.`, { evidence });
    },
  },
  {
    id: 'XV-407',
    category: 'scaling',
    title: 'XERV can wake from scale-to-zero',
    why: 'XERV’s metrics come from its pods. At zero replicas there are none, so only something outside the pods (a Redis stream, a JetStream consumer, a schedule) can wake XERV; otherwise the chart keeps one replica.',
    reads: 'keda.minReplicaCount, compared with what the chart renders',
    rules: ['D31', 'D32'],
    applies: ({ values }) => scalerOf(values) === 'keda' && values.keda.minReplicaCount === 0,
    needs: () => [],
    run: ({ values, objects, given }) => {
      const scaled = objects.find(({ kind }) => kind === 'ScaledObject');
      const least = getNode(scaled as Tree | undefined, ['spec', 'minReplicaCount']);
      if (!scaled || least === 0) return pass('A trigger outside the pods can wake XERV.');
      // KEDA refuses zero on CPU and memory alone; who asks for it is not to be surprised.
      const say =
        onResourcesOnly(objects) && getNode(given, ['keda', 'minReplicaCount']) === 0 ? fail : warn;
      const hint =
        values.dispatch.backend === 'nats'
          ? 'Name a durable consumer in keda.triggers.natsJetstream.consumer.'
          : 'Add a trigger that does not depend on the pods: keda.triggers.redisStreams with backend redis, or keda.triggers.cron.';
      return say(
        'keda.minReplicaCount 0 is ignored: nothing could wake XERV, so one replica stays.',
        {
          evidence: [`ScaledObject ${scaled.metadata.name}: spec.minReplicaCount: ${least}`],
          remedies: [
            { text: hint },
            {
              text: 'Or set the values to match.',
              changes: [{ path: ['keda', 'minReplicaCount'], value: 1 }],
            },
          ],
        },
      );
    },
  },
  {
    id: 'XV-408',
    category: 'scaling',
    title: 'Nothing calls XERV at zero replicas',
    why: 'At zero replicas API calls and webhooks are refused, not queued, and schedules inside flows do not run.',
    reads: 'keda.minReplicaCount as rendered; ingress, httpRoute, the Service type',
    rules: ['D33'],
    applies: ({ values }) => scalerOf(values) === 'keda',
    needs: () => [],
    run: ({ objects }) => {
      const scaled = objects.find(({ kind }) => kind === 'ScaledObject');
      if (getNode(scaled as Tree | undefined, ['spec', 'minReplicaCount']) !== 0)
        return pass('At least one replica stays.');
      const doors = doorsOf(objects).map(({ kind, name }) => `${kind} ${name}`);
      return warn('At zero replicas API calls and webhooks fail, and flow schedules do not run.', {
        evidence: [
          'keda.minReplicaCount: 0',
          ...doors.map((door) => `${door} would have no backend`),
        ],
        remedies: [
          {
            text: 'Keep one replica if anything calls XERV.',
            changes: [{ path: ['keda', 'minReplicaCount'], value: 1 }],
          },
        ],
      });
    },
  },
  {
    id: 'XV-411',
    category: 'scaling',
    title: 'The KEDA fallback is within the maximum',
    why: 'KEDA falls back to this number of replicas while it cannot read its triggers; above the maximum it is never reached. With CPU and memory triggers only, KEDA accepts no fallback.',
    reads: 'keda.fallback.replicas, keda.maxReplicaCount; the triggers as rendered',
    rules: ['D36'],
    applies: ({ values }) => scalerOf(values) === 'keda' && values.keda.fallback.enabled,
    needs: () => [],
    run: ({ values: { keda }, objects, given }) => {
      if (onResourcesOnly(objects)) return judgeIdleFallback(given);
      const evidence = [
        `keda.fallback.replicas: ${keda.fallback.replicas}; keda.maxReplicaCount: ${keda.maxReplicaCount}`,
      ];
      if (keda.fallback.replicas <= keda.maxReplicaCount)
        return pass(`It is ${keda.fallback.replicas}.`, { evidence });
      return fail('keda.fallback.replicas is above keda.maxReplicaCount.', {
        evidence,
        remedies: [
          {
            text: `Lower it to ${keda.maxReplicaCount}.`,
            changes: [{ path: ['keda', 'fallback', 'replicas'], value: keda.maxReplicaCount }],
          },
          off('keda'),
        ],
      });
    },
  },
];

/** Whether KEDA is given triggers on the use of CPU and memory, and no others. */
function onResourcesOnly(objects: CheckInput['objects']): boolean {
  const scaled = objects.find(({ kind }) => kind === 'ScaledObject');
  const types = listAt(scaled, 'spec', 'triggers').map((trigger) => textAt(trigger, 'type'));
  return types.length > 0 && types.every((type) => type === 'cpu' || type === 'memory');
}

/** The chart leaves it out; who asked for it is told. */
function judgeIdleFallback(given: Tree): Verdict {
  if (getNode(given, ['keda', 'fallback', 'enabled']) !== true)
    return pass('There is none: KEDA scales on CPU and memory only.');
  return fail('KEDA has no fallback when it scales on CPU and memory only.', {
    evidence: ['keda.fallback.enabled: true', 'triggers: cpu and memory only'],
    remedies: [
      {
        text: 'Turn it off.',
        changes: [{ path: ['keda', 'fallback', 'enabled'], value: false }],
      },
    ],
  });
}

function rangePaths(values: CheckInput['values']) {
  return scalerOf(values) === 'keda'
    ? ([
        ['keda', 'minReplicaCount'],
        ['keda', 'maxReplicaCount'],
      ] as const)
    : ([
        ['autoscaling', 'minReplicas'],
        ['autoscaling', 'maxReplicas'],
      ] as const);
}
