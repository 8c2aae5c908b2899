import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath, printPath } from '../../../src/values/path.ts';

describe('a path in text', () => {
  it.each([
    ['a.b[0].c', ['a', 'b', 0, 'c']],
    ['nodeSelector.kubernetes\\.io/os', ['nodeSelector', 'kubernetes.io/os']],
    ['a[1][2]', ['a', 1, 2]],
  ])('%s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(printPath(path)).toBe(text);
  });

  it.each(['', '.', 'a.', '.a', 'a..b', '[0]', 'a[', 'a[x]', 'a[0]b', 'a\\'])(
    '%j is none',
    (text) => {
      expect(parsePath(text)).toBeUndefined();
    },
  );

  it('is read as it was printed', () => {
    const key = fc.string({ minLength: 1, unit: 'grapheme' });
    const step = fc.oneof(key, fc.nat(99999));
    fc.assert(
      fc.property(key, fc.array(step), (first, rest) => {
        expect(parsePath(printPath([first, ...rest]))).toEqual([first, ...rest]);
      }),
    );
  });
});
