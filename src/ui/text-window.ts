import { isNarrow } from '../narrow.ts';
import { startOf, widthOf } from './text.ts';

/** The part of a text that stands in a field of so many columns, its caret in sight. */
export function textWindow(text: string, caret: number, columns: number) {
  if (!isNarrow(text, '')) return wideWindow(text, caret, columns);
  const first = Math.max(0, caret - columns + 1);
  return {
    before: text.slice(first, caret),
    at: text.slice(caret, caret + 1),
    after: text.slice(caret + 1, first + columns),
  };
}

/** To find the characters of a long text takes seconds; more code units a column are out of sight. */
const unitsPerColumn = 8;

/** A character may take two columns, and be several code points. */
function wideWindow(text: string, caret: number, columns: number) {
  const reach = columns * unitsPerColumn;
  const [at = '', ...rest] = charactersOf(text.slice(caret, caret + reach));
  const room = columns - Math.max(1, widthOf(at));
  const left = charactersOf(text.slice(Math.max(0, caret - reach), caret)).reverse();
  const before = startOf(left, room).reverse().join('');
  return { before, at, after: startOf(rest, room - widthOf(before)).join('') };
}

function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
