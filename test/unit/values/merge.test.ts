import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effective, type Layer } from '../../../src/values/layers.ts';
import { coalesce, mergeTrees } from '../../../src/values/merge.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { fuzzRuns, type HelmValues, startHelms } from '../../support/helm-values.ts';

describe('merging files', () => {
  it('merges maps, replaces lists and scalars, and keeps null', () => {
    expect(
      mergeTrees(
        { a: { x: 1, y: 2 }, list: [1, 2], gone: { z: 1 }, scalar: 1 },
        { a: { y: null, z: 3 }, list: [3], gone: null, scalar: { now: 'a map' } },
      ),
    ).toEqual({
      a: { x: 1, y: null, z: 3 },
      list: [3],
      gone: null,
      scalar: { now: 'a map' },
    });
  });
});

describe('values over defaults', () => {
  it('lose a default to null, and keep a null that has no default', () => {
    const defaults = { a: { x: 1, y: 2 }, b: 1 };
    const values = { a: { x: null, own: null }, b: null, own: null };
    expect(coalesce(defaults, values)).toEqual({ a: { own: null, y: 2 }, own: null });
  });

  it('treat null over null as the helm does that is asked for', () => {
    const defaults = { a: { x: null }, b: null };
    expect(coalesce(defaults, { a: { x: null }, b: null }, 3)).toEqual({ a: {} });
    expect(coalesce(defaults, { a: { x: null }, b: null }, 4)).toEqual({ a: { x: null } });
  });
});

describe('a stack of defaults and files', () => {
  let helms: readonly HelmValues[];
  let stop: () => void;
  beforeAll(async () => {
    ({ helms, stop } = await startHelms());
  });
  afterAll(() => stop());

  it('is merged as helm 3 and helm 4 merge it', { timeout: 600_000 }, async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, null, 1, 'x', false, [], [null], [{ a: null }], {}),
        { arbitrary: fc.dictionary(key, tie('node'), { maxKeys: 3 }), weight: 2 },
      ),
    }));
    const tree = fc.dictionary(key, node, { maxKeys: 3 }) as fc.Arbitrary<Tree>;
    const cases = fc.sample(fc.tuple(tree, tree, tree), fuzzRuns(30));
    const differences: unknown[] = [];
    await Promise.all(
      helms.map(async (helm) => {
        for (const [defaults, weaker, stronger] of cases) {
          const layers: Layer[] = [
            { origin: { kind: 'default' }, values: defaults },
            { origin: { kind: 'file', path: '1' }, values: weaker },
            { origin: { kind: 'file', path: '2' }, values: stronger },
          ];
          const files = [weaker, stronger].flatMap((values, index) => [
            '-f',
            helm.write(`${index}.json`, JSON.stringify(values)),
          ]);
          const theirs = await helm.template(JSON.stringify(defaults), files);
          const ours = effective(layers, helm.major);
          if (!theirs.ok || !sameJson(theirs.values, ours)) {
            differences.push({ helm: helm.major, defaults, weaker, stronger, ours, theirs });
          }
        }
      }),
    );
    expect(differences).toEqual([]);
  });
});

function sameJson(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
}
