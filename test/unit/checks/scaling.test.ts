import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import {
  hpaValues as hpa,
  kedaValues as keda,
  bareObject as object,
  redisValues as redis,
} from '../../support/check-facts.ts';
import {
  type CheckSituation,
  type KnownFacts,
  mend,
  runCheck,
  statusesOf,
} from '../../support/check-input.ts';
import { makeNamespaceFact, makeWorkload } from '../../support/workloads.ts';

const range = { minReplicas: 2, maxReplicas: 4 };
const raft = (more: Tree): Tree => ({ dispatch: { backend: 'raft' }, ...more });

const scaled = (minReplicaCount: number, ...types: string[]) =>
  object('ScaledObject', { minReplicaCount, triggers: types.map((type) => ({ type })) });

interface Pod {
  readonly values?: Tree;
  readonly limits?: Record<string, string>;
  readonly range?: Partial<FactValue<'limitRanges'>[number]['limits'][number]>;
  readonly beside?: object;
  readonly before?: object;
}
/** A pod whose server requests this, as XV-404 looks at it. */
const requesting = (
  requests: Record<string, string>,
  { values = hpa(), limits = {}, range, beside, before }: Pod = {},
): CheckSituation => ({
  values,
  objects: [
    makeWorkload({
      pod: {
        containers: [
          { name: 'xerv', resources: { requests, limits } },
          ...(beside ? [beside] : []),
        ],
        ...(before ? { initContainers: [before] } : {}),
      },
    }),
  ],
  facts: {
    namespace: makeNamespaceFact(),
    limitRanges: range
      ? [
          {
            name: 'bounds',
            limits: [
              {
                type: 'Container',
                min: {},
                max: {},
                default: {},
                defaultRequest: {},
                maxLimitRequestRatio: {},
                ...range,
              },
            ],
          },
        ]
      : [],
  },
});
const hpaOn = (type: string) =>
  hpa({
    targetCPUUtilizationPercentage: '',
    customMetrics: [{ type: 'Resource', resource: { name: 'memory', target: { type } } }],
  });
const meshFacts: KnownFacts = { namespace: makeNamespaceFact(), limitRanges: [] };
const meshed = (proxyRequests: Record<string, string>): CheckSituation => ({
  values: hpa({}, { serviceMesh: { enabled: true, provider: 'linkerd' } }),
  objects: [makeWorkload({ podAnnotations: { 'linkerd.io/inject': 'enabled' } })],
  facts: {
    ...meshFacts,
    linkerd: {
      served: true,
      controllers: [],
      clusterDomain: 'cluster.local',
      opaquePorts: '',
      defaultInboundPolicy: '',
      proxyRequests,
      cni: false,
      injectsNamespace: false,
    },
  },
});

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-401', 'D05: neither', { values: raft({}) }, ['pass']],
  ['XV-401', 'D05: KEDA', { values: raft({ keda: { enabled: true } }) }, ['fail']],
  ['XV-401', 'D05: HPA', { values: raft({ autoscaling: { enabled: true } }) }, ['fail']],
  ['XV-403', 'D26: in order', { values: hpa() }, ['pass']],
  ['XV-403', 'D26: reversed', { values: hpa({ minReplicas: 5, maxReplicas: 3 }) }, ['fail']],
  ['XV-403', 'D26: KEDA', { values: keda({ minReplicaCount: 11 }) }, ['fail']],
  ['XV-403', 'D26: a count outside', { values: hpa({}, { replicaCount: 20 }) }, ['warn']],
  ['XV-403', 'D26: a count below', { values: hpa(range, { replicaCount: 1 }) }, ['warn']],
  [
    'XV-403',
    'D26: a count at its lower end',
    { values: hpa(range, { replicaCount: 2 }) },
    ['pass'],
  ],
  [
    'XV-403',
    'D26: a count at its upper end',
    { values: hpa(range, { replicaCount: 4 }) },
    ['pass'],
  ],
  [
    'XV-403',
    'D26: always the same number',
    { values: hpa({ ...range, minReplicas: 4 }) },
    ['pass'],
  ],
  ['XV-403', 'nothing scales', { values: redis() }, []],
  ['XV-404', 'D27: requested', requesting({ cpu: '100m' }), ['pass']],
  ['XV-404', 'D27: not requested', requesting({}), ['fail']],
  ['XV-404', 'D27: nothing is not enough', requesting({ cpu: '0' }), ['fail']],
  [
    'XV-404',
    'D27: what is limited is requested',
    requesting({}, { limits: { cpu: '1' } }),
    ['pass'],
  ],
  [
    'XV-404',
    'D27: a LimitRange says it',
    requesting({}, { range: { defaultRequest: { cpu: '50m' } } }),
    ['pass'],
  ],
  [
    'XV-404',
    'D27: a container beside it does not',
    requesting({ cpu: '1' }, { beside: { name: 'log', resources: {} } }),
    ['fail'],
  ],
  [
    'XV-404',
    'D27: one that is gone does not count',
    requesting({ cpu: '1' }, { before: { name: 'wait', resources: {} } }),
    ['pass'],
  ],
  [
    'XV-404',
    'D27: KEDA on memory',
    requesting({ cpu: '1' }, { values: keda({ triggers: { memory: { enabled: true } } }) }),
    ['fail'],
  ],
  [
    'XV-404',
    'D27: KEDA, among extraTriggers',
    requesting(
      { cpu: '1' },
      { values: keda({ extraTriggers: [{ type: 'memory', metadata: {} }] }) },
    ),
    ['fail'],
  ],
  [
    'XV-404',
    'D27: KEDA, a fixed amount',
    {
      values: keda({
        extraTriggers: [{ type: 'memory', metricType: 'AverageValue', metadata: {} }],
      }),
      objects: [makeWorkload({ requests: {} })],
    },
    ['pass'],
  ],
  ['XV-404', 'D27: metrics of its own', requesting({}, { values: hpaOn('Utilization') }), ['fail']],
  [
    'XV-404',
    'D27: a fixed amount',
    { values: hpaOn('AverageValue'), objects: [makeWorkload({ requests: {} })] },
    ['pass'],
  ],
  ['XV-404', 'D27: the proxy of Linkerd does not', meshed({}), ['fail']],
  ['XV-404', 'D27: the proxy of Linkerd does', meshed({ cpu: '100m' }), ['pass']],
  [
    'XV-404',
    'D27: nobody may see what the proxy requests',
    { ...meshed({}), facts: meshFacts, unknown: ['linkerd'] },
    ['pass'],
  ],
  [
    'XV-404',
    'D27: what is not scaled on need not be requested',
    {
      values: hpa({ targetCPUUtilizationPercentage: null, targetMemoryUtilizationPercentage: 0 }),
      objects: [makeWorkload({ requests: {} })],
    },
    ['pass'],
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
    'Ingress xerv would have no backend',
    'Service xerv would have no backend',
  ]);
});

test.each([
  ['nats', 'keda.triggers.natsJetstream.consumer'],
  ['redis', 'keda.triggers.redisStreams'],
])('D31 says what could wake XERV on %s', (backend, path) => {
  const values = { ...keda(), dispatch: { backend } };
  const [verdict] = runCheck('XV-407', { values, objects: [scaled(1)] });
  expect(JSON.stringify(verdict?.remedies)).toContain(path);
});

test.each([
  ['cpu', '100m'],
  ['memory', '256Mi'],
])('D27 has %s requested by the quantity', (resource, value) => {
  const situation = requesting(
    {},
    { values: keda({ triggers: { [resource]: { enabled: true } } }) },
  );
  expect(runCheck('XV-404', situation)[0]?.remedies?.[0]?.changes).toEqual([
    { path: ['resources', 'requests', resource], value },
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
    ['XV-404', hpa({}, { resources: { requests: { cpu: null }, limits: { cpu: null } } })],
    ['XV-411', keda({ fallback: { replicas: 11 } })],
  ] as const)('%s', (id, values) => {
    const mended = mend(runCheck(id, { values })[0], values);
    expect(statusesOf(id, { values: mended })).toEqual(['pass']);
  });
});
