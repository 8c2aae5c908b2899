import { expect, it } from 'vitest';
import { lineRows } from '../../../src/ui/line-rows.ts';
import { createTheme } from '../../../src/ui/looks.ts';
import { rowText } from '../../../src/ui/row.ts';

const { symbols } = createTheme({ colors: false, unicode: true, isSpoken: false });

function draw(texts: readonly string[], { width = 30, rows = 6, scroll = 0 } = {}) {
  const lines = texts.map((text) => ({ text, tone: 'plain' as const }));
  return lineRows({ kind: 'lines', title: 'Title', lines, scroll }, width, rows, symbols).map(
    (row) => rowText(row).trimEnd(),
  );
}

it('a long line goes on below, as indented as it begins', () => {
  expect(
    draw(['a sentence that is longer than the screen', '    key: a long value of yaml']),
  ).toEqual([
    ' Title',
    ' a sentence that is longer',
    ' than the screen',
    '     key: a long value of yaml',
  ]);
  expect(draw(['  - one two three four five six seven'], { width: 20 })).toEqual([
    ' Title',
    '   - one two three',
    '   four five six',
    '   seven',
  ]);
});

it('what is deep inside stays there', () => {
  expect(draw([`${' '.repeat(14)}deep: inside of a map`])[1]).toBe(
    `${' '.repeat(15)}deep: inside of`,
  );
});

it('what has two columns goes on below the second one', () => {
  expect(draw(['key      what it does, in some words'])).toEqual([
    ' Title',
    ' key      what it does, in',
    '          some words',
  ]);
});

it('all of a text is reached, also where its lines take several rows', () => {
  const texts = Array.from({ length: 9 }, (_, index) => `line ${index} `.repeat(index % 3 ? 1 : 7));
  const pages = texts.map((_, scroll) => draw(texts, { scroll }));
  for (const text of texts) expect(pages.flat().join('\n')).toContain(text.trim().slice(0, 20));
  expect(pages.at(-1)?.at(-1)).toBe(' line 8');
  expect(pages[0]?.[0]).toBe(' Title             1 to 4 of 9');
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(6);
});

it('a line that is much too long ends in an ellipsis', () => {
  const rows = draw(['x'.repeat(100_000), 'y'], { rows: 40 });
  expect(rows.at(-2)).toMatch(/x…$/);
  expect(rows.at(-1)).toBe(' y');
});
