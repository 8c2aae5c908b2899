import type { Problem } from '../errors.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span } from './row.ts';
import { wrap } from './wrap.ts';

/** What is wrong, why, and what to do next; the message in at most `rows` lines, then the rest. */
export function problemRows(
  { message, why, next, where }: Problem,
  width: number,
  rows: number,
  symbols: Pick<Symbols, 'failed' | 'ellipsis'>,
): RowText[] {
  const said = where === undefined ? message : `${where}: ${message}`;
  const [first = '', ...others] = wrap(said, width - 4, rows, symbols.ellipsis);
  const further = [why, next]
    .filter((text) => text !== undefined)
    .flatMap((text) => text.split('\n'))
    .flatMap((text) => wrap(text, width - 4, rows, symbols.ellipsis));
  return [
    [span(` ${symbols.failed} `, 'bad'), span(first)],
    ...others.map((text) => [span(`   ${text}`)]),
    ...further.map((text) => [span(`   ${text}`, 'muted')]),
  ].slice(0, rows);
}
