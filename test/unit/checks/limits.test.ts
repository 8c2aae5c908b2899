import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { mend, runCheck } from '../../support/check-input.ts';
import {
  allNodes,
  makeNamespaceFact,
  makeNode,
  makeWorkload,
  type WorkloadOptions,
} from '../../support/workloads.ts';

type Amounts = Record<string, string>;
type Scope = FactValue<'quotas'>[number]['scopes'][number];
const quota = (
  hard: Amounts,
  used: Amounts = {},
  ...scopes: Scope[]
): FactValue<'quotas'>[number] => ({ name: 'team', hard, used, scopes });
const scope = (name: string, operator = 'Exists', ...values: string[]): Scope => ({
  scope: name,
  operator,
  values,
});
const range = (
  type: string,
  bounds: Partial<FactValue<'limitRanges'>[number]['limits'][number]>,
): FactValue<'limitRanges'>[number] => ({
  name: 'bounds',
  limits: [
    {
      type,
      min: {},
      max: {},
      default: {},
      defaultRequest: {},
      maxLimitRequestRatio: {},
      ...bounds,
    },
  ],
});

interface Situation {
  readonly quotas?: FactValue<'quotas'>;
  readonly ranges?: FactValue<'limitRanges'>;
  readonly workload?: WorkloadOptions;
  readonly values?: Tree;
  readonly live?: FactValue<'workload'>;
  readonly rollouts?: FactValue<'rollouts'>;
  readonly runtimeClasses?: FactValue<'runtimeClasses'>;
}

const half = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } };

function judge(
  id: CheckId,
  { quotas = [], ranges = [], workload = half, values = {}, live, ...more }: Situation,
) {
  return runCheck(id, {
    values,
    ...(live === undefined ? {} : { live: {} }),
    objects: [makeWorkload(workload)],
    facts: {
      limitRanges: ranges,
      namespace: makeNamespaceFact(),
      ...(id === 'XV-802' ? { quotas } : {}),
      ...(live === undefined ? {} : { workload: live, nodes: allNodes(makeNode('n1')) }),
      ...more,
    },
  })[0];
}

/** The workload with what the remedy sets. */
function mended(workload: WorkloadOptions, verdict: ReturnType<typeof judge>): WorkloadOptions {
  const values = mend(verdict, {}) as {
    replicaCount?: number;
    resources?: { requests?: Amounts; limits?: Amounts };
  };
  return {
    ...workload,
    replicas: values.replicaCount ?? workload.replicas ?? 1,
    requests: { ...workload.requests, ...values.resources?.requests },
    limits: { ...workload.limits, ...values.resources?.limits },
  };
}

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

describe('XV-309: the quota and the volumes', () => {
  const template = (size: string, storageClassName?: string) => ({
    metadata: { name: 'data' },
    spec: {
      ...(storageClassName ? { storageClassName } : {}),
      resources: { requests: { storage: size } },
    },
  });
  const member = (replicas: number, size = '10Gi', storageClass?: string) =>
    makeWorkload({
      kind: 'StatefulSet',
      replicas,
      spec: { volumeClaimTemplates: [template(size, storageClass)] },
    });
  const usual = (name: string): FactValue<'storageClasses'>[number] => ({
    name,
    provisioner: 'test',
    isDefault: true,
    allowVolumeExpansion: false,
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    zones: [],
  });
  const claimed = (name: string): FactValue<'claims'>[number] => ({
    name,
    phase: 'Bound',
    storageClass: 'fast',
    size: '10Gi',
    accessModes: ['ReadWriteOnce'],
    zones: [],
    hosts: [],
  });
  const judgeVolumes = (
    quotas: FactValue<'quotas'>,
    object = member(3),
    values: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3 },
    claims: FactValue<'claims'> = [],
  ) =>
    runCheck('XV-309', {
      values,
      objects: [object],
      facts: { quotas, claims, storageClasses: [usual('fast')] },
    })[0];

  test.each<[string, FactValue<'quotas'>, string]>([
    ['none', [], 'pass'],
    ['on pods only', [quota({ pods: '1' })], 'pass'],
    ['just room', [quota({ 'requests.storage': '30Gi', persistentvolumeclaims: '3' })], 'pass'],
    ['too little', [quota({ 'requests.storage': '29Gi' })], 'fail'],
    ['used up', [quota({ 'requests.storage': '30Gi' }, { 'requests.storage': '1' })], 'fail'],
    ['too few claims', [quota({ persistentvolumeclaims: '2' })], 'fail'],
    ['too few claims, counted', [quota({ 'count/persistentvolumeclaims': '2' })], 'fail'],
    [
      'too little of the default class',
      [quota({ 'fast.storageclass.storage.k8s.io/requests.storage': '20Gi' })],
      'fail',
    ],
    [
      'too few claims of the default class',
      [quota({ 'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '2' })],
      'fail',
    ],
    [
      'too little of another class',
      [quota({ 'slow.storageclass.storage.k8s.io/requests.storage': '0' })],
      'pass',
    ],
    [
      'with scopes, which count pods',
      [quota({ persistentvolumeclaims: '0' }, {}, scope('BestEffort'))],
      'pass',
    ],
  ])('%s', (_, quotas, status) => {
    expect(judgeVolumes(quotas)?.status).toBe(status);
  });

  test('does not count volumes that are there', () => {
    const there = ['data-xerv-0', 'data-xerv-1', 'data-xerv-2'].map(claimed);
    const full = [quota({ persistentvolumeclaims: '3' }, { persistentvolumeclaims: '3' })];
    expect(judgeVolumes(full, member(3), undefined, there)?.status).toBe('pass');
    expect(judgeVolumes(full, member(4), undefined, there)?.status).toBe('fail');
  });

  test('counts volumes that live as long as a pod', () => {
    const volumes = [{ name: 'data', ephemeral: { volumeClaimTemplate: template('10Gi') } }];
    const object = makeWorkload({ replicas: 2, pod: { volumes } });
    const few = [quota({ persistentvolumeclaims: '1' })];
    expect(judgeVolumes(few, object, { dispatch: { backend: 'redis' } })?.status).toBe('fail');
  });

  test('says what is wanted and what is left', () => {
    const quotas = [quota({ 'requests.storage': '25Gi' }, { 'requests.storage': '5Gi' })];
    expect(judgeVolumes(quotas)?.evidence).toEqual([
      'ResourceQuota team: requests.storage: 30Gi wanted, 20Gi left',
    ]);
  });

  test.each<[string, Amounts]>([
    ['smaller volumes', { 'requests.storage': '20Gi' }],
    ['fewer replicas', { persistentvolumeclaims: '2' }],
  ])('its remedy mends it: %s', (_, hard) => {
    const verdict = judgeVolumes([quota(hard)]);
    const values = mend(verdict, { replicaCount: 3 }) as {
      replicaCount: number;
      storage?: { size: string };
    };
    const object = member(values.replicaCount, values.storage?.size);
    expect(judgeVolumes([quota(hard)], object)?.status).toBe('pass');
  });
});

describe('XV-803: limit ranges', () => {
  const outside: [string, FactValue<'limitRanges'>[number]][] = [
    ['above the maximum of a request', range('Container', { max: { cpu: '400m' } })],
    ['above the maximum of a limit', range('Container', { max: { memory: '768Mi' } })],
    ['below the minimum', range('Container', { min: { memory: '1Gi' } })],
    ['above the maximum of the pod', range('Pod', { max: { cpu: '800m' } })],
    [
      'a limit too far above the request',
      range('Container', { maxLimitRequestRatio: { cpu: '1' } }),
    ],
  ];
  test.each(outside)('%s, and its remedy mends it', (_, one) => {
    const verdict = judge('XV-803', { ranges: [one] });
    expect(verdict?.status).toBe('fail');
    expect(verdict?.evidence?.[0]).toMatch(/^LimitRange bounds: /);
    const workload = mended(half, verdict);
    expect(judge('XV-803', { ranges: [one], workload })?.status).toBe('pass');
  });

  test.each<[string, FactValue<'limitRanges'>]>([
    ['none', []],
    ['within', [range('Container', { min: { cpu: '100m' }, max: { cpu: '2' } })]],
    ['of another resource', [range('PersistentVolumeClaim', { max: { storage: '1Gi' } })]],
  ])('%s', (_, ranges) => {
    expect(judge('XV-803', { ranges })?.status).toBe('pass');
  });

  test('of claims', () => {
    const claim = {
      metadata: { name: 'data' },
      spec: { resources: { requests: { storage: '10Gi' } } },
    };
    const verdict = judge('XV-803', {
      ranges: [range('PersistentVolumeClaim', { max: { storage: '5Gi' } })],
      values: { dispatch: { backend: 'raft' } },
      workload: { ...half, kind: 'StatefulSet', spec: { volumeClaimTemplates: [claim] } },
    });
    expect(verdict).toMatchObject({ status: 'fail' });
    expect(verdict?.remedies?.[0]?.changes).toEqual([{ path: ['storage', 'size'], value: '5Gi' }]);
  });
});

describe('XV-804: the maximum of the VerticalPodAutoscaler', () => {
  const vpa = (maxAllowed: Tree): Tree => ({
    vpa: { enabled: true, containerPolicies: [{ containerName: '*', maxAllowed }] },
  });
  const look = (values: Tree, more: { quotas?: FactValue<'quotas'>; seen?: number } = {}) =>
    runCheck('XV-804', {
      values,
      objects: [makeWorkload()],
      facts: {
        nodes: { ...allNodes(makeNode('n1')), total: more.seen ?? 1 },
        quotas: more.quotas ?? [],
        limitRanges: [range('Container', { max: { memory: '8Gi' } })],
      },
    })[0];

  test('is within', () => {
    expect(look(vpa({ cpu: 4, memory: '8Gi' }))?.status).toBe('pass');
  });
  test.each<[string, Tree, FactValue<'quotas'>]>([
    ['above the largest node', { cpu: 8 }, []],
    ['above the quota', { cpu: 2 }, [quota({ 'requests.cpu': '1' })]],
    ['above the LimitRange', { memory: '9Gi' }, []],
  ])('%s, and its remedy mends it', (_, maxAllowed, quotas) => {
    const values = vpa(maxAllowed);
    const verdict = look(values, { quotas });
    expect(verdict?.status).toBe('warn');
    expect(look(mend(verdict, values), { quotas })?.status).toBe('pass');
  });
  test('nodes that were not looked at may be larger', () => {
    expect(look(vpa({ cpu: 8 }), { seen: 9 })?.status).toBe('pass');
  });
});
