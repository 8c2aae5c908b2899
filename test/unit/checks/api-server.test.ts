import { describe, expect, test } from 'vitest';
import type { RenderedObject } from '../../../src/checks/types.ts';
import { runCheck } from '../../support/check-input.ts';
import { makeWorkload, type WorkloadOptions } from '../../support/workloads.ts';

const refused = (object: string, reason: string) => ({
  object,
  outcome: 'refused' as const,
  reason,
  message: `${object} is refused`,
  warnings: [],
  elsewhere: false,
});
const accepted = ({ kind, metadata: { name } }: RenderedObject, live: readonly string[]) => ({
  object: `${kind}/${name}`,
  outcome: 'accepted' as const,
  reason: '',
  message: '',
  warnings: [],
  elsewhere: false,
  ...(live.includes(name) ? {} : { isNew: true as const }),
});
const forbidden = ['Service/xerv', 'Deployment/xerv'].map((name) => refused(name, 'forbidden'));

test('XV-102: what is so for the namespace as a whole is said once', () => {
  const dryRun = [...forbidden, refused('Ingress/xerv', 'admission')];
  const said = runCheck('XV-102', { facts: { dryRun, obstacles: [] } });
  expect(said).toMatchObject([
    { status: 'fail', evidence: ['Ingress/xerv is refused'] },
    {
      status: 'fail',
      message: expect.stringMatching(/^You may not create or change 2 objects in namespace /),
      evidence: [
        'Service/xerv: Service/xerv is refused',
        'Deployment/xerv: Deployment/xerv is refused',
      ],
    },
  ]);
});

test('XV-102: what another check tells of neither fails again nor passes', () => {
  const obstacles = [{ check: 'XV-105', message: 'You lack rights.' }];
  expect(runCheck('XV-102', { facts: { dryRun: forbidden, obstacles } })).toMatchObject([
    { status: 'skip', message: expect.stringContaining('refuses 2 objects') },
  ]);
});

test('XV-102: that a pod is refused is for other checks', () => {
  const dryRun = [refused('Pod/xerv-*', 'pod-security')];
  expect(runCheck('XV-102', { facts: { dryRun, obstacles: [] } })).toMatchObject([
    { status: 'pass' },
  ]);
});

test('XV-102: what somebody has scaled can stay so', () => {
  const conflict = {
    ...refused('Deployment/xerv', 'conflict'),
    message: 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
  };
  const judge = (tried: typeof conflict, backend = 'redis') =>
    runCheck('XV-102', {
      live: {},
      values: { dispatch: { backend, redis: { url: 'redis://redis:6379' } }, replicaCount: 1 },
      facts: {
        obstacles: [],
        dryRun: [tried],
        workload: {
          kind: 'Deployment',
          name: 'xerv',
          replicas: 4,
          readyReplicas: 4,
          podManagementPolicy: '',
          claimTemplates: [],
        },
      },
    })[0]?.remedies;
  expect(judge(conflict)?.[0]?.changes).toEqual([{ path: ['replicaCount'], value: 4 }]);
  // Several with memory are refused: that would be said next, and mended back.
  expect(judge(conflict, 'memory')?.some(({ changes }) => changes)).toBe(false);
  expect(judge(conflict, 'memory')?.[0]?.command).toBe(
    'kubectl -n xerv scale deployment/xerv --replicas=1',
  );
  for (const other of [
    { ...conflict, object: 'Deployment/other' },
    { ...conflict, message: 'conflict with "kubectl": .spec.template.spec.replicasOf' },
  ])
    expect(judge(other)?.[0]?.changes).toBeUndefined();
});

describe('XV-104: as many objects as the quota lets be', () => {
  const service = (name: string, type = 'ClusterIP'): RenderedObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: {}, annotations: {} },
    spec: { type },
  });
  const policy: RenderedObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'xerv', labels: {}, annotations: {} },
  };
  const judge = (
    hard: Record<string, string>,
    used: Record<string, string> = {},
    objects = [service('xerv'), service('xerv-headless')],
    /** Names of those that are there. */
    live: readonly string[] = [],
  ) =>
    runCheck('XV-104', {
      action: live.length > 0 ? 'upgrade' : 'install',
      objects,
      facts: {
        dryRun: objects.map((one) => accepted(one, live)),
        quotas: [{ name: 'team', hard, used, scopes: [] }],
      },
    })[0];

  test.each<[Record<string, string>, Record<string, string>, string]>([
    [{ services: '2' }, {}, 'pass'],
    [{ services: '1' }, {}, 'fail'],
    [{ 'count/services': '3' }, { 'count/services': '2' }, 'fail'],
    [{ 'services.loadbalancers': '0', 'services.nodeports': '0' }, {}, 'pass'],
    [{ 'count/networkpolicies.networking.k8s.io': '0' }, {}, 'pass'],
    [{ pods: '0', 'requests.cpu': '0' }, {}, 'pass'],
  ])('%j, of which %j is used: %s', (hard, used, status) => {
    expect(judge(hard, used)?.status).toBe(status);
  });

  test('counts doors to the outside, and kinds of a group', () => {
    const door = [service('xerv', 'LoadBalancer')];
    expect(judge({ 'services.loadbalancers': '0' }, {}, door)?.status).toBe('fail');
    expect(judge({ 'services.nodeports': '0' }, {}, door)?.status).toBe('fail');
    const hard = { 'count/networkpolicies.networking.k8s.io': '0' };
    expect(judge(hard, {}, [policy])?.evidence).toEqual([
      'ResourceQuota team: count/networkpolicies.networking.k8s.io: 1 wanted, 0 left',
    ]);
  });

  test('counts of an upgrade what is new, and against what is left', () => {
    const used = { services: '1' };
    expect(judge({ services: '2' }, used, undefined, ['xerv'])?.status).toBe('pass');
    const more = [service('xerv'), service('xerv-headless'), service('xerv-metrics')];
    expect(judge({ services: '2' }, used, more, ['xerv'])?.evidence).toEqual([
      'ResourceQuota team: services: 2 wanted, 1 left',
    ]);
    // A quota that was made smaller than what is there bothers nobody who adds nothing.
    expect(
      judge(
        { services: '1' },
        { services: '3' },
        more,
        more.map(({ metadata }) => metadata.name),
      )?.status,
    ).toBe('pass');
  });

  test('leaves other namespaces to their own quotas', () => {
    const there = { ...service('xerv').metadata, namespace: 'monitoring' };
    const objects = [service('a'), { ...service('b'), metadata: there }];
    expect(judge({ services: '1' }, {}, objects)?.status).toBe('pass');
  });
});

describe('XV-104: a pod that the dry run makes beside those that run', () => {
  const judge = (
    workload: WorkloadOptions,
    replicas: number,
    { restarts = true, message = 'requested: pods=1, used: pods=1, limited: pods=1' } = {},
  ) =>
    runCheck('XV-104', {
      live: {},
      objects: [makeWorkload(workload)],
      facts: {
        quotas: [],
        dryRun: [
          { ...refused('Pod/xerv-*', 'quota'), message: `exceeded quota: team, ${message}` },
        ],
        rollouts: { [`${workload.kind ?? 'Deployment'}/xerv`]: { replicas, restarts } },
      },
    })[0]?.status;
  const rolling = { spec: { strategy: {} } };
  const set = { kind: 'StatefulSet' } as const;

  test('is none where no pod is made anew, or one goes first', () => {
    expect(judge(rolling, 1, { restarts: false })).toBe('pass');
    expect(judge(set, 1)).toBe('pass');
    expect(judge({}, 1)).toBe('pass');
  });
  test('is one where it comes first, there are to be more, or it alone is too much', () => {
    expect(judge(rolling, 1)).toBe('fail');
    expect(judge({ ...set, replicas: 2 }, 1)).toBe('fail');
    expect(judge(set, 0)).toBe('fail');
    const message =
      'requested: limits.cpu=2,pods=1, used: limits.cpu=500m,pods=1, limited: limits.cpu=1,pods=9';
    expect(judge(set, 1, { message })).toBe('fail');
    expect(judge(set, 1, { message: 'in words of its own' })).toBe('fail');
  });
});

test.each([
  ['pods "xerv-" is forbidden: no PriorityClass with name nope was found', 'PriorityClass nope'],
  ['pods "x" is forbidden: pod rejected: RuntimeClass "nope" not found', 'RuntimeClass nope'],
])('XV-102: a class that is missing is called so: %s', (message, what) => {
  const dryRun = [{ ...refused('Pod/xerv-*', 'admission'), message }];
  expect(runCheck('XV-102', { facts: { dryRun, obstacles: [] } })).toMatchObject([
    {
      status: 'fail',
      message: `Pod/xerv-*: there is no ${what}.`,
      remedies: [{ command: expect.stringMatching(/^kubectl get \w+class$/) }, { changes: [{}] }],
    },
  ]);
});

test('XV-102: a pod that was refused with another account may be taken with its own', () => {
  const dryRun = [{ ...refused('Pod/xerv-*', 'policy'), outcome: 'unknown' as const }];
  expect(runCheck('XV-102', { facts: { dryRun, obstacles: [] } })).toMatchObject([
    { status: 'unknown', message: expect.stringContaining('another ServiceAccount') },
  ]);
});
