import { describe, expect, it } from 'vitest';
import {
  areEqual,
  deleteNode,
  getNode,
  hasNode,
  leaves,
  setNode,
} from '../../../src/values/tree.ts';

const tree = { a: { b: [{ c: 1 }, null] }, empty: {}, none: null };

describe('a tree of values', () => {
  it('finds what stands at a path, and nothing elsewhere', () => {
    expect(getNode(tree, ['a', 'b', 0, 'c'])).toBe(1);
    expect(getNode(tree, ['none'])).toBe(null);
    expect(getNode(tree, ['a', 'b', 'c'])).toBeUndefined();
    expect(getNode(tree, ['toString'])).toBeUndefined();
    expect(hasNode(tree, ['none'])).toBe(true);
    expect(hasNode(tree, ['none', 'deeper'])).toBe(false);
  });

  it('is not changed by setting and deleting', () => {
    const changed = setNode(tree, ['a', 'b', 3, 'd'], true);
    expect(changed).toEqual({ ...tree, a: { b: [{ c: 1 }, null, null, { d: true }] } });
    expect(deleteNode(changed, ['a', 'b', 0])).toEqual({
      ...tree,
      a: { b: [null, null, { d: true }] },
    });
    expect(deleteNode(tree, ['a', 'b', 0, 'c'])).toEqual({ ...tree, a: { b: [{}, null] } });
    expect(deleteNode(tree, ['nowhere', 'at', 'all'])).toBe(tree);
    expect(tree).toEqual({ a: { b: [{ c: 1 }, null] }, empty: {}, none: null });
  });

  it('makes maps and lists where nothing or null stands', () => {
    expect(setNode({ none: null }, ['none', 'list', 0], 'x')).toEqual({ none: { list: ['x'] } });
  });

  it('does not go through a scalar', () => {
    expect(() => setNode({ a: 1 }, ['a', 'b'], 2)).toThrow(/"b".*not a map/);
    expect(() => setNode({ a: {} }, ['a', 0], 2)).toThrow(/index 0.*not a list/);
  });

  it('treats a key named __proto__ as data', () => {
    const odd = setNode({}, ['__proto__', 'polluted'], true);
    expect(JSON.stringify(odd)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is equal to another whatever the order of keys', () => {
    expect(areEqual({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(areEqual({ a: undefined as never }, { b: 1 })).toBe(false);
    expect(areEqual([1, 2], [2, 1])).toBe(false);
    expect(areEqual({}, [])).toBe(false);
    expect(areEqual(null, {})).toBe(false);
  });

  it('lists its leaves with empty maps among them', () => {
    expect([...leaves(tree)].map(({ path }) => path.join('.'))).toEqual([
      'a.b.0.c',
      'a.b.1',
      'empty',
      'none',
    ]);
  });
});
