import { describe, expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import {
  apartFrom,
  free,
  judge,
  raft,
  type Situation,
  set,
  spreadOver,
  taint,
  zone,
  zones,
} from '../../support/capacity-situations.ts';
import { mend, runCheck } from '../../support/check-input.ts';
import {
  allNodes,
  gibibyte,
  keptApart,
  makeNode,
  makeWorkload,
  type WorkloadOptions,
} from '../../support/workloads.ts';

const spread = spreadOver();
const disks: WorkloadOptions = {
  kind: 'StatefulSet',
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
};
const onNode = (name: string) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] },
        ],
      },
    },
  },
});
const fits: readonly (readonly [string, Situation])[] = [
  ['one pod, one node', { nodes: allNodes(makeNode('n1')), workload: {} }],
  ['four of one CPU on four', { nodes: allNodes(makeNode('n1')), workload: { replicas: 4 } }],
  [
    'apart, a node for each',
    {
      nodes: allNodes(makeNode('n1'), makeNode('n2')),
      workload: { kind: 'StatefulSet', replicas: 2, pod: keptApart },
    },
  ],
  [
    'a tolerated taint',
    {
      nodes: allNodes(makeNode('n1', taint('dedicated', 'xerv'))),
      workload: { pod: { tolerations: [{ key: 'dedicated', value: 'xerv' }] } },
    },
  ],
  [
    'a taint that is a preference',
    { nodes: allNodes(makeNode('n1', taint('x', '', 'PreferNoSchedule'))), workload: {} },
  ],
  [
    'spread over zones',
    {
      nodes: allNodes(makeNode('n1', zone('a')), makeNode('n2', zone('b'))),
      workload: { kind: 'StatefulSet', replicas: 3, pod: spread },
    },
  ],
  [
    'a taint that puts pods out, tolerated for a while',
    {
      nodes: allNodes(makeNode('n1', taint('dedicated', 'xerv', 'NoExecute'))),
      workload: {
        pod: { tolerations: [{ key: 'dedicated', operator: 'Exists', tolerationSeconds: 60 }] },
      },
    },
  ],
  [
    'as many zones as minDomains wants',
    { nodes: zones('a', 'b'), workload: set(4, spreadOver({ minDomains: 2 })) },
  ],
  [
    'a full zone whose taint nobody tolerates, where taints are honoured',
    {
      nodes: allNodes(
        makeNode('n1', zone('a')),
        makeNode('n2', { ...zone('b'), ...taint('dedicated') }),
      ),
      workload: set(2, spreadOver({ nodeTaintsPolicy: 'Honor' })),
    },
  ],
  [
    'spread that selects no pods',
    {
      nodes: zones('a'),
      workload: set(3, spreadOver({ labelSelector: undefined })),
    },
  ],
  [
    'apart from pods of another namespace',
    {
      nodes: {
        ...allNodes(makeNode('n1'), makeNode('n2')),
        neighbours: [{ rule: 'in other by kubernetes.io/hostname', nodes: ['n2'], complete: true }],
      },
      workload: set(2, apartFrom({ labelSelector: {}, namespaces: ['other'] })),
    },
  ],
  ['a node by its name', { nodes: zones('a', 'b'), workload: { pod: onNode('n1') } }],
  [
    'a volume on the disk of a node with room',
    {
      nodes: zones('a', 'a'),
      workload: disks,
      claims: [{ name: 'data-xerv-0', zones: [], hosts: ['n1'] }],
    },
  ],
  [
    'volumes to come in a zone with room',
    { nodes: zones('a', 'b'), workload: disks, classZones: ['b'] },
  ],
  [
    'bound volumes: the pods with least choice go first',
    {
      nodes: allNodes(
        makeNode('n1', { ...zone('a'), ...free(1) }),
        makeNode('n2', { ...zone('b'), ...free(1) }),
      ),
      workload: {
        kind: 'StatefulSet',
        replicas: 2,
        spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      },
      claims: [{ name: 'data-xerv-1', zones: ['a'] }],
    },
  ],
  [
    'an upgrade on full nodes: its own pods give their room back',
    {
      nodes: allNodes(
        makeNode('n1', {
          ...free(0),
          ownPods: ['xerv-0'],
          ownRoom: { cpu: 1, memory: gibibyte, pods: 1 },
        }),
      ),
      workload: { kind: 'StatefulSet' },
      live: {},
    },
  ],
  [
    'init containers run one after the other',
    {
      nodes: allNodes(makeNode('n1', free(1))),
      workload: {
        pod: {
          initContainers: [
            { name: 'a', resources: { requests: { cpu: '1' } } },
            { name: 'b', resources: { requests: { cpu: '1' } } },
          ],
        },
      },
    },
  ],
];

const failures: readonly (readonly [string, Situation, string])[] = [
  [
    'full nodes',
    { nodes: allNodes(makeNode('n1', free(0.5)), makeNode('n2', free(0.5))), workload: {} },
    '0/2 nodes are available: 2 Insufficient cpu',
  ],
  [
    'several reasons',
    {
      nodes: allNodes(
        makeNode('n1', free(0.5, gibibyte / 2)),
        makeNode('n2', { unschedulable: true }),
        makeNode('n3', taint('dedicated', 'batch')),
        makeNode('n4', { ready: false }),
        makeNode('n5', free(4, 16 * gibibyte, 0)),
      ),
      workload: {},
    },
    '0/5 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) were unschedulable, 1 node(s) had untolerated taint {dedicated: batch}, 1 node(s) were not ready, 1 Too many pods',
  ],
  [
    'memory that the first ones take',
    { nodes: allNodes(makeNode('n1', free(16, 2 * gibibyte))), workload: { replicas: 3 } },
    '1 Insufficient memory',
  ],
  [
    'places that the first ones take',
    { nodes: allNodes(makeNode('n1', free(16, 16 * gibibyte, 2))), workload: { replicas: 3 } },
    '1 Too many pods',
  ],
  [
    'fewer nodes than replicas that must be apart',
    {
      nodes: allNodes(makeNode('n1'), makeNode('n2')),
      workload: { kind: 'StatefulSet', replicas: 3, pod: keptApart },
      values: raft(3, { podAntiAffinity: { type: 'required' } }),
    },
    "2 node(s) didn't match pod anti-affinity rules",
  ],
  [
    'a selector that no node meets',
    {
      nodes: allNodes(makeNode('n1')),
      workload: { pod: { nodeSelector: { disk: 'ssd' } } },
      values: { nodeSelector: { disk: 'ssd' } },
    },
    "1 node(s) didn't match Pod's node affinity/selector",
  ],
  [
    'a volume in a zone without room',
    {
      nodes: allNodes(makeNode('n1', zone('b')), makeNode('n2', { ...zone('a'), ...free(0) })),
      workload: {
        kind: 'StatefulSet',
        spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      },
      claims: [{ name: 'data-xerv-0', zones: ['a'] }],
    },
    '1 node(s) had volume node affinity conflict',
  ],
  [
    'spread over zones of which one is full',
    {
      nodes: allNodes(makeNode('n1', zone('a')), makeNode('n2', { ...zone('b'), ...free(0) })),
      workload: { kind: 'StatefulSet', replicas: 2, pod: spread },
      values: { topologySpreadConstraints: spread.topologySpreadConstraints },
    },
    "node(s) didn't match pod topology spread constraints",
  ],
  [
    'fewer zones than minDomains wants',
    {
      nodes: zones('a', 'b'),
      workload: set(4, spreadOver({ minDomains: 3 })),
      values: {
        topologySpreadConstraints: spreadOver({ minDomains: 3 }).topologySpreadConstraints,
      },
    },
    "node(s) didn't match pod topology spread constraints",
  ],
  [
    'a zone whose taint nobody tolerates counts by default',
    {
      nodes: allNodes(
        makeNode('n1', zone('a')),
        makeNode('n2', { ...zone('b'), ...taint('dedicated') }),
      ),
      workload: set(2, spread),
    },
    "1 node(s) didn't match pod topology spread constraints",
  ],
  [
    'a taint that puts pods out',
    {
      nodes: allNodes(makeNode('n1', taint('dedicated', 'batch', 'NoExecute'))),
      workload: { pod: { tolerations: [{ key: 'dedicated', value: 'xerv' }] } },
    },
    '1 node(s) had untolerated taint {dedicated: batch}',
  ],
  [
    'a node by a name that none has',
    { nodes: zones('a'), workload: { pod: onNode('n9') } },
    "1 node(s) didn't match Pod's node affinity/selector",
  ],
  [
    'a volume on the disk of a full node',
    {
      nodes: allNodes(makeNode('n1'), makeNode('n2', free(0))),
      workload: disks,
      claims: [{ name: 'data-xerv-0', zones: [], hosts: ['n2'] }],
    },
    '1 node(s) had volume node affinity conflict',
  ],
  [
    'volumes to come in a zone without nodes',
    { nodes: zones('a'), workload: disks, classZones: ['b'] },
    '1 node(s) had volume node affinity conflict',
  ],
  [
    'a sidecar of Istio counts',
    {
      nodes: allNodes(makeNode('n1', free(1))),
      workload: { podLabels: { 'sidecar.istio.io/inject': 'true' } },
    },
    '1100m CPU and 1152Mi of memory with istio-proxy',
  ],
  [
    'where the namespace is in the mesh, too',
    {
      nodes: allNodes(makeNode('n1', free(1))),
      workload: {},
      namespaceLabels: { 'istio-injection': 'enabled' },
    },
    'with istio-proxy',
  ],
  [
    'what the annotations of Linkerd say',
    {
      nodes: allNodes(makeNode('n1', free(1))),
      workload: {
        podAnnotations: {
          'linkerd.io/inject': 'enabled',
          'config.linkerd.io/proxy-cpu-request': '250m',
        },
      },
    },
    '1250m CPU and 1Gi of memory with linkerd-proxy',
  ],
  [
    'a native sidecar runs on beside',
    {
      nodes: allNodes(makeNode('n1', free(1))),
      workload: {
        pod: {
          initContainers: [
            { name: 's', restartPolicy: 'Always', resources: { requests: { cpu: '100m' } } },
          ],
        },
      },
    },
    '1100m CPU',
  ],
];

test.each(fits)('fits: %s', (_, situation) => {
  expect(judge(situation)).toMatchObject({ status: 'pass' });
});

test.each(failures)('does not fit: %s', (_, situation, words) => {
  const verdict = judge(situation);
  expect(verdict?.status).toBe('fail');
  expect(verdict?.evidence?.join('\n')).toContain(words);
  expect(verdict?.remedies?.length).toBeGreaterThan(0);
});

describe('what could not be seen is neither room nor its lack', () => {
  test('nodes that may not be listed', () => {
    expect(runCheck('XV-801', { objects: [makeWorkload()], unknown: ['nodes'] })[0]).toMatchObject({
      status: 'unknown',
    });
  });
  test('pods that may not be listed', () => {
    const nodes = { ...allNodes(makeNode('n1', { free: null })), complete: false };
    expect(judge({ nodes, workload: {} })).toMatchObject({ status: 'unknown' });
  });
  test('a pod that is larger than every node does not fit all the same', () => {
    const nodes = allNodes(makeNode('n1', { free: null }));
    expect(judge({ nodes, workload: { requests: { cpu: '5' } } })?.status).toBe('fail');
  });
  test('a part of the nodes', () => {
    const nodes = { total: 900, seen: [makeNode('n1', free(0))], complete: false };
    expect(judge({ nodes, workload: {} })).toMatchObject({
      status: 'unknown',
      message: '1 of 900 nodes were checked, and not every replica found room there.',
    });
  });
});

test.each([
  [['n0', 'n1'], 'pass'],
  [['n1'], 'fail'],
])('volumes to come that a class makes on nodes %j only', (classHosts, status) => {
  const nodes = allNodes(makeNode('n0'), makeNode('n1'), makeNode('n2'));
  const workload = { ...disks, replicas: 2, pod: keptApart };
  const verdict = judge({ nodes, workload, classHosts });
  expect(verdict?.status).toBe(status);
  if (status === 'fail')
    expect(verdict?.evidence).toContain(
      'volumes can only be used on nodes with kubernetes.io/hostname n1',
    );
});

describe('what a RuntimeClass adds to the pods', () => {
  const sandbox = (parts: Partial<FactValue<'runtimeClasses'>[number]>) => [
    { name: 'sandbox', overhead: {}, nodeSelector: {}, tolerations: [], ...parts },
  ];
  const nodes = allNodes(
    makeNode('n1', { ...free(2), labels: { sandbox: 'yes' }, ...taint('sandbox') }),
    makeNode('n2', free(2)),
  );
  const workload = { pod: { runtimeClassName: 'sandbox' } };
  const tolerations = [{ key: 'sandbox', operator: 'Exists' }];
  const there = { nodeSelector: { sandbox: 'yes' } };
  test.each<[string, FactValue<'runtimeClasses'>, string]>([
    ['nothing', sandbox({}), 'pass'],
    ['as much as there is', sandbox({ overhead: { cpu: '1' } }), 'pass'],
    ['more than there is', sandbox({ overhead: { cpu: '1001m' } }), 'fail'],
    ['nodes that it may not use', sandbox(there), 'fail'],
    ['nodes, and what their taint wants', sandbox({ ...there, tolerations }), 'pass'],
    ['nodes that there are not', sandbox({ nodeSelector: { sandbox: 'no' } }), 'fail'],
    ['what another one adds', sandbox({ name: 'other', overhead: { cpu: '9' } }), 'pass'],
  ])('%s', (_, runtimeClasses, status) => {
    expect(judge({ nodes, workload, runtimeClasses })?.status).toBe(status);
  });
  test.each([
    ['room', { overhead: { cpu: '9' } }],
    ['nodes', { nodeSelector: { sandbox: 'no' } }],
  ])('is named where it is why there are no %s, and to do without mends it', (_, parts) => {
    const values = { runtimeClassName: 'sandbox' };
    const verdict = judge({ nodes, workload, values, runtimeClasses: sandbox(parts) });
    expect(verdict?.remedies?.[0]?.changes).toEqual([{ path: ['runtimeClassName'], value: '' }]);
    expect(verdict?.remedies?.some(({ text }) => /node labels/.test(text))).toBe(false);
    expect(mend(verdict, values)).toEqual({ runtimeClassName: '' });
  });
  test('is unknown where nobody looked', () => {
    expect(judge({ nodes, workload })?.status).toBe('unknown');
  });
});
