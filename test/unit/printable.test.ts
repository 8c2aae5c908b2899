import { expect, test } from 'vitest';
import { toPrintable, withoutGlyphs } from '../../src/printable.ts';

test('a text with nothing to mend stays as it is', () => {
  expect(toPrintable('A plain text ~', false)).toBe('A plain text ~');
  expect(toPrintable('Looking… → “done”', true)).toBe('Looking… → “done”');
});

test('control characters become blanks, and tabs two', () => {
  for (const unicode of [true, false])
    expect(toPrintable('a\tb\nc\u001b[2Jd\u007fe\u009bf', unicode)).toBe('a  b c [2Jd e f');
});

test('where only ASCII is shown, glyphs of ours become their twins and names stay', () => {
  expect(toPrintable('Looking… → “done” ✓ Zürich', false)).toBe('Looking... -> "done" + Zürich');
});

test('without glyphs, colours, line ends and names stay', () => {
  expect(withoutGlyphs('\u001b[1m“a”\u001b[22m … 5 × 3\nZürich’s')).toBe(
    '\u001b[1m"a"\u001b[22m ... 5 x 3\nZürich\'s',
  );
});
