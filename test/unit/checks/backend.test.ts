import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';

const backend = (name: string, more: Tree = {}): Tree => ({ dispatch: { backend: name }, ...more });
const nats = (url: string): Tree => ({ dispatch: { backend: 'nats', nats: { url } } });
const keda = (more: Tree): Tree => ({ keda: { enabled: true, ...more } });

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-203', 'D01: one replica', {}, ['pass']],
  ['XV-203', 'D01: several', { values: { replicaCount: 3 } }, ['fail']],
  ['XV-203', 'D01: an autoscaler', { values: { autoscaling: { enabled: true } } }, ['fail']],
  ['XV-203', 'D01: KEDA', { values: keda({ minReplicaCount: 1 }) }, ['fail']],
  [
    'XV-203',
    'D01: an autoscaler that stays at one',
    { values: { autoscaling: { enabled: true, maxReplicas: 1 } } },
    ['pass'],
  ],
  ['XV-203', 'another backend', { values: backend('redis', { replicaCount: 3 }) }, []],
  ['XV-204', 'D02: to zero', { values: keda({ minReplicaCount: 0 }) }, ['fail']],
  ['XV-204', 'D02: one stays', { values: keda({ minReplicaCount: 1 }) }, ['pass']],
  ['XV-204', 'without KEDA', {}, []],
  ['XV-204', 'another backend', { values: { ...keda({}), ...backend('redis') } }, []],
  ['XV-205', 'D04: one', { values: backend('raft') }, ['warn']],
  ['XV-205', 'D03: two', { values: backend('raft', { replicaCount: 2 }) }, ['fail']],
  ['XV-205', 'three', { values: backend('raft', { replicaCount: 3 }) }, ['pass']],
  ['XV-205', 'D03: four', { values: backend('raft', { replicaCount: 4 }) }, ['warn']],
  ['XV-205', 'none: switched off', { values: backend('raft', { replicaCount: 0 }) }, ['pass']],
  ['XV-206', 'D16: the same', { live: backend('raft'), values: backend('raft') }, ['pass']],
  ['XV-206', 'D16: another', { live: backend('raft'), values: backend('redis') }, ['warn']],
  ['XV-206', 'D16: from the default', { live: {}, values: backend('raft') }, ['warn']],
  ['XV-206', 'a first install', { values: backend('raft') }, []],
  ['XV-207', 'D18: none', { values: { extraEnv: [{ name: 'LEVEL', value: 'x' }] } }, ['pass']],
  [
    'XV-207',
    'D18: a variable',
    { values: { extraEnv: [{ name: 'DB_PASSWORD', value: 'canary' }] } },
    ['warn'],
  ],
  ['XV-208', 'D19: private authority', { values: nats('tls://nats:4222') }, ['warn']],
  ['XV-208', 'D19: plain', { values: nats('nats://nats:4222') }, []],
  [
    'XV-208',
    'D19: mounted',
    {
      values: { ...nats('tls://nats:4222'), extraEnv: [{ name: 'SSL_CERT_FILE', value: '/ca' }] },
    },
    ['pass'],
  ],
  [
    'XV-208',
    'D19: a folder of them mounted',
    {
      values: { ...nats('tls://nats:4222'), extraEnv: [{ name: 'SSL_CERT_DIR', value: '/ca' }] },
    },
    ['pass'],
  ],
  ['XV-209', 'a first install', { values: backend('raft', { replicaCount: 5 }) }, []],
  ['XV-209', 'another backend', { live: {}, values: backend('redis', { replicaCount: 5 }) }, []],
  ['XV-210', 'the public image', { values: backend('raft') }, ['warn']],
  [
    'XV-210',
    'an own image',
    { values: backend('raft', { image: { repository: 'a/b' } }) },
    ['pass'],
  ],
  ['XV-210', 'memory', {}, []],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

describe('what mends them', () => {
  test.each([
    ['XV-203', { replicaCount: 3 }],
    ['XV-203', { autoscaling: { enabled: true } }],
    ['XV-204', keda({ minReplicaCount: 0 })],
    ['XV-205', backend('raft', { replicaCount: 2 })],
    ['XV-205', backend('raft', { replicaCount: 4 })],
  ] as const)('%s', (id, values) => {
    const mended = mend(runCheck(id, { values })[0], values as Tree);
    expect(statusesOf(id, { values: mended })).toEqual(['pass']);
  });
});

test('a password is never quoted', () => {
  const values = { extraEnv: [{ name: 'API_TOKEN', value: 'canary' }] };
  const [verdict] = runCheck('XV-207', { values });
  expect(JSON.stringify(verdict)).not.toContain('canary');
  expect(verdict?.evidence).toEqual(['extraEnv[0].value']);
});

test.each([
  [3, 1],
  [5, 2],
  [7, 3],
])('%i raft replicas survive the loss of %i', (replicaCount, lost) => {
  expect(runCheck('XV-205', { values: backend('raft', { replicaCount }) })[0]?.message).toBe(
    `${replicaCount} raft replicas survive the loss of ${lost}.`,
  );
});

test('D03 says how many are better than an even number', () => {
  const [verdict] = runCheck('XV-205', { values: backend('raft', { replicaCount: 4 }) });
  expect(verdict).toMatchObject({
    message: '4 raft replicas tolerate no more failures than 3 do.',
    remedies: [
      { text: 'Run 5.', changes: [{ path: ['replicaCount'], value: 5 }] },
      { text: 'Or 3.', changes: [{ path: ['replicaCount'], value: 3 }] },
    ],
  });
});

describe('XV-209, D13: members of a live raft cluster', () => {
  const change = (before: number, after: number, claims: readonly string[] = []) =>
    runCheck('XV-209', {
      live: backend('raft'),
      values: backend('raft', { replicaCount: after }),
      facts: {
        workload: {
          kind: 'StatefulSet',
          name: 'xerv',
          replicas: before,
          readyReplicas: before,
          podManagementPolicy: 'Parallel',
          claimTemplates: [],
        },
        claims: claims.map((name) => ({
          ...{
            name,
            phase: 'Bound',
            storageClass: '',
            size: '1Gi',
            accessModes: [],
            zones: [],
            hosts: [],
          },
        })),
      },
    });

  test.each([
    [3, 3, 'pass'],
    [0, 3, 'pass'],
    [3, 4, 'pass'],
    [3, 5, 'warn'],
    [3, 2, 'warn'],
    [5, 3, 'warn'],
  ])('%i to %i: %s', (before, after, status) => {
    expect(change(before, after).map((verdict) => verdict.status)).toEqual([status]);
  });

  test('names the next step', () => {
    expect(change(5, 3)[0]?.remedies?.[0]?.changes).toEqual([{ path: ['replicaCount'], value: 4 }]);
    expect(change(3, 5)[0]?.remedies?.[0]?.changes).toEqual([{ path: ['replicaCount'], value: 4 }]);
  });

  test('never two members next: they are refused', () => {
    for (const [before, after] of [
      [1, 3],
      [3, 1],
    ] as const)
      expect(JSON.stringify(change(before, after))).not.toContain('"value":2');
  });

  test('claims of members that went are deleted before the number grows', () => {
    expect(change(5, 3)[0]?.remedies?.at(-1)?.command).toMatch(
      /^kubectl .*delete pvc data-xerv-3 data-xerv-4$/,
    );
    const left = ['data-xerv-0', 'data-xerv-3', 'data-other-4'];
    expect(change(3, 5, left)).toMatchObject([
      { status: 'warn', message: 'Raft grows from 3 to 5 members at once.' },
      {
        status: 'warn',
        message: 'New members would start with the data of earlier ones.',
        remedies: [{ command: expect.stringMatching(/delete pvc data-xerv-3$/) }],
      },
    ]);
    expect(change(3, 4, ['data-xerv-3']).map(({ status }) => status)).toEqual(['pass', 'warn']);
  });

  test('a cluster that rests keeps its claims: they are all that there is of it', () => {
    const all = ['data-xerv-0', 'data-xerv-1', 'data-xerv-2'];
    expect(change(0, 3, all)).toMatchObject([{ status: 'pass' }]);
    expect(change(3, 0, all)).toMatchObject([{ status: 'warn' }]);
    expect(JSON.stringify([change(0, 3, all), change(3, 0, all)])).not.toContain('delete pvc');
  });

  test('has no step between where one goes', () => {
    expect(change(3, 2)[0]?.remedies?.map(({ changes }) => changes)).toEqual([undefined]);
  });

  test('could not look', () => {
    const values = backend('raft', { replicaCount: 5 });
    expect(statusesOf('XV-209', { live: values, values, unknown: ['workload'] })).toEqual([
      'unknown',
    ]);
  });
});
