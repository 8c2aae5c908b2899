import { expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, runCheck } from '../../support/check-input.ts';
import { judgeVerdicts, type Row } from '../../support/check-table.ts';
import {
  allNodes,
  gibibyte,
  makeNamespaceFact,
  makeNode,
  makeWorkload,
} from '../../support/workloads.ts';

const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } };
const hpa = (maxReplicas: number): Tree => ({
  ...redis,
  autoscaling: { enabled: true, minReplicas: 2, maxReplicas },
});
const keda = (maxReplicaCount: number): Tree => ({
  ...redis,
  keda: { enabled: true, minReplicaCount: 0, maxReplicaCount },
});

const scaler = (values: Tree) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'keda' in values ? 'ScaledObject' : 'HorizontalPodAutoscaler',
  metadata: { name: 'xerv', labels: {}, annotations: {} },
  spec: {
    scaleTargetRef: { kind: 'Deployment', name: 'xerv' },
    ...((values.keda ?? values.autoscaling) as object),
  },
});
const scaled = (values: Tree) => [makeWorkload({ spec: { replicas: undefined } }), scaler(values)];

/** One CPU and 1 GiB each, on a node of four CPUs. */
const onNodes = (
  values: Tree,
  nodes: FactValue<'nodes'> = allNodes(makeNode('n1')),
): CheckSituation => ({
  values,
  objects: scaled(values),
  facts: { nodes, namespace: makeNamespaceFact(), claims: [] },
});
const inQuota = (values: Tree, hard: Record<string, string>): CheckSituation => ({
  values,
  objects: scaled(values),
  facts: {
    quotas: [{ name: 'team', hard, used: {}, scopes: [] }],
    limitRanges: [],
    namespace: makeNamespaceFact(),
  },
});
const grown = allNodes(makeNode('n1', { labels: { 'karpenter.sh/nodepool': 'default' } }));

const scratch = (amount: string, room?: number): CheckSituation => ({
  objects: [makeWorkload({ requests: { cpu: '1', 'ephemeral-storage': amount } })],
  facts: {
    nodes: allNodes(
      makeNode('n1', {
        free: { cpu: 4, memory: gibibyte, pods: 9, 'ephemeral-storage': room },
      }),
    ),
    namespace: makeNamespaceFact(),
    claims: [],
  },
});

const table: readonly Row[] = [
  ['XV-801', 'as many as there is room for', onNodes(hpa(4)), ['pass']],
  ['XV-801', 'more than there is room for', onNodes(hpa(5)), ['pass', 'warn']],
  ['XV-801', 'KEDA, as many', onNodes(keda(4)), ['pass']],
  ['XV-801', 'KEDA, more', onNodes(keda(20)), ['pass', 'warn']],
  [
    'XV-801',
    'no room for the fewest',
    onNodes(hpa(5), allNodes(makeNode('n1', { free: { cpu: 1, memory: gibibyte, pods: 9 } }))),
    ['fail'],
  ],
  ['XV-801', 'more, where nodes may be added', onNodes(hpa(5), grown), ['pass']],
  [
    'XV-801',
    'more, where not every node was looked at',
    onNodes(hpa(5), { ...allNodes(makeNode('n1')), complete: false }),
    ['pass'],
  ],
  [
    'XV-802',
    'as many as the quota has room for',
    inQuota(hpa(4), { 'requests.cpu': '4' }),
    ['pass'],
  ],
  ['XV-802', 'more than the quota has room for', inQuota(hpa(5), { pods: '4' }), ['warn']],
  ['XV-802', 'KEDA, more', inQuota(keda(9), { 'requests.cpu': '4' }), ['warn']],

  ['XV-801', 'scratch space that there is', scratch('2Gi', 2 * gibibyte), ['pass']],
  ['XV-801', 'scratch space that there is not', scratch('2Gi', gibibyte), ['fail']],
  ['XV-801', 'scratch space, seen by an older version', scratch('2Gi'), ['pass']],
];

judgeVerdicts(table);

test('how many fit is said, and is what is offered', () => {
  expect(runCheck('XV-801', onNodes(keda(20)))[1]).toMatchObject({
    message: expect.stringMatching(/^4 of up to 20 replicas of xerv find a node\./),
    evidence: ['replica 5: 0/1 nodes are available: 1 Insufficient cpu'],
    remedies: [{ changes: [{ path: ['keda', 'maxReplicaCount'], value: 4 }] }, {}],
  });
  expect(runCheck('XV-802', inQuota(hpa(9), { pods: '3' }))[0]).toMatchObject({
    message: expect.stringMatching(/^The quota has room for 3 of up to 9 replicas of xerv\./),
    evidence: ['ResourceQuota team: pods: 9 wanted, 3 left'],
    remedies: [{ changes: [{ path: ['autoscaling', 'maxReplicas'], value: 3 }] }, {}],
  });
});

test('scratch space is named beside what else a replica requests', () => {
  const [verdict] = runCheck('XV-801', scratch('2Gi', gibibyte));
  expect(verdict?.evidence?.[0]).toContain('2Gi of scratch space');
  expect(verdict?.evidence?.[0]).toContain('1 Insufficient ephemeral-storage');
  expect(verdict?.remedies?.[0]?.changes).toEqual([
    { path: ['resources', 'requests', 'ephemeral-storage'], value: '1Gi' },
  ]);
});
