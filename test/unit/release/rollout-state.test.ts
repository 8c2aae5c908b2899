import { describe, expect, test } from 'vitest';
import { countPods, rolloutState } from '../../../src/release/rollout-state.ts';
import { makeClaim, makePod, makeSet, makeSnapshot } from '../../support/snapshots.ts';

const now = Date.parse('2026-01-31T10:01:00Z');

describe('a StatefulSet', () => {
  const ready = ['xerv-0', 'xerv-1'].map((name) => makePod(name, { ready: true }));
  const state = (parts: Parameters<typeof makeSnapshot>[0]) =>
    rolloutState(makeSnapshot(parts), now);

  test('is done when all pods are new, ready and available', () => {
    expect(state({ live: makeSet({ replicas: 2 }), pods: ready })).toMatchObject({
      ready: 2,
      wanted: 2,
      done: true,
      waitingFor: [],
    });
  });

  test.each([
    [{ generation: 3 }, 'the controller to pick up StatefulSet xerv'],
    [{ status: { updatedReplicas: 1 } }, '1 of 2 pods of xerv to be replaced'],
    [{ status: { readyReplicas: 1, availableReplicas: 1 } }, '1 of 2 pods of xerv to be ready'],
    [{ status: { availableReplicas: 0 } }, '2 of 2 pods of xerv to stay ready a while'],
    [{ status: { replicas: 3 } }, '1 surplus pods of xerv to stop'],
  ])('is not done with %j', (options, expected) => {
    const live = makeSet({ replicas: 2, ...options });

    expect(state({ live, pods: ready })).toMatchObject({ done: false, waitingFor: [expected] });
  });

  test('counts the old pods that still serve', () => {
    const pods = [makePod('xerv-0', { ready: true, revision: 'old' }), makePod('xerv-1', {})];
    const mixed = state({ live: makeSet({ replicas: 2 }), pods });
    expect(mixed).toMatchObject({ ready: 0, wanted: 2, earlierReady: 1 });
    expect(countPods(mixed)).toBe(
      '0 of 2 new pods are ready; 1 of the earlier revision still serves',
    );
    expect(countPods(state({ live: makeSet({ replicas: 2 }), pods: ready }))).toBe(
      '2 of 2 pods are ready',
    );
  });

  test('with a partition or OnDelete need not replace its pods', () => {
    for (const updateStrategy of [
      { type: 'OnDelete' },
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    ]) {
      const live = makeSet({
        replicas: 2,
        spec: { updateStrategy },
        status: { updatedReplicas: 0 },
      });
      expect(state({ live, pods: ready }).done).toBe(true);
    }
  });

  test('that wants no pods is ready at once', () => {
    expect(state({ live: makeSet({ replicas: 0 }) })).toMatchObject({ wanted: 0, done: true });
  });

  test('that is not there yet is waited for', () => {
    expect(state({ live: undefined, replicas: 3 })).toMatchObject({
      done: false,
      wanted: 3,
      waitingFor: ['StatefulSet xerv to exist'],
    });
  });

  test('waits for old pods that stop, but not for one that is stuck', () => {
    const stopping = (deleted: string) => [...ready, makePod('old', { deleted, revision: 'old' })];
    const live = makeSet({ replicas: 2 });

    // The deletion timestamp is the end of the grace period.
    expect(state({ live, pods: stopping('2026-01-31T10:01:20Z') }).done).toBe(false);
    expect(state({ live, pods: stopping('2026-01-31T10:00:20Z') }).done).toBe(true);
  });

  test('counts only pods of the newest revision', () => {
    const pods = [
      makePod('xerv-0', { ready: true }),
      makePod('xerv-1', { ready: true, revision: 'old' }),
    ];
    const { ready: count, pods: shown } = state({ live: makeSet({ replicas: 2 }), pods });

    expect(count).toBe(1);
    expect(shown[1]).toMatchObject({ state: 'ready', reason: 'ready (earlier revision)' });
  });
});

test('describes pods in a few words', () => {
  const unbound = 'pod has unbound immediate PersistentVolumeClaims';
  const scheduling = (reason: string, message = '') => ({
    node: null,
    container: { state: {} },
    conditions: [{ type: 'PodScheduled', status: 'False', reason, message }],
  });
  const pods = [
    makePod('a', { ready: true }),
    makePod('b', { container: { state: { waiting: { reason: 'ContainerCreating' } } } }),
    makePod('c'),
    makePod('d', {
      container: { restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } },
    }),
    makePod('e', { deleted: '2026-01-31T10:01:20Z' }),
    makePod('f', scheduling('Unschedulable', '0/3 nodes are available')),
    makePod('g', scheduling('Unschedulable', unbound)),
    makePod('h', scheduling('SchedulingGated')),
    makePod('i', { phase: 'Failed' }),
  ];

  const state = rolloutState(makeSnapshot({ live: makeSet({ replicas: 9 }), pods }), now);

  expect(state.pods.map(({ name, state: is, reason }) => `${name} ${is}: ${reason}`)).toEqual([
    'a ready: ready',
    'b starting: image and volumes being prepared',
    'c starting: running, not ready yet',
    'd failing: CrashLoopBackOff, 3 restarts',
    'e terminating: stopping',
    'f pending: fits on no node yet',
    'g pending: waiting for its volume claim',
    'h pending: held back by a scheduling gate',
    'i failing: failed',
  ]);
  expect(state.pods[0]).toMatchObject({ node: 'node-1', restarts: 0, ageSeconds: 60 });
});

test('shows claims with what they got', () => {
  const { claims } = rolloutState(makeSnapshot({ claims: [makeClaim('data-xerv-0')] }), now);

  expect(claims).toEqual([
    { name: 'data-xerv-0', phase: 'Bound', size: '1Gi', storageClass: 'standard' },
  ]);
});
