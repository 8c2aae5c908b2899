import { expect, test } from 'vitest';
import { dropRemoved } from '../../../../src/release/plan/client-side.ts';
import { compareObjects } from '../../../../src/release/plan/compare.ts';
import type { Tree } from '../../../../src/values/tree.ts';

const workload = (image: string, env: readonly Tree[] = []) => ({
  kind: 'StatefulSet',
  metadata: { name: 'xerv' },
  spec: { template: { spec: { containers: [{ name: 'xerv', image, env }] } } },
});

test('names a field by the entries of lists, and leaves out what the server writes', () => {
  const live = {
    ...workload('a:1'),
    metadata: { name: 'xerv', resourceVersion: '7', generation: 3, managedFields: [] as const },
    status: { replicas: 3 },
  };
  expect(compareObjects(live, workload('a:2') as never)).toEqual([
    {
      kind: 'changed',
      path: 'spec.template.spec.containers[xerv].image',
      before: 'a:1',
      after: 'a:2',
    },
  ]);
  expect(compareObjects(live, workload('a:1') as never)).toEqual([]);
});

test('names a field of a claim template by the claim', () => {
  const claim = (name: string, storage: string) => ({
    metadata: { name, labels: { app: 'xerv' } },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
  const set = (...volumeClaimTemplates: readonly Tree[]): Tree => ({
    kind: 'StatefulSet',
    spec: { volumeClaimTemplates },
  });
  const path = 'spec.volumeClaimTemplates[data]';
  expect(compareObjects(set(claim('data', '1Gi')), set(claim('data', '2Gi')))).toEqual([
    {
      kind: 'changed',
      path: `${path}.spec.resources.requests.storage`,
      before: '1Gi',
      after: '2Gi',
    },
  ]);
  const more = set(claim('data', '1Gi'), claim('logs', '1Gi'));
  expect(compareObjects(set(claim('data', '1Gi')), more)).toMatchObject([
    { kind: 'added', path: 'spec.volumeClaimTemplates[logs]' },
  ]);
});

test('a change of the order alone is one', () => {
  const [one, other] = [{ name: 'a' }, { name: 'b' }];
  expect(compareObjects({ list: [one, other] } as never, { list: [other, one] } as never)).toEqual([
    { kind: 'changed', path: 'list', before: 'one order', after: 'another order' },
  ]);
});

test.each([
  [
    { kind: 'Secret', data: { url: 'b25l' } },
    { kind: 'Secret', data: { url: 'dHdv' } },
  ],
  [
    { kind: 'Secret', data: { url: 'b25l' } },
    { kind: 'Secret', data: { url: 'b25l', x: 'dHdv' } },
  ],
  [{ kind: 'Secret' }, { kind: 'Secret', data: { url: 'dHdv' } }],
  [
    workload('a', [{ name: 'DB_PASSWORD', value: 'b25l' }]),
    workload('a', [{ name: 'DB_PASSWORD', value: 'dHdv' }]),
  ],
  [workload('a'), workload('a', [{ name: 'DB_PASSWORD', value: 'dHdv' }])],
  [
    { kind: 'ConfigMap', data: { url: 'redis://:b25l@host' } },
    { kind: 'ConfigMap', data: { url: 'redis://:dHdv@host' } },
  ],
])('shows that a secret changes, and nothing of it', (before, after) => {
  const changes = compareObjects(before as never, after as never);
  expect(changes).not.toEqual([]);
  expect(JSON.stringify(changes)).not.toMatch(/b25l|dHdv/);
});

test('what only the former manifest had goes, what the server filled in stays', () => {
  const former = { spec: { a: 1, list: [{ name: 'x' }, { name: 'y' }] } };
  const wanted = { spec: { list: [{ name: 'y' }] } };
  const stored = { spec: { a: 1, filled: 2, list: [{ name: 'x' }, { name: 'y' }, { name: 'z' }] } };
  expect(dropRemoved(stored, former, wanted)).toEqual({
    spec: { filled: 2, list: [{ name: 'y' }, { name: 'z' }] },
  });
});
