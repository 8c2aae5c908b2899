import { describe, expect, test } from 'vitest';
import type { CheckId, RenderedObject } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';

const redis = (more: Tree = {}): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
  ...more,
});
const keda = (more: Tree = {}) => redis({ keda: { enabled: true, ...more } });
const hpa = (more: Tree = {}, rest: Tree = {}) =>
  redis({ autoscaling: { enabled: true, ...more }, ...rest });
const raft = (more: Tree): Tree => ({ dispatch: { backend: 'raft' }, ...more });

const object = (kind: string, spec: Tree): RenderedObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'xerv', labels: {}, annotations: {} },
  spec,
});
const scaled = (minReplicaCount: number, ...types: string[]) =>
  object('ScaledObject', { minReplicaCount, triggers: types.map((type) => ({ type })) });

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-401', 'D05: neither', { values: raft({}) }, ['pass']],
  ['XV-401', 'D05: KEDA', { values: raft({ keda: { enabled: true } }) }, ['fail']],
  ['XV-401', 'D05: HPA', { values: raft({ autoscaling: { enabled: true } }) }, ['fail']],
  ['XV-403', 'D26: in order', { values: hpa() }, ['pass']],
  ['XV-403', 'D26: reversed', { values: hpa({ minReplicas: 5, maxReplicas: 3 }) }, ['fail']],
  ['XV-403', 'D26: KEDA', { values: keda({ minReplicaCount: 11 }) }, ['fail']],
  ['XV-403', 'D26: a count outside', { values: hpa({}, { replicaCount: 20 }) }, ['warn']],
  ['XV-403', 'nothing scales', { values: redis() }, []],
  ['XV-404', 'D27: requested', { values: hpa() }, ['pass']],
  [
    'XV-404',
    'D27: not requested',
    { values: hpa({}, { resources: { requests: { cpu: null } } }) },
    ['fail'],
  ],
  [
    'XV-404',
    'D27: KEDA on memory',
    {
      values: {
        ...keda({ triggers: { memory: { enabled: true } } }),
        resources: { requests: { memory: null } },
      },
    },
    ['fail'],
  ],
  ['XV-407', 'D31: wakes', { values: keda(), objects: [scaled(0)] }, ['pass']],
  ['XV-407', 'D31: would not wake', { values: keda(), objects: [scaled(1)] }, ['warn']],
  [
    'XV-407',
    'D32: on CPU alone, zero by default',
    { values: keda({ triggers: { cpu: { enabled: true } } }), objects: [scaled(1, 'cpu')] },
    ['warn'],
  ],
  [
    'XV-407',
    'D32: on CPU alone, zero asked for',
    {
      values: keda({ minReplicaCount: 0, triggers: { cpu: { enabled: true } } }),
      objects: [scaled(1, 'cpu')],
    },
    ['fail'],
  ],
  ['XV-407', 'one stays anyway', { values: keda({ minReplicaCount: 1 }) }, []],
  ['XV-408', 'D33: to zero', { values: keda(), objects: [scaled(0)] }, ['warn']],
  ['XV-408', 'D33: one stays', { values: keda(), objects: [scaled(1)] }, ['pass']],
  ['XV-411', 'D36: within', { values: keda() }, ['pass']],
  ['XV-411', 'D36: above', { values: keda({ fallback: { replicas: 11 } }) }, ['fail']],
  [
    'XV-411',
    'D36: on CPU alone',
    { values: keda({ fallback: { enabled: true } }), objects: [scaled(1, 'cpu', 'memory')] },
    ['fail'],
  ],
  [
    'XV-411',
    'D36: on CPU alone, by default',
    { values: keda(), objects: [scaled(1, 'cpu')] },
    ['pass'],
  ],
  [
    'XV-411',
    'D36: on CPU and another',
    { values: keda({ fallback: { enabled: true } }), objects: [scaled(1, 'cpu', 'redis')] },
    ['pass'],
  ],
  ['XV-411', 'D36: off', { values: keda({ fallback: { enabled: false, replicas: 11 } }) }, []],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

test('D33 names the doors that lead to nobody', () => {
  const objects = [
    scaled(0),
    object('Ingress', {}),
    object('Service', { type: 'NodePort' }),
    object('Service', { type: 'ClusterIP' }),
  ];
  expect(runCheck('XV-408', { values: keda(), objects })[0]?.evidence).toEqual([
    'keda.minReplicaCount: 0',
    'Ingress xerv leads to nobody then',
    'Service xerv leads to nobody then',
  ]);
});

describe('what mends them', () => {
  test.each([
    ['XV-407', keda({ minReplicaCount: 0, triggers: { cpu: { enabled: true } } })],
    ['XV-411', keda({ fallback: { enabled: true } })],
  ] as const)('%s, on CPU alone, has nothing left to say', (id, values) => {
    const objects = [scaled(1, 'cpu')];
    const mended = mend(runCheck(id, { values, objects })[0], values);
    expect(statusesOf(id, { values: mended, objects })).toEqual([]);
  });
  test.each([
    ['XV-401', raft({ keda: { enabled: true }, autoscaling: { enabled: true } })],
    ['XV-403', hpa({ minReplicas: 5, maxReplicas: 3 })],
    ['XV-403', hpa({}, { replicaCount: 20 })],
    ['XV-404', hpa({}, { resources: { requests: { cpu: null } } })],
    ['XV-411', keda({ fallback: { replicas: 11 } })],
  ] as const)('%s', (id, values) => {
    const mended = mend(runCheck(id, { values })[0], values);
    expect(statusesOf(id, { values: mended })).toEqual(['pass']);
  });
});
