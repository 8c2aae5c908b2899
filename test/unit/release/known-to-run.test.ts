import { describe, expect, test } from 'vitest';
import type { ReleaseHistory } from '../../../src/cluster/types.ts';
import { lastRun, ranBefore, runsNow } from '../../../src/release/known-to-run.ts';
import type { ManifestObject } from '../../../src/release/manifest.ts';

/** @param statuses by revision, the first one first */
function history(statuses: readonly string[], ran: readonly number[]): ReleaseHistory {
  const revisions = statuses.map((status, index) => ({ revision: index + 1, status })).reverse();
  return { newest: revisions[0], ranRevisions: ran, revisions } as unknown as ReleaseHistory;
}

describe('where a change leads back to', () => {
  test.each([
    ['the live one, which was seen to run before', ['superseded', 'deployed'], [2, 1], false, 2],
    ['the live one, which runs now', ['superseded', 'deployed'], [], true, 2],
    ['one before the live one, which never ran', ['superseded', 'deployed'], [1], false, 1],
    ['none: superseded says nothing', ['superseded', 'deployed'], [], false, undefined],
    // Its pods are those of an earlier revision.
    ['one before one that helm failed at', ['superseded', 'failed'], [1], true, 1],
    ['none where helm failed at the first', ['failed'], [], true, undefined],
  ])('%s', (_, statuses, ran, isRunning, revision) => {
    expect(lastRun(history(statuses, ran), isRunning)).toBe(revision);
  });

  test('is never the newest one itself, once that has failed', () => {
    expect(ranBefore(history(['superseded', 'superseded', 'failed'], [3, 1]))).toBe(1);
  });
});

describe('a release runs', () => {
  const release = [
    { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'xerv' }, spec: {} },
  ] as unknown as ManifestObject[];
  const live = (status: object, replicas = 3) =>
    new Map([
      [
        'StatefulSet/xerv',
        {
          state: 'present' as const,
          object: { metadata: { name: 'xerv', generation: 2 }, spec: { replicas }, status },
        },
      ],
    ]);
  const ready = { observedGeneration: 2, readyReplicas: 3, updatedReplicas: 3 };
  test.each([
    ['where all are ready', live(ready), true],
    ['not where one is not', live({ ...ready, readyReplicas: 2 }), false],
    ['not where old pods serve', live({ ...ready, updatedReplicas: 1 }), false],
    ['not where nothing is known of the newest', live({ ...ready, observedGeneration: 1 }), false],
    ['not where it rests', live(ready, 0), false],
    ['not where it is not there', new Map(), false],
  ])('%s', (_, objects, wanted) => {
    expect(runsNow(release, objects)).toBe(wanted);
  });
});
