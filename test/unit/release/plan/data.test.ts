import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src/release/claims.ts';
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

const claim = (ordinal: number): LedgerEntry => ({
  name: `data-xerv-${ordinal}`,
  uid: '',
  phase: 'Bound',
  size: '1Gi',
  storageClass: '',
  owner: 'stateful-set',
  origin: '',
  volume: { kind: 'none' },
  mountedBy: [],
  deletedByHelm: false,
  deletedWithStatefulSet: false,
  onKeep: '',
  onDelete: '',
});
const ledger = [0, 1, 2, 3, 4].map(claim);
const deleted = (former: SetOptions, wanted: SetOptions | undefined) =>
  planData({
    former: raft(former),
    wanted: wanted ? raft(wanted) : [],
    ledger,
    claimsToKeep: [],
  })
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
  expect(deleted({ whenScaled: 'Delete' }, undefined)).toEqual([]);
  expect(deleted({ whenDeleted: 'Delete' }, undefined)).toEqual(ledger.map(({ name }) => name));
});
