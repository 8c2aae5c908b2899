import { describe, expect, it, test } from 'vitest';
import { describeValues, leavesOf } from '../../../src/values/schema/describe.ts';
import { valuesSchema } from '../../../src/values/schema/index.ts';

const groups = describeValues();
const leaves = leavesOf(groups.flatMap(({ values }) => values));
const takes = (values: object) => valuesSchema.safeParse(values).success;

describe('valuesSchema', () => {
  it('fills in the defaults, in sections that are given in part too', () => {
    expect(valuesSchema.parse({})).toMatchObject({
      replicaCount: 1,
      image: { repository: 'ghcr.io/ml-rust/xerv', tag: '', pullPolicy: 'IfNotPresent' },
      dispatch: { backend: 'memory', redis: { url: '', useStreams: true } },
    });
    expect(
      valuesSchema.parse({ dispatch: { redis: { url: 'redis://a' } } }).dispatch,
    ).toMatchObject({
      backend: 'memory',
      redis: { url: 'redis://a', poolSize: 10 },
      nats: { url: '' },
    });
  });

  it('changes nothing else: parsing twice gives the same', () => {
    const once = valuesSchema.parse({});
    expect(valuesSchema.parse(once)).toEqual(once);
  });

  it('does not share its defaults between two parses', () => {
    const first = valuesSchema.parse({});
    first.resources.limits.cpu = 'changed';
    first.securityContext.capabilities.drop.push('changed');
    expect(JSON.stringify(valuesSchema.parse({}))).not.toContain('changed');
  });

  it.each([
    ['replicaCount', 0],
    ['replicaCount', 2_147_483_647],
    ['fullnameOverride', 'a-1'],
    ['resources', { limits: { cpu: 2, memory: '1.5Gi', 'nvidia.com/gpu': 1 } }],
    ['resources', { limits: { cpu: '1e3' } }],
    ['storage', { class: '-' }],
    ['podDisruptionBudget', { minAvailable: '50%' }],
    ['podLabels', { a: 1, b: true }],
    ['image', { tag: 2 }],
    ['podSecurityContext', { supplementalGroups: [1] }],
  ])('takes %s: %j', (key, value) => expect(takes({ [key]: value })).toBe(true));

  it.each([
    ['replicasCount', 3],
    ['replicaCount', 1.5],
    ['replicaCount', -1],
    ['replicaCount', 2_147_483_648],
    ['replicaCount', 'abc'],
    ['fullnameOverride', '1a'],
    ['fullnameOverride', 'a-'],
    ['resources', { limits: { cpu: '2 cores' } }],
    ['resources', { limits: { memory: '1GB' } }],
    ['storage', { accessMode: 'RWO' }],
    ['storage', { class: 'Fast' }],
    ['podDisruptionBudget', { minAvailable: 'half' }],
    ['image', { tag: 1.1 }],
    ['image', { digest: 'sha256:abc' }],
    ['dispatch', { backend: 'reddis' }],
    ['dispatch', { redis: { uri: '' } }],
    ['server', { apiPort: 0 }],
    ['server', { apiPort: 65_536 }],
    ['extraEnv', [{ value: 'no name' }]],
  ])('refuses %s: %j', (key, value) => expect(takes({ [key]: value })).toBe(false));
});

describe('describeValues', () => {
  it('names each value once', () => {
    const paths = leaves.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('dispatch.redis.url');
  });

  it('leaves out no key that the schema knows', () => {
    const keys = groups.flatMap(({ values }) => values.map(({ key }) => key));
    expect(keys.sort()).toEqual(Object.keys(valuesSchema.shape).sort());
  });

  test.each(leaves.map((leaf) => [leaf.path, leaf] as const))('%s', (path, leaf) => {
    expect(leaf.description).toMatch(/\.$/);
    const parsed = path
      .split('.')
      .reduce<unknown>(
        (node, key) => (node as Record<string, unknown>)[key],
        valuesSchema.parse({}),
      );
    expect(leaf.fallback).toEqual(parsed);
    if (leaf.example === undefined) return;
    const given = path
      .split('.')
      .reduceRight<unknown>((node, key) => ({ [key]: node }), leaf.example);
    expect(takes(given as object)).toBe(true);
  });
});
