import { expect, test } from 'vitest';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, runCheck } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';
import { allNodes, makeNode, makeWorkload } from '../../support/workloads.ts';

const low: Tree = { server: { apiPort: 80 } };
/** On nodes with these container runtimes; in general one that keeps low ports for root. */
const on = (values: Tree, ...runtimes: string[]): CheckSituation => ({
  values,
  objects: [makeWorkload()],
  facts: {
    nodes: allNodes(
      ...(runtimes.length > 0 ? runtimes : ['containerd://1.7.27']).map((runtime, index) =>
        makeNode(`n${index}`, { runtime }),
      ),
    ),
  },
});
const asRoot = { podSecurityContext: { runAsUser: 0, runAsNonRoot: false } };
const added = { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } };
const unprivileged = (value: string): Tree => ({
  podSecurityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value }] },
});
const metricsPort = (more: Tree): Tree => ({
  metrics: { enabled: true, onApiPort: false, port: 90, ...more },
});
const { runtime: _, ...silent } = makeNode('n0');
const partly = on(low, 'containerd://2.1.4');

const table: readonly Row[] = [
  ['XV-808', 'D76: high', {}, ['pass']],
  ['XV-808', 'D76: low', on(low), ['fail']],
  ['XV-808', 'D76: the first free one', { values: { server: { apiPort: 1024 } } }, ['pass']],
  ['XV-808', 'D76: the last one below', on({ server: { apiPort: 1023 } }), ['fail']],
  [
    'XV-808',
    'D76: one more port',
    on({ extraPorts: [{ name: 'hooks', port: 8081, targetPort: 81 }] }),
    ['fail'],
  ],
  [
    'XV-808',
    'D76: one more port, low in the Service only',
    { values: { extraPorts: [{ name: 'hooks', port: 80, targetPort: 8081 }] } },
    ['pass'],
  ],
  ['XV-808', 'D76: where the pods may', { values: { ...low, ...unprivileged('0') } }, ['pass']],
  [
    'XV-808',
    'D76: where the pods may do so above it only',
    { values: { ...low, ...unprivileged('443') } },
    ['fail'],
  ],
  ['XV-808', 'D76: gRPC without raft', { values: { server: { grpcPort: 500 } } }, ['pass']],
  [
    'XV-808',
    'D76: gRPC with raft',
    on({ dispatch: { backend: 'raft' }, server: { grpcPort: 500 } }),
    ['fail'],
  ],
  ['XV-808', 'D76: metrics on a port of their own', on(metricsPort({})), ['fail']],
  [
    'XV-808',
    'D76: metrics on the API’s port',
    { values: metricsPort({ onApiPort: true }) },
    ['pass'],
  ],
  ['XV-808', 'D76: no metrics', { values: metricsPort({ enabled: false }) }, ['pass']],

  // Root has what the runtime gives it, and the chart takes all of that away.
  ['XV-808', 'D76: as root, with all dropped', on({ ...low, ...asRoot }), ['fail']],
  ['XV-808', 'D76: as root, and given back', { values: { ...low, ...asRoot, ...added } }, ['pass']],
  [
    'XV-808',
    'D76: as root, with nothing dropped',
    { values: { ...low, ...asRoot, securityContext: { capabilities: { drop: [] } } } },
    ['pass'],
  ],
  [
    'XV-808',
    'D76: as a root with privileges',
    {
      values: {
        ...low,
        ...asRoot,
        securityContext: { privileged: true, allowPrivilegeEscalation: true },
      },
    },
    ['pass'],
  ],
  [
    'XV-808',
    'D76: as a root that is not let start',
    on({ ...low, securityContext: { runAsUser: 0, runAsNonRoot: true } }),
    ['fail'],
  ],
  [
    'XV-808',
    'D76: as another user, root allowed',
    on({ ...low, podSecurityContext: { runAsUser: 2000, runAsNonRoot: false } }),
    ['fail'],
  ],
  [
    'XV-808',
    'D76: as the user of the image',
    on({ ...low, podSecurityContext: { runAsUser: null, runAsNonRoot: false } }),
    ['warn'],
  ],

  // Not root: it is in the bounding set only.
  ['XV-808', 'D76: with the capability', on({ ...low, ...added }), ['warn']],
  [
    'XV-808',
    'D76: with the capability, where the runtime lets everybody',
    on({ ...low, ...added }, 'containerd://2.1.4'),
    ['pass'],
  ],
  [
    'XV-808',
    'D76: with the capability and a sysctl above',
    on({ ...low, ...added, ...unprivileged('1024') }, 'containerd://2.1.4'),
    ['warn'],
  ],

  ['XV-808', 'D76: containerd 2', on(low, 'containerd://2.0.0', 'containerd://2.1.4'), ['pass']],
  ['XV-808', 'D76: k3s', on(low, 'containerd://1.7.27-k3s1'), ['pass']],
  ['XV-808', 'D76: Docker', on(low, 'docker://28.0.1'), ['pass']],
  ['XV-808', 'D76: CRI-O', on(low, 'cri-o://1.34.0'), ['fail']],
  [
    'XV-808',
    'D76: one node of two',
    on(low, 'containerd://2.1.4', 'containerd://1.7.27'),
    ['warn'],
  ],
  ['XV-808', 'D76: another runtime', on(low, 'kata://3.1'), ['warn']],
  [
    'XV-808',
    'D76: seen by an older version',
    { ...on(low), facts: { nodes: allNodes(silent) } },
    ['warn'],
  ],
  [
    'XV-808',
    'D76: a node of another kind, where the pods may not run',
    {
      ...on(low),
      facts: {
        nodes: allNodes(
          makeNode('n0', { runtime: 'containerd://2.1.4' }),
          makeNode('n1', {
            runtime: 'containerd://1.7.27',
            taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }],
          }),
        ),
      },
    },
    ['pass'],
  ],
  [
    'XV-808',
    'D76: a part of the nodes',
    { ...partly, facts: { nodes: { ...allNodes(), ...partly.facts?.nodes, complete: false } } },
    ['pass'],
  ],
  ['XV-808', 'D76: unseen', { values: low, unknown: ['nodes'] }, ['unknown']],
];

judgeTable(table);

test('what has to be done is said where nobody knows, too', () => {
  const [verdict] = runCheck('XV-808', { values: low, unknown: ['nodes'] });
  expect(verdict?.remedies?.flatMap(({ changes = [] }) => changes)).toEqual([
    { path: ['server', 'apiPort'], value: 8080 },
    {
      path: ['podSecurityContext', 'sysctls'],
      value: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    },
  ]);
});
