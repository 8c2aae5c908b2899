import { describe, expect, test } from 'vitest';
import type { Tree } from '../../../src/values/tree.ts';
import { runCheck } from '../../support/check-input.ts';
import {
  type Amounts,
  half,
  judge,
  mended,
  quota,
  range,
  type Situation,
  scope,
} from '../../support/limit-situations.ts';
import {
  allNodes,
  makeNamespaceFact,
  makeNode,
  makeWorkload,
  type WorkloadOptions,
} from '../../support/workloads.ts';

const liveWorkload = {
  kind: 'StatefulSet',
  name: 'xerv',
  replicas: 3,
  readyReplicas: 3,
  podManagementPolicy: 'Parallel',
  claimTemplates: [],
};

describe('XV-802: the quota', () => {
  const three = { ...half, replicas: 3 };
  test.each<[string, Situation, string]>([
    ['none', {}, 'pass'],
    ['room', { quotas: [quota({ 'requests.cpu': '2', pods: '5' })], workload: three }, 'pass'],
    ['too little CPU', { quotas: [quota({ 'requests.cpu': '1' })], workload: three }, 'fail'],
    ['used up', { quotas: [quota({ cpu: '2' }, { cpu: '1' })], workload: three }, 'fail'],
    ['limits', { quotas: [quota({ 'limits.memory': '2Gi' })], workload: three }, 'fail'],
    ['too few pods', { quotas: [quota({ pods: '2' })], workload: three }, 'fail'],
    [
      'just room',
      { quotas: [quota({ 'requests.cpu': '1500m', pods: '3' })], workload: three },
      'pass',
    ],
    ...(
      [
        [scope('Terminating'), {}, 'pass'],
        [scope('NotTerminating'), {}, 'fail'],
        [scope('BestEffort'), {}, 'pass'],
        [scope('NotBestEffort'), {}, 'fail'],
        [scope('PriorityClass', 'In', 'high'), { pod: { priorityClassName: 'high' } }, 'fail'],
        [scope('PriorityClass', 'In', 'high'), { pod: { priorityClassName: 'low' } }, 'pass'],
        [scope('PriorityClass', 'NotIn', 'high'), { pod: { priorityClassName: 'low' } }, 'fail'],
        [scope('PriorityClass', 'In', 'high'), {}, 'pass'],
        [scope('CrossNamespacePodAffinity'), {}, 'pass'],
      ] as const
    ).map(([one, workload, status]): [string, Situation, string] => [
      `of pods with ${one.scope} ${one.operator} ${one.values}, ${JSON.stringify(workload)}`,
      { quotas: [quota({ pods: '0' }, {}, one)], workload: { ...half, ...workload } },
      status,
    ]),
    [
      'of best effort only, and the pods are',
      {
        quotas: [quota({ pods: '0' }, {}, scope('BestEffort'))],
        workload: { requests: {}, limits: {} },
      },
      'fail',
    ],
    [
      'a container that does not say',
      { quotas: [quota({ 'limits.cpu': '9' })], workload: { requests: { cpu: '1' } } },
      'fail',
    ],
    [
      'a LimitRange says it',
      {
        quotas: [quota({ 'limits.cpu': '9' })],
        ranges: [range('Container', { default: { cpu: '1' } })],
        workload: { requests: { cpu: '1' } },
      },
      'pass',
    ],
    [
      'no room for the one more of an upgrade',
      { quotas: [quota({ pods: '1' })], workload: { ...half, spec: { strategy: {} } } },
      'warn',
    ],
  ])('%s', (_, situation, status) => {
    expect(judge('XV-802', situation)?.status).toBe(status);
  });

  test('counts the pods that run now once', () => {
    const live = liveWorkload;
    const quotas = [quota({ cpu: '1500m', pods: '3' }, { cpu: '1500m', pods: '3' })];
    const workload = { ...three, kind: 'StatefulSet' as const };
    expect(judge('XV-802', { quotas, workload, live })?.status).toBe('pass');
    expect(judge('XV-802', { quotas, workload: { ...workload, replicas: 4 }, live })?.status).toBe(
      'fail',
    );
  });

  test.each([
    [1, 'pass'],
    [0, 'fail'],
  ])('counts the pods of a canary that run now once, too: %i', (replicas, status) => {
    const stable = makeWorkload({ kind: 'StatefulSet', replicas: 3 });
    const canary = makeWorkload({ ...half });
    const objects = [stable, { ...canary, metadata: { ...canary.metadata, name: 'xerv-canary' } }];
    const [verdict] = runCheck('XV-802', {
      live: {},
      objects,
      facts: {
        // What the canary has not, somebody else has.
        quotas: [quota({ pods: '4' }, { pods: '4' })],
        limitRanges: [],
        namespace: makeNamespaceFact(),
        workload: liveWorkload,
        nodes: allNodes(makeNode('n1')),
        rollouts: { 'Deployment/xerv-canary': { replicas, restarts: false } },
      },
    });
    expect(verdict?.status).toBe(status);
  });

  test.each([
    ['whose template changes', { 'Deployment/xerv': { replicas: 1, restarts: true } }, 'fail'],
    ['whose template stays', { 'Deployment/xerv': { replicas: 1, restarts: false } }, 'pass'],
    ['of which nobody can tell', {}, 'fail'],
    ['where nobody looked', undefined, 'fail'],
  ])('an upgrade makes one more pod of a Deployment %s', (_, rollouts, status) => {
    const situation = {
      quotas: [quota({ pods: '1' }, { pods: '1' })],
      workload: { ...half, spec: { strategy: {} } },
      live: { ...liveWorkload, kind: 'Deployment', replicas: 1, readyReplicas: 1 },
      ...(rollouts ? { rollouts } : {}),
    };
    expect(judge('XV-802', situation)?.status).toBe(status);
  });

  test.each([
    ['500m', 'pass'],
    ['501m', 'fail'],
  ])('counts what a RuntimeClass adds: %s', (cpu, status) => {
    const runtimeClasses = [
      { name: 'sandbox', overhead: { cpu }, nodeSelector: {}, tolerations: [] },
    ];
    const workload = { ...half, pod: { runtimeClassName: 'sandbox' } };
    const quotas = [quota({ 'requests.cpu': '1' })];
    expect(judge('XV-802', { quotas, workload, runtimeClasses })?.status).toBe(status);
  });

  test('says what is wanted and what is left', () => {
    const quotas = [quota({ 'requests.memory': '2Gi' }, { 'requests.memory': '1Gi' })];
    expect(judge('XV-802', { quotas, workload: three })?.evidence).toEqual([
      'ResourceQuota team: requests.memory: 1536Mi wanted, 1Gi left',
    ]);
  });

  test.each<[string, Amounts, WorkloadOptions, Tree]>([
    ['fewer replicas', { pods: '2' }, three, { replicaCount: 3 }],
    ['smaller requests', { 'requests.cpu': '300m', 'limits.cpu': '600m' }, half, {}],
    ['a limit below the request', { 'limits.cpu': '200m' }, half, {}],
    ['what nobody said', { 'limits.cpu': '9', 'requests.memory': '9Gi' }, { requests: {} }, {}],
  ])('its remedy mends it: %s', (_, hard, workload, values) => {
    const quotas = [quota(hard)];
    const verdict = judge('XV-802', { quotas, workload, values });
    expect(verdict?.status).toBe('fail');
    expect(judge('XV-802', { quotas, workload: mended(workload, verdict) })?.status).toBe('pass');
  });

  test.each([
    ['redis', '4', 4],
    ['redis', '1', 1],
    ['raft', '4', 3],
    ['raft', '2', 1],
  ])('the most replicas that fit, of %s in %s places: %i', (backend, pods, replicaCount) => {
    const verdict = judge('XV-802', {
      quotas: [quota({ pods })],
      workload: { ...half, replicas: 5 },
      values: { dispatch: { backend }, replicaCount: 5 },
    });
    expect(verdict?.remedies?.[0]?.changes).toEqual([
      { path: ['replicaCount'], value: replicaCount },
    ]);
  });

  test('has no number of replicas where not even one fits, or an autoscaler sets it', () => {
    const workload = { ...half, replicas: 5 };
    for (const [pods, replicaCount] of [
      ['0', 5],
      ['4', 1],
    ] as const) {
      const verdict = judge('XV-802', {
        quotas: [quota({ pods })],
        workload,
        values: { replicaCount },
      });
      expect(verdict?.remedies?.flatMap(({ changes = [] }) => changes)).toEqual([]);
    }
  });
});
