import { describe, expect, it } from 'vitest';
import { wrap } from '../../../src/plain/wrap.ts';

describe('wrap', () => {
  it('fills 80 columns, and indents the first line and the others', () => {
    const lines = wrap('word '.repeat(30).trim(), 2, 5);
    expect(lines.map((line) => line.trim().split(' ').length)).toEqual([15, 15]);
    expect(lines.map((line) => line.search(/\S/))).toEqual([2, 5]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('breaks a word that is wider than a line', () => {
    const digest = 'x'.repeat(150);
    expect(wrap(digest, 0, 0)).toEqual(['x'.repeat(80), 'x'.repeat(70)]);
    expect(wrap(`see ${digest}`, 4, 6).join('').replaceAll(' ', '')).toBe(`see${digest}`);
  });

  it('puts one space between words', () => {
    expect(wrap('data-xerv-0  8Gi  kept', 2)).toEqual(['  data-xerv-0 8Gi kept']);
  });
});
