import { expect, test } from 'vitest';
import type { LiveObject } from '../../../../src/release/plan/objects.ts';
import { findDrift, otherTarget } from '../../../../src/release/plan-file/drift.ts';
import { fingerprintOf, isSameObject } from '../../../../src/release/plan-file/fingerprint.ts';
import type { PlanBinding, PlanFile } from '../../../../src/release/plan-file/schema.ts';
import { formatPlanFile, parsePlanFile } from '../../../../src/release/plan-file/store.ts';
import type { Tree } from '../../../../src/values/tree.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const binding: PlanBinding = {
  target: { context: 'c', server: 'https://s', identity: 'uid', namespace: 'n', release: 'xerv' },
  chart: { reference: '/chart', bundled: true, digest: digest('a') },
  helmMajor: 4,
  kubernetes: 'v1.36.3',
  manifest: digest('b'),
  release: { revision: 2, status: 'deployed' },
  namespace: 'present',
  objects: { 'ConfigMap/xerv': { uid: 'u', resourceVersion: '7' }, 'Service/new': null },
};
const saved: PlanFile = {
  format: 'create-xerv-deploy plan',
  version: 1,
  madeBy: '1.0.0',
  madeAt: '2026-01-01T00:00:00Z',
  binding,
  values: { replicaCount: 3 },
  secrets: [],
  skips: {},
};

const drift = (change: Partial<PlanBinding>, live: Record<string, LiveObject> = {}) =>
  findDrift(saved, {
    binding: { ...binding, ...change },
    liveObjects: new Map(Object.entries(live)),
    program: '1.0.0',
  }).map(({ message }) => message);

test('nothing has drifted where all is as it was', () => {
  expect(drift({})).toEqual([]);
});

test.each<[string, Partial<PlanBinding>, RegExp]>([
  [
    'another chart',
    { chart: { ...binding.chart, digest: digest('c') } },
    /^The chart .* has changed since/,
  ],
  ['another helm', { helmMajor: 3 }, /made with helm 4, this is helm 3/],
  ['another Kubernetes', { kubernetes: 'v1.37.0' }, /ran Kubernetes v1.36.3, now it runs v1.37.0/],
  ['a new revision', { release: { revision: 3, status: 'deployed' } }, /revision 2 .* revision 3/],
  ['other objects', { manifest: digest('d') }, /renders different objects/],
  ['a namespace that went', { namespace: 'absent' }, /was present, now it is absent/],
  [
    'an object that was changed',
    { objects: { ...binding.objects, 'ConfigMap/xerv': { uid: 'u', resourceVersion: '8' } } },
    /^ConfigMap\/xerv was changed since/,
  ],
  [
    'an object that was made anew',
    { objects: { ...binding.objects, 'ConfigMap/xerv': { uid: 'v', resourceVersion: '8' } } },
    /deleted and recreated/,
  ],
  [
    'an object that went',
    { objects: { ...binding.objects, 'ConfigMap/xerv': null } },
    /it is gone now/,
  ],
  [
    'an object that somebody made',
    { objects: { ...binding.objects, 'Service/new': { uid: 'u', resourceVersion: '1' } } },
    /did not exist; now it does/,
  ],
])('%s is told, and nothing else', (_, change, message) => {
  expect(drift(change)).toEqual([expect.stringMatching(message)]);
});

test('a release that is no longer there is told', () => {
  const { release: _, ...absent } = binding;
  const told = findDrift(saved, { binding: absent, liveObjects: new Map(), program: '1.0.0' });
  expect(told[0]?.message).toBe(
    'Release xerv was at revision 2 (deployed), now it is not installed.',
  );
});

test('says who changed an object, as the server notes it', () => {
  const object: Tree = {
    metadata: {
      uid: 'u',
      resourceVersion: '8',
      managedFields: [
        { manager: 'helm', time: '2026-01-01T00:00:00Z' },
        { manager: 'kubectl-edit', time: '2026-01-02T00:00:00Z' },
        { manager: 'controller', time: '2026-01-03T00:00:00Z', subresource: 'status' },
      ],
    },
  };
  const objects = { ...binding.objects, 'ConfigMap/xerv': { uid: 'u', resourceVersion: '8' } };
  expect(drift({ objects }, { 'ConfigMap/xerv': { state: 'present', object } })).toEqual([
    'ConfigMap/xerv was changed since: by kubectl-edit at 2026-01-02T00:00:00Z.',
  ]);
});

test('says who changed the number of replicas, of which the server notes no time', () => {
  const changed = (helm: string): Tree => ({
    metadata: {
      uid: 'u',
      resourceVersion: '8',
      managedFields: [
        { manager: 'helm', time: helm },
        { manager: 'kubectl', subresource: 'scale' },
      ],
    },
  });
  const objects = { ...binding.objects, 'ConfigMap/xerv': { uid: 'u', resourceVersion: '8' } };
  const told = (object: Tree) =>
    drift({ objects }, { 'ConfigMap/xerv': { state: 'present', object } })[0];
  expect(told(changed('2025-12-31T23:59:00Z'))).toBe(
    'ConfigMap/xerv was changed since: by kubectl (scale).',
  );
  expect(told(changed('2026-01-01T00:01:00Z'))).toBe(
    'ConfigMap/xerv was changed since: by helm at 2026-01-01T00:01:00Z.',
  );
});

const elsewhere = { identity: 'other', server: 'https://t' };
test.each<[string, Partial<PlanBinding['target']>, RegExp, RegExp]>([
  [
    'cluster',
    { ...elsewhere, context: 'd' },
    /is for cluster c \(https:\/\/s\), this is d \(https:\/\/t\)/,
    /^Give --context c, or/,
  ],
  [
    'cluster of the same context',
    elsewhere,
    /is for cluster c \(https:\/\/s\), this is c \(https:\/\/t\)/,
    /^Context c now leads to another cluster: use --kubeconfig .*, or/,
  ],
  ['cluster at the same address', { identity: 'other' }, /another one is there now/, /^Make/],
  ['namespace', { namespace: 'm' }, /is for namespace n, this is m/, /^Give --namespace n, or/],
  ['release', { release: 'r' }, /is for release xerv, this is r/, /^Give --release xerv, or/],
])('another %s is told', (_, change, message, next) => {
  const told = otherTarget(saved, { ...binding.target, ...change });
  expect(told).toEqual([
    { message: expect.stringMatching(message), next: expect.stringMatching(next) },
  ]);
  expect(otherTarget(saved, binding.target)).toEqual([]);
});

test('a user who sees less of the cluster still finds it by its address', () => {
  const identity = 'ca:0123';
  expect(otherTarget(saved, { ...binding.target, identity })).toEqual([]);
  expect(otherTarget(saved, { ...binding.target, identity, server: 'https://t' })).toHaveLength(1);
});

const present = (object: Tree): LiveObject => ({ state: 'present', object });
const workload = (change: Tree = {}, resourceVersion = '1', generation = 1): LiveObject =>
  present({
    kind: 'StatefulSet',
    metadata: { uid: 'u', resourceVersion, generation },
    spec: { replicas: 3, ...change },
    status: { readyReplicas: Number(resourceVersion) },
  });

test('a status that changes by itself is no change; labels and fields are', () => {
  const same = (one: LiveObject, other: LiveObject) => {
    const [before, now] = [fingerprintOf(one), fingerprintOf(other)];
    return before !== null && now !== null && isSameObject(before, now);
  };
  expect(same(workload(), workload({}, '2'))).toBe(true);
  expect(same(workload(), workload({ replicas: 5 }, '2', 2))).toBe(false);
  // What is masked is told by the generation alone.
  const secret = (value: string, version: string, generation: number) =>
    workload({ env: [{ name: 'PASSWORD', value }] }, version, generation);
  expect(same(secret('a', '1', 1), secret('b', '2', 2))).toBe(false);
  expect(fingerprintOf(secret('a', '1', 1))).toEqual(fingerprintOf(secret('b', '1', 1)));
});

test('a file is read as it was written, and what is none is refused in words', () => {
  expect(parsePlanFile(formatPlanFile(saved), 'f')).toEqual(saved);
  expect(() => parsePlanFile('{', 'f')).toThrow('f is not a saved plan');
  expect(() => parsePlanFile(JSON.stringify({ ...saved, version: 2 }), 'f')).toThrow();
  expect(() => parsePlanFile(JSON.stringify({ ...saved, extra: 1 }), 'f')).toThrow();
});
