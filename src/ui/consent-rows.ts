import type { ConsentView } from '../wizard/view.ts';
import { type RowText, rowWidth, span } from './row.ts';
import { wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** What must be typed to go on, and what has been: ` Type prod-eu to go on: pr▏`. */
export function consentRows(
  { ask, typed }: ConsentView,
  width: number,
  rows: number,
  { symbols, colors, isSpoken }: Theme,
): RowText[] {
  const asked = wrap(ask, width - 2, rows, symbols.ellipsis).map(
    (text): RowText => [span(` ${text}`, 'strong')],
  );
  const caret = isSpoken ? [] : [colors ? span(' ', 'caret') : span(symbols.caret)];
  const answer = [span(` ${typed}`), ...caret];
  const last = asked.at(-1) ?? [];
  if (rowWidth(last) + rowWidth(answer) <= width)
    return [...asked.slice(0, -1), [...last, ...answer]];
  return [...asked.slice(0, Math.max(0, rows - 1)), answer];
}
