import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { obstacleChecks } from '../../../src/checks/concerns/obstacles.ts';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, runCheck, statusesOf } from '../../support/check-input.ts';

const obstacle = {
  check: 'XV-902',
  message: 'Service xerv was not created by helm.',
  why: 'helm does not take over objects of other owners.',
  next: 'Choose another release name.',
};

test('an obstacle is told by its own check, with what to do', () => {
  expect(runCheck('XV-902', { facts: { obstacles: [obstacle, obstacle] } })).toEqual(
    Array(2).fill({
      status: 'fail',
      message: obstacle.message,
      evidence: [obstacle.why],
      remedies: [{ text: obstacle.next }],
    }),
  );
  expect(statusesOf('XV-903', { facts: { obstacles: [obstacle] } })).toEqual(['pass']);
});

test('what could not be seen is unknown, and neither passes nor fails', () => {
  const unseen = { check: 'XV-202', message: 'Could not be seen.', isUnknown: true as const };
  expect(statusesOf('XV-202', { facts: { obstacles: [unseen] } })).toEqual(['unknown']);
});

describe('what gets them out of the way', () => {
  const classes = (...usual: string[]) =>
    ['local', 'ssd'].map((name) => ({
      name,
      provisioner: 'test',
      isDefault: usual.includes(name),
      allowVolumeExpansion: name === 'ssd',
      volumeBindingMode: 'Immediate',
      reclaimPolicy: 'Delete',
      zones: [],
    }));
  const absent = {
    check: 'XV-301',
    message: 'The cluster has no StorageClass gold.',
    next: 'Name one that exists.',
  };
  const raft = (storage: Tree) => ({ dispatch: { backend: 'raft' }, storage });
  const changesOf = (id: CheckId, situation: CheckSituation) =>
    runCheck(id, situation)[0]?.remedies?.flatMap(({ changes = [] }) => changes);

  test('XV-301: the default class, or one that is there', () => {
    const values = raft({ class: 'gold' });
    const changes = (storageClasses: ReturnType<typeof classes>) =>
      changesOf('XV-301', { values, facts: { obstacles: [absent], storageClasses } });
    expect(changes(classes('local'))).toEqual([{ path: ['storage', 'class'], value: undefined }]);
    expect(changes(classes())).toEqual([{ path: ['storage', 'class'], value: 'ssd' }]);
    expect(changes([])).toEqual([]);
    expect(
      changesOf('XV-301', {
        values: { persistence: { enabled: true, storageClass: 'gold' } },
        facts: { obstacles: [absent], storageClasses: classes('ssd') },
      }),
    ).toEqual([{ path: ['persistence', 'storageClass'], value: undefined }]);
  });

  test.each([
    ['requests.storage', ['storage', 'size'], '1Gi'],
    ['storageClassName', ['storage', 'class'], 'ssd'],
    ['accessModes', ['storage', 'accessMode'], 'ReadWriteOnce'],
  ])('XV-903: %s as it is live', (field, path, value) => {
    const where = `spec.volumeClaimTemplates[data].spec.${field}`;
    const workload = {
      kind: 'StatefulSet',
      name: 'xerv',
      replicas: 3,
      readyReplicas: 3,
      podManagementPolicy: 'Parallel',
      claimTemplates: [
        { name: 'data', storageClass: 'ssd', size: '1Gi', accessModes: ['ReadWriteOnce'] },
      ],
    };
    const situation = {
      values: raft({}),
      live: raft({}),
      facts: { obstacles: [{ check: 'XV-903', message: 'It is fixed.', where }], workload },
      unknown: ['claims'] as const,
    };
    expect(changesOf('XV-903', situation)).toEqual([{ path, value }]);
  });
});

test('without a look at the cluster nothing is said to be in order', () => {
  for (const { id } of obstacleChecks)
    expect(statusesOf(id, { unknown: ['obstacles'] })).toEqual(['unknown']);
});

test('no id stands twice', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
});
