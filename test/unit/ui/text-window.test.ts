import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/ui/text.ts';
import { textWindow } from '../../../src/ui/text-window.ts';

const latin = 'abcdefghijklmnopqrstuvwxyz';
const wide = '日本語日本語日本語日本語';
const family = '👩‍👩‍👧';

describe('the part of a text that stands in a field', () => {
  it.each([
    ['a text that fits', 'abc', 3, { before: 'abc', at: '', after: '' }],
    ['the end of a long one', latin, 26, { before: 'rstuvwxyz', at: '', after: '' }],
    ['its beginning', latin, 0, { before: '', at: 'a', after: 'bcdefghij' }],
    ['the end of a wide one', wide, 12, { before: '語日本語', at: '', after: '' }],
    ['a wide one up to its caret', wide, 6, { before: '語日本語', at: '日', after: '' }],
    ['a character of two halves whole', 'a😀b', 1, { before: 'a', at: '😀', after: 'b' }],
    [
      'what stands above a letter with it',
      'ae\u0301b',
      1,
      { before: 'a', at: 'e\u0301', after: 'b' },
    ],
    ['a sign of several whole', `${family}b`, 0, { before: '', at: family, after: 'b' }],
  ])('shows %s', (_, text, caret, shown) => {
    expect(textWindow(text, caret, 10)).toEqual(shown);
  });

  it('has its caret in sight and is never wider than the field', () => {
    for (const text of [latin, wide, `a${wide}b😀`.repeat(3), `e\u0301${family}`.repeat(5)])
      for (let caret = 0; caret <= text.length; caret += 1)
        for (const columns of [2, 3, 10, 37]) {
          const { before, at, after } = textWindow(text, caret, columns);
          const told = `${text} at ${caret} in ${columns}`;
          expect(text.slice(0, caret).endsWith(before), told).toBe(true);
          expect(text.slice(caret).startsWith(at + after), told).toBe(true);
          expect(
            widthOf(before) + Math.max(1, widthOf(at)) + widthOf(after),
            told,
          ).toBeLessThanOrEqual(columns);
        }
  });

  it('is found at once in a text that is as long as a file', () => {
    const text = '日本'.repeat(10_000);
    const times = [1, 2, 3].map(() => {
      const before = performance.now();
      expect(textWindow(text, 10_000, 10).before).toBe('日本日本');
      return performance.now() - before;
    });
    expect(Math.min(...times)).toBeLessThan(300);
  });
});
