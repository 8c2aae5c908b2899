import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';
import { allNodes, makeNode, makeWorkload } from '../../support/workloads.ts';

const budget = (more: Tree, rest: Tree = {}): CheckSituation => ({
  values: { podDisruptionBudget: { enabled: true, ...more }, ...rest },
});
const raft = (replicaCount: number, more: Tree) =>
  budget(more, { dispatch: { backend: 'raft' }, replicaCount });
const server = (minor: number, distribution = '') => ({
  facts: { server: { gitVersion: `v1.${minor}.0`, minor, distribution } },
});
const withIds = (securityContext: Tree, distribution: string): CheckSituation => ({
  ...server(33, distribution),
  values: { podSecurityContext: securityContext },
  objects: [makeWorkload({ pod: { securityContext } })],
});
const apart = (matchLabels: Tree): CheckSituation => ({
  values: {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } },
        ],
      },
    },
  },
});
const objects = [makeWorkload()];
const arch = (...names: string[]) => ({
  nodes: allNodes(
    ...names.map((name, index) =>
      makeNode(`n${index}`, { labels: { 'kubernetes.io/arch': name } }),
    ),
  ),
});
const keptFree = {
  nodes: allNodes(
    makeNode('n0', {
      labels: { 'kubernetes.io/arch': 'arm64' },
      taints: [{ key: 'kubernetes.io/arch', value: 'arm64', effect: 'NoSchedule' }],
    }),
    makeNode('n1'),
  ),
};
const windows = {
  nodes: allNodes(
    makeNode('n0', { labels: { 'kubernetes.io/os': 'windows' } }),
    makeNode('n1', { labels: { 'kubernetes.io/os': 'linux' } }),
  ),
};
const onlyOn = (name: string) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: [name] }],
          },
        ],
      },
    },
  },
});
const pullSecret: Tree = { imagePullSecrets: [{ name: 'registry' }], image: { repository: 'r/x' } };
const secret = (exists: boolean, type: string) => ({
  ...arch('amd64'),
  secrets: { registry: { exists, type, keys: [] } },
});

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-106', 'D84: new', server(25), ['pass']],
  ['XV-106', 'D84: old', server(24), ['fail']],
  ['XV-106', 'D84: unseen', { unknown: ['server'] }, ['unknown']],
  ['XV-108', 'D84: helm 4', {}, ['pass']],
  ['XV-108', 'D84: helm 3', { helm: '3.17.3' }, ['warn']],
  ['XV-108', 'D84: no answer', { helm: '' }, ['unknown']],
  ['XV-805', 'D09: unset', raft(3, {}), ['pass']],
  ['XV-805', 'D09: the quorum', raft(5, { minAvailable: 3 }), ['pass']],
  ['XV-805', 'D09: below it', raft(5, { minAvailable: 2 }), ['warn']],
  ['XV-805', 'D09: too many may go', raft(3, { maxUnavailable: 2 }), ['warn']],
  ['XV-805', 'D09: none may go', raft(3, { minAvailable: 3 }), ['warn']],
  ['XV-805', 'D09: rounded up, none may go', raft(3, { minAvailable: '90%' }), ['warn']],
  ['XV-805', 'not raft', budget({}), []],
  ['XV-806', 'D10: unset', budget({}), ['pass']],
  ['XV-806', 'D10: one of one', budget({ minAvailable: 1 }), ['warn']],
  ['XV-806', 'D10: all', budget({ minAvailable: '100%' }), ['warn']],
  ['XV-806', 'D10: none', budget({ maxUnavailable: 0 }), ['warn']],
  ['XV-806', 'D10: half of two', budget({ minAvailable: 1 }, { replicaCount: 2 }), ['pass']],
  ['XV-807', 'D12: by name only', apart({ 'app.kubernetes.io/name': 'xerv' }), ['warn']],
  [
    'XV-807',
    'D12: by instance',
    apart({ 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' }),
    ['pass'],
  ],
  ['XV-807', 'the chart’s', {}, []],
  ['XV-809', 'D80: OpenShift', withIds({ runAsUser: 2000 }, 'openshift'), ['warn']],
  ['XV-809', 'D80: left to it', withIds({}, 'openshift'), ['pass']],
  ['XV-809', 'D80: another', withIds({ runAsUser: 1000 }, 'gke'), ['pass']],
  ['XV-809', 'D80: unseen', { objects, unknown: ['server'] }, ['unknown']],
  ['XV-809', 'no pods', {}, []],
  ['XV-810', 'D81: amd64', { objects, facts: arch('amd64') }, ['pass', 'skip']],
  ['XV-810', 'D81: arm64, kept free by a taint', { objects, facts: keptFree }, ['pass', 'skip']],
  [
    'XV-810',
    'D81: arm64, with a taint that is tolerated',
    {
      objects: [makeWorkload({ pod: { tolerations: [{ operator: 'Exists' }] } })],
      facts: keptFree,
    },
    ['warn', 'skip'],
  ],
  [
    'XV-810',
    'D81: amd64 by affinity',
    { objects: [makeWorkload({ pod: onlyOn('amd64') })], facts: arch('arm64', 'amd64') },
    ['pass', 'skip'],
  ],
  ['XV-810', 'D81: Windows beside Linux', { objects, facts: windows }, ['warn', 'pass', 'skip']],
  [
    'XV-810',
    'D81: Windows, and an image of his own',
    { objects, facts: windows, values: { image: { repository: 'r/x' } } },
    ['warn', 'skip'],
  ],
  [
    'XV-810',
    'D81: Linux by selector',
    {
      objects: [makeWorkload({ pod: { nodeSelector: { 'kubernetes.io/os': 'linux' } } })],
      facts: windows,
    },
    ['pass', 'skip'],
  ],
  ['XV-810', 'D81: arm64', { objects, facts: arch('arm64') }, ['fail', 'skip']],
  ['XV-810', 'D81: both', { objects, facts: arch('arm64', 'amd64') }, ['warn', 'skip']],
  [
    'XV-810',
    'D81: an image of his own',
    { objects, facts: arch('arm64'), values: { image: { repository: 'r/x' } } },
    ['skip'],
  ],
  ['XV-810', 'D81: unseen', { objects, unknown: ['nodes'] }, ['unknown', 'skip']],
  [
    'XV-810',
    'D81: the pull secret is there',
    { objects, values: pullSecret, facts: secret(true, 'kubernetes.io/dockerconfigjson') },
    ['pass', 'skip'],
  ],
  [
    'XV-810',
    'D81: it is missing',
    { objects, values: pullSecret, facts: secret(false, '') },
    ['fail', 'skip'],
  ],
  [
    'XV-810',
    'D81: it is another kind',
    { objects, values: pullSecret, facts: secret(true, 'Opaque') },
    ['fail', 'skip'],
  ],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

test.each([
  ['ghcr.io/ml-rust/xerv', 'Whether the nodes can pull the image was not checked.'],
  [
    'r/x',
    'Whether the nodes can pull r/x, and for which architectures it is built, was not checked.',
  ],
])('D81 says what of %s was not looked up', (repository, message) => {
  const verdicts = runCheck('XV-810', { objects, values: { image: { repository } } });
  expect(verdicts.at(-1)).toMatchObject({ status: 'skip', message });
});

describe('what mends them', () => {
  test.each<[CheckId, CheckSituation]>([
    ['XV-805', raft(5, { minAvailable: 2 })],
    ['XV-806', budget({ maxUnavailable: 0 })],
    ['XV-807', apart({ 'app.kubernetes.io/name': 'xerv' })],
  ])('%s', (id, situation) => {
    const values = mend(runCheck(id, situation)[0], situation.values ?? {});
    expect(statusesOf(id, { ...situation, values })[0]).toBe('pass');
  });
  test('XV-810 keeps the pods to the nodes that can run the image', () => {
    const facts = arch('arm64', 'amd64');
    const { nodeSelector } = mend(runCheck('XV-810', { objects, facts })[0], {});
    const there = [makeWorkload({ pod: { nodeSelector } })];
    expect(statusesOf('XV-810', { objects: there, facts })[0]).toBe('pass');
  });
  test('XV-810 keeps the pods off Windows', () => {
    const { nodeSelector } = mend(runCheck('XV-810', { objects, facts: windows })[0], {});
    const there = [makeWorkload({ pod: { nodeSelector } })];
    expect(statusesOf('XV-810', { objects: there, facts: windows })).toEqual(['pass', 'skip']);
  });
  test('XV-809 takes out the ids that were set', () => {
    const [verdict] = runCheck('XV-809', withIds({ runAsUser: 2000 }, 'openshift'));
    expect(verdict?.remedies?.[0]?.changes).toEqual([
      { path: ['podSecurityContext', 'runAsUser'], value: undefined },
    ]);
  });
});
