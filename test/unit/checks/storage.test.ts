import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';
import { makeWorkload } from '../../support/workloads.ts';

const raft = (accessMode: string) => ({ dispatch: { backend: 'raft' }, storage: { accessMode } });

describe('XV-302, D08', () => {
  test.each([
    ['ReadWriteOnce', 'pass'],
    ['ReadWriteOncePod', 'pass'],
    ['ReadWriteMany', 'warn'],
    ['ReadOnlyMany', 'fail'],
  ])('%s: %s', (mode, status) => {
    expect(statusesOf('XV-302', { values: raft(mode) })).toEqual([status]);
  });

  test.each([
    [28, 'warn'],
    [29, 'pass'],
  ])('ReadWriteOncePod on 1.%s: %s', (minor, status) => {
    const server = { gitVersion: `v1.${minor}.0`, minor, distribution: '' };
    const situation = { values: raft('ReadWriteOncePod'), facts: { server } };
    expect(statusesOf('XV-302', situation)).toEqual([status]);
  });

  test('its remedy mends it', () => {
    const values = raft('ReadWriteMany');
    const [verdict] = runCheck('XV-302', { values });
    expect(statusesOf('XV-302', { values: mend(verdict, values) })).toEqual(['pass']);
  });

  test('has nothing to say of other backends', () => {
    expect(runCheck('XV-302', { values: { storage: { accessMode: 'ReadOnlyMany' } } })).toEqual([]);
  });
});

const kept = (more: Tree = {}, rest: Tree = {}): Tree => ({
  persistence: { enabled: true, ...more },
  ...rest,
});
const redis = (values: Tree): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
  ...values,
});
const production = { target: { namespace: 'xerv-prod' } };
const withClaim = (strategy: object) => [
  makeWorkload({
    pod: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'xerv-data' } }] },
    spec: { strategy },
  }),
];
const rolling = {
  values: kept({}, { updateStrategy: { type: 'RollingUpdate' } }),
  objects: withClaim({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } }),
};
const storageClasses = ['standard', 'fixed'].map((name) => ({
  name,
  provisioner: 'test',
  isDefault: false,
  allowVolumeExpansion: name === 'standard',
  volumeBindingMode: 'Immediate',
  reclaimPolicy: 'Delete',
  zones: [],
}));
const claim = (name: string, storageClass: string, size = '10Gi') => ({
  name,
  phase: 'Bound',
  storageClass,
  size,
  accessModes: ['ReadWriteOnce'],
  zones: [],
  hosts: [],
});
const ownClaim = (size: string): CheckSituation => ({
  values: kept({ existingClaim: 'mine' }),
  facts: { claims: [claim('mine', 'fixed', size)] },
});
const grows = (storageClass: string, size: string): CheckSituation => ({
  live: {},
  values: { dispatch: { backend: 'raft' }, storage: { size } },
  facts: { claims: [claim('data-xerv-0', storageClass)], storageClasses },
});

const byDefault = (...defaults: string[]): CheckSituation => ({
  values: { dispatch: { backend: 'raft' } },
  facts: {
    storageClasses: storageClasses.map((one) => ({
      ...one,
      isDefault: defaults.includes(one.name),
    })),
  },
});

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-303', 'D20: one replica', { values: kept() }, ['pass']],
  ['XV-303', 'D20: several', { values: redis(kept({}, { replicaCount: 2 })) }, ['warn']],
  [
    'XV-303',
    'D20: for many writers',
    { values: redis(kept({ accessMode: 'ReadWriteMany' }, { replicaCount: 2 })) },
    ['pass'],
  ],
  ['XV-303', 'nothing is to be kept', {}, []],
  ['XV-304', 'D21: rolling', rolling, ['warn']],
  [
    'XV-304',
    'D21: the chart’s own',
    { values: kept(), objects: withClaim({ type: 'Recreate' }) },
    ['pass'],
  ],
  [
    'XV-304',
    'D21: without one more',
    { ...rolling, objects: withClaim({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } }) },
    ['pass'],
  ],
  ['XV-304', 'no claim', { values: kept(), objects: [makeWorkload()] }, []],
  ['XV-305', 'D22: a trial', {}, ['pass']],
  ['XV-305', 'D22: production', production, ['warn']],
  ['XV-305', 'D22: kept', { ...production, values: kept() }, ['pass']],
  [
    'XV-305',
    'D22: kept for several',
    { ...production, values: kept({ accessMode: 'ReadWriteMany' }, { replicaCount: 2 }) },
    ['pass'],
  ],
  [
    'XV-305',
    'D22: several that cannot share it',
    { ...production, values: kept({}, { replicaCount: 2 }) },
    ['warn'],
  ],
  [
    'XV-305',
    'D22: three of raft',
    { ...production, values: { dispatch: { backend: 'raft' }, replicaCount: 3 } },
    ['pass'],
  ],
  [
    'XV-305',
    'D22: one of raft',
    { ...production, values: { dispatch: { backend: 'raft' } } },
    ['warn'],
  ],
  ['XV-305', 'D22: outside', { ...production, values: redis({}) }, []],
  ['XV-306', 'D23: no bound', {}, ['pass']],
  ['XV-306', 'D23: on a large volume', { values: kept() }, ['pass']],
  ['XV-306', 'D23: on a small volume', { values: kept({ size: '1Gi' }) }, ['warn']],
  [
    'XV-306',
    'D23: it would be full to the last byte',
    { values: kept({ size: '1Gi' }, { executor: { maxConcurrentTraces: 64 } }) },
    ['warn'],
  ],
  [
    'XV-306',
    'D23: one volume for two writers',
    { values: redis(kept({ accessMode: 'ReadWriteMany', size: '2Gi' }, { replicaCount: 2 })) },
    ['warn'],
  ],
  [
    'XV-306',
    'D23: scratch space, where a claim cannot be shared',
    { values: redis(kept({ size: '1Gi' }, { replicaCount: 2 })) },
    ['pass'],
  ],
  [
    'XV-306',
    'D23: a volume for each raft member',
    { values: { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '2Gi' } } },
    ['pass'],
  ],
  [
    'XV-306',
    'D23: ephemeral storage',
    { values: { resources: { limits: { 'ephemeral-storage': '1Gi' } } } },
    ['warn'],
  ],
  ['XV-306', 'D23: just too small', { values: kept({ size: '1600Mi' }) }, ['warn']],
  ['XV-306', 'D23: just large enough', { values: kept({ size: '1601Mi' }) }, ['pass']],
  ['XV-306', 'D23: a claim of his own', ownClaim('10Gi'), ['pass']],
  ['XV-306', 'D23: a small one of his own', ownClaim('1Gi'), ['warn']],
  ['XV-306', 'D23: unseen', { ...ownClaim('1Gi'), facts: {}, unknown: ['claims'] }, ['skip']],
  [
    'XV-306',
    'D23: a claim of his own that is not used',
    { values: { persistence: { existingClaim: 'mine' } } },
    ['pass'],
  ],
  ['XV-308', 'D07: one default', byDefault('standard'), ['pass']],
  ['XV-308', 'D07: several', byDefault('standard', 'fixed'), ['warn']],
  ['XV-308', 'D07: none', byDefault(), ['pass']],
  [
    'XV-308',
    'D07: named',
    { values: { dispatch: { backend: 'raft' }, storage: { class: 'fixed' } } },
    [],
  ],
  ['XV-308', 'no volume', {}, []],
  ['XV-308', 'D07: unseen', { values: kept(), unknown: ['storageClasses'] }, ['unknown']],
  ['XV-307', 'D15: grows', grows('standard', '20Gi'), ['pass']],
  ['XV-307', 'D15: stays', grows('fixed', '10Gi'), ['pass']],
  ['XV-307', 'D15: cannot', grows('fixed', '20Gi'), ['fail']],
  ['XV-307', 'D15: of a class that is gone', grows('gone', '20Gi'), ['fail']],
  [
    'XV-307',
    'D15: stays, and nobody may see the classes',
    {
      ...grows('fixed', '10Gi'),
      facts: { claims: [claim('data-xerv-0', 'fixed')] },
      unknown: ['storageClasses'],
    },
    ['pass'],
  ],
  [
    'XV-307',
    'D15: grows, and nobody may see the classes',
    {
      ...grows('fixed', '20Gi'),
      facts: { claims: [claim('data-xerv-0', 'fixed')] },
      unknown: ['storageClasses'],
    },
    ['unknown'],
  ],
  ['XV-307', 'D15: unseen', { live: {}, unknown: ['claims', 'storageClasses'] }, ['unknown']],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

test('D23 names the numbers', () => {
  const verdict = runCheck('XV-306', { values: kept({ size: '1Gi' }) })[0];
  expect(verdict?.evidence).toEqual([
    'executor.maxConcurrentTraces: 100 × 16Mi = 1600Mi',
    'persistence.size: 1Gi',
  ]);
});

test.each([
  ['fixed', 'StorageClass fixed: allowVolumeExpansion: false'],
  ['gone', 'StorageClass gone: not there'],
  ['', 'StorageClass (none): not there'],
])('D15 names the class "%s" that does not let it grow', (storageClass, words) => {
  const [verdict] = runCheck('XV-307', grows(storageClass, '20Gi'));
  expect(verdict?.evidence).toEqual([`claim data-xerv-0: 10Gi, ${words}`]);
});

test('D22 tells what stands in the values', () => {
  const values = kept({}, { replicaCount: 2 });
  expect(runCheck('XV-305', { ...production, values })[0]?.evidence).toContain(
    'dispatch.backend: memory; persistence.enabled: true, which 2 replicas cannot share',
  );
});

describe('what mends them', () => {
  test.each<[CheckId, CheckSituation]>([
    ['XV-305', production],
    ['XV-305', { ...production, values: { replicaCount: 2 } }],
    ['XV-306', { values: kept({ size: '1Gi' }) }],
    ['XV-306', { values: { resources: { limits: { 'ephemeral-storage': '1Gi' } } } }],
    ['XV-306', ownClaim('1Gi')],
    ['XV-307', grows('fixed', '20Gi')],
  ])('%s', (id, situation) => {
    const values = mend(runCheck(id, situation)[0], situation.values ?? {});
    expect(statusesOf(id, { ...situation, values })).toEqual(['pass']);
  });
  test('XV-308 has nothing left to say', () => {
    const situation = byDefault('standard', 'fixed');
    const values = mend(runCheck('XV-308', situation)[0], situation.values ?? {});
    expect(values).toMatchObject({ storage: { class: 'standard' } });
    expect(statusesOf('XV-308', { values })).toEqual([]);
  });
  test('XV-303 and XV-304 have nothing left to say, or pass', () => {
    const several = redis(kept({}, { replicaCount: 2 }));
    expect(
      statusesOf('XV-303', { values: mend(runCheck('XV-303', { values: several })[0], several) }),
    ).toEqual([]);
    expect(runCheck('XV-304', rolling)[0]?.remedies?.[0]?.changes).toEqual([
      { path: ['updateStrategy'], value: undefined },
    ]);
  });
});
