import { describe, expect, test } from 'vitest';
import type { CheckId, RenderedObject } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';

const vpa = (more: Tree = {}, rest: Tree = {}): Tree => ({
  vpa: { enabled: true, ...more },
  ...rest,
});
const part = (name: string, ready = 1, version = '1.7.1') => ({
  namespace: 'kube-system',
  name,
  image: '',
  version,
  wanted: 1,
  ready,
});
const whole = {
  served: true,
  recommender: part('vpa-recommender'),
  updater: part('vpa-updater'),
  admission: part('vpa-admission-controller'),
};
const parts = (more: Partial<{ [Key in keyof typeof whole]: (typeof whole)[Key] | null }>) => ({
  vpa: { ...whole, ...more } as typeof whole,
});
const nothing = parts({ recommender: null, updater: null, admission: null });
const server = (minor: number, distribution = '') => ({
  server: { gitVersion: `v1.${minor}.0`, minor, distribution },
});
const modern = { ...server(36), vpa: whole };
const old = { ...server(36), ...parts({ recommender: part('vpa-recommender', 1, '1.4.0') }) };
const three = { replicaCount: 3, dispatch: { backend: 'redis', redis: { url: 'redis://r:6379' } } };
const raft = { replicaCount: 3, dispatch: { backend: 'raft' } };
const claim = (mode: string): RenderedObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'xerv-data', labels: {}, annotations: {} },
  spec: { accessModes: [mode] },
});
const hpa = { ...three, autoscaling: { enabled: true } };
const policies = (...controlledResources: string[]) => ({
  containerPolicies: [{ containerName: '*', controlledResources }],
});

const onMemory: Tree = {
  autoscaling: {
    enabled: true,
    targetCPUUtilizationPercentage: '',
    customMetrics: [
      { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization' } } },
    ],
  },
};

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-415', 'installed', { values: vpa(), facts: { vpa: whole } }, ['pass']],
  ['XV-415', 'absent', { values: vpa(), facts: parts({ served: false }) }, ['fail']],
  ['XV-415', 'cannot look', { values: vpa(), unknown: ['vpa'] }, ['unknown']],
  ['XV-415', 'not asked for', {}, []],
  ['XV-416', 'at work', { values: vpa(), facts: modern }, ['pass']],
  ['XV-416', 'absent', { values: vpa(), facts: parts({ served: false }) }, []],
  ['XV-416', 'half installed', { values: vpa(), facts: nothing }, ['fail']],
  [
    'XV-416',
    'GKE runs it',
    { values: vpa(), facts: { ...nothing, ...server(36, 'gke') } },
    ['pass'],
  ],
  ['XV-416', 'no updater', { values: vpa(), facts: parts({ updater: null }) }, ['warn']],
  [
    'XV-416',
    'no updater needed',
    { values: vpa({ updateMode: 'Initial' }), facts: parts({ updater: null }) },
    ['pass'],
  ],
  [
    'XV-416',
    'recommendations only',
    { values: vpa({ updateMode: 'Off' }), facts: parts({ updater: null, admission: null }) },
    ['pass'],
  ],
  [
    'XV-416',
    'down',
    { values: vpa(), facts: parts({ updater: part('vpa-updater', 0) }) },
    ['warn'],
  ],
  ['XV-417', 'D39: Auto', { values: vpa({ updateMode: 'Auto' }), facts: modern }, ['warn']],
  ['XV-417', 'D39: by default', { values: vpa(), facts: modern }, ['pass']],
  ['XV-417', 'Recreate', { values: vpa({ updateMode: 'Recreate' }), facts: modern }, ['pass']],
  [
    'XV-417',
    'in place',
    { values: vpa({ updateMode: 'InPlaceOrRecreate' }), facts: modern },
    ['pass'],
  ],
  [
    'XV-417',
    'in place on an old Kubernetes',
    { values: vpa({ updateMode: 'InPlaceOrRecreate' }), facts: { ...modern, ...server(32) } },
    ['warn'],
  ],
  [
    'XV-417',
    'in place with an old one',
    { values: vpa({ updateMode: 'InPlaceOrRecreate' }), facts: old },
    ['fail'],
  ],
  [
    'XV-418',
    'D40: one replica',
    { values: vpa({ updateMode: 'Recreate' }), facts: modern },
    ['warn'],
  ],
  ['XV-418', 'D40: by default', { values: vpa(), facts: modern }, ['warn']],
  ['XV-418', 'D40: several', { values: vpa({}, three) }, ['pass']],
  ['XV-418', 'D40: too few', { values: vpa({ minReplicas: 4 }, three) }, ['warn']],
  ['XV-418', 'D40: in place', { values: vpa({ updateMode: 'InPlaceOrRecreate' }) }, ['pass']],
  ['XV-418', 'nothing is replaced', { values: vpa({ updateMode: 'Initial' }) }, []],
  ['XV-419', 'D42: raft', { values: vpa({}, raft), facts: modern }, ['warn']],
  [
    'XV-419',
    'D42: raft with a budget',
    { values: vpa({}, { ...raft, podDisruptionBudget: { enabled: true } }) },
    ['pass'],
  ],
  ['XV-419', 'D42: a claim', { values: vpa(), objects: [claim('ReadWriteOnce')] }, ['warn']],
  ['XV-419', 'D42: for many', { values: vpa(), objects: [claim('ReadWriteMany')] }, ['pass']],
  ['XV-419', 'D42: none', { values: vpa() }, ['pass']],
  ['XV-419', 'in place', { values: vpa({ updateMode: 'InPlaceOrRecreate' }, raft) }, []],
  ['XV-420', 'D28: the chart does it', { values: vpa({}, hpa) }, ['pass']],
  ['XV-420', 'D28: asked for both', { values: vpa(policies('cpu', 'memory'), hpa) }, ['warn']],
  ['XV-420', 'D28: the other one', { values: vpa(policies('memory'), hpa) }, ['pass']],
  [
    'XV-420',
    'D28: on a metric of its own',
    { values: vpa(policies('cpu', 'memory'), onMemory) },
    ['warn'],
  ],
  [
    'XV-420',
    'D28: the other one of a metric of its own',
    { values: vpa(policies('cpu'), onMemory) },
    ['pass'],
  ],
  ['XV-420', 'D28: nothing left', { values: vpa(policies('cpu'), hpa) }, ['fail']],
  ['XV-420', 'nothing scales', { values: vpa() }, []],
  ['XV-421', 'D41: left alone', { values: vpa() }, ['pass']],
  [
    'XV-421',
    'D41: named',
    { values: vpa({ containerPolicies: [{ containerName: 'istio-proxy' }] }) },
    ['warn'],
  ],
  [
    'XV-421',
    'D41: named as off',
    { values: vpa({ containerPolicies: [{ containerName: 'istio-proxy', mode: 'Off' }] }) },
    ['pass'],
  ],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

describe('what mends them', () => {
  test.each<[CheckId, CheckSituation & { values: Tree }]>([
    ['XV-415', { values: vpa(), facts: parts({ served: false }) }],
    ['XV-416', { values: vpa(), facts: nothing }],
    ['XV-417', { values: vpa({ updateMode: 'Auto' }), facts: modern }],
    ['XV-417', { values: vpa({ updateMode: 'Auto' }), facts: old }],
    ['XV-417', { values: vpa({ updateMode: 'InPlaceOrRecreate' }), facts: old }],
    ['XV-418', { values: vpa(), facts: modern }],
    ['XV-418', { values: vpa(), facts: old }],
    ['XV-418', { values: vpa({ minReplicas: 4 }, three) }],
    ['XV-419', { values: vpa({}, raft), facts: modern }],
    ['XV-419', { values: vpa(), objects: [claim('ReadWriteOnce')] }],
    ['XV-420', { values: vpa(policies('cpu', 'memory'), hpa) }],
    ['XV-420', { values: vpa(policies('cpu'), hpa) }],
    ['XV-421', { values: vpa({ containerPolicies: [{ containerName: 'linkerd-proxy' }] }) }],
  ])('%s', (id, situation) => {
    const mended = mend(runCheck(id, situation)[0], situation.values);
    expect(mended).not.toEqual(situation.values);
    const rest = statusesOf(id, { objects: situation.objects ?? [], values: mended });
    expect(rest.filter((status) => status !== 'pass' && status !== 'unknown')).toEqual([]);
  });

  test('D39: in place only where the cluster can', () => {
    const offered = (facts: CheckSituation['facts']) =>
      runCheck('XV-417', { values: vpa({ updateMode: 'Auto' }), facts: facts ?? {} })[0]
        ?.remedies?.[0]?.changes?.[0]?.value;
    expect(offered(modern)).toBe('InPlaceOrRecreate');
    expect(offered(old)).toBe('Recreate');
    expect(offered({ ...modern, ...server(32) })).toBe('Recreate');
  });
});
