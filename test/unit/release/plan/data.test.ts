import { expect, test } from 'vitest';
import { parseManifest } from '../../../../src/release/manifest.ts';
import { planData } from '../../../../src/release/plan/data.ts';

interface SetOptions {
  readonly replicas?: number;
  readonly whenScaled?: string;
  readonly whenDeleted?: string;
}

const raft = ({ replicas = 5, whenScaled = 'Retain', whenDeleted = 'Retain' }: SetOptions = {}) =>
  parseManifest(`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: xerv }
spec:
  replicas: ${replicas}
  persistentVolumeClaimRetentionPolicy: { whenScaled: ${whenScaled}, whenDeleted: ${whenDeleted} }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { resources: { requests: { storage: 1Gi } } }
`);

const ledger = [0, 1, 2, 3, 4].map((ordinal) => ({
  name: `data-xerv-${ordinal}`,
  size: '1Gi',
  owner: 'stateful-set' as const,
  volume: { kind: 'none' } as const,
}));
const plan = (former: SetOptions, wanted: SetOptions | undefined, claims?: typeof ledger) =>
  planData({
    former: raft(former),
    wanted: wanted ? raft(wanted) : [],
    ledger: claims,
    claimsToKeep: [],
  });
const deleted = (...[former, wanted]: [SetOptions, SetOptions?]) =>
  plan(former, wanted, ledger)
    .filter(({ fate }) => fate === 'deleted')
    .map((one) => one.claim);

const lost = ['data-xerv-3', 'data-xerv-4'];
test.each([
  ['the policy stays Retain', {}, {}, []],
  ['the policy stays Delete', { whenScaled: 'Delete' }, { whenScaled: 'Delete' }, lost],
  ['the same change makes it Delete', {}, { whenScaled: 'Delete' }, lost],
  ['the same change makes it Retain', { whenScaled: 'Delete' }, {}, []],
  ['the policy for a set that goes is not asked', { whenDeleted: 'Delete' }, {}, []],
] as const)('claims of replicas that go: %s', (_, before, after, expected) => {
  expect(deleted(before, { ...after, replicas: 3 })).toEqual(expected);
});

test('claims of a set that goes', () => {
  expect(deleted({ whenScaled: 'Delete' })).toEqual([]);
  expect(deleted({ whenDeleted: 'Delete' })).toEqual(ledger.map(({ name }) => name));
});

test('where claims cannot be read, those that the release must have are told of', () => {
  const fates = plan({ replicas: 4 }, { whenScaled: 'Delete', replicas: 3 }).map(
    ({ claim, fate }) => `${claim} ${fate}`,
  );
  expect(fates).toEqual([
    'data-xerv-3 deleted',
    'data-xerv-0 used',
    'data-xerv-1 used',
    'data-xerv-2 used',
  ]);
});

test.each<[string, SetOptions, SetOptions, string, string]>([
  ['in use', {}, {}, '1Gi', 'stays in use, with its data'],
  ['left by a replica that went', { replicas: 3 }, {}, '1Gi', 'is used again, with its old data'],
  [
    'in use, and smaller',
    {},
    {},
    '500Mi',
    'stays in use, with its data; 1Gi is for new claims only',
  ],
])('a claim that is %s', (_, former, wanted, size, message) => {
  const claims = ledger.map((entry) => ({ ...entry, size }));
  const found = plan(former, wanted, claims).find(({ claim }) => claim === 'data-xerv-4');
  expect(found).toMatchObject({ fate: 'used', message });
});

test('a claim of the chart grows where the values do', () => {
  const claim = (size: string) =>
    parseManifest(`
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: xerv-data }
spec: { resources: { requests: { storage: ${size} } } }
`);
  const [found] = planData({
    former: claim('1Gi'),
    wanted: claim('2Gi'),
    ledger: [{ name: 'xerv-data', size: '1Gi', owner: 'chart', volume: { kind: 'none' } }],
    claimsToKeep: [],
  });
  expect(found?.message).toBe('stays in use, with its data; will grow to 2Gi');
});
