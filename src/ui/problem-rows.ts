import type { Problem } from '../errors.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span } from './row.ts';
import { wrap } from './wrap.ts';

/**
 * What is wrong, why, and what to do next, in at most `rows` lines. A message that is long, such as
 * one with a path in it, leaves room for the rest, which says more than its end.
 */
export function problemRows(
  { message, why, next, where }: Problem,
  width: number,
  rows: number,
  symbols: Pick<Symbols, 'failed' | 'warning' | 'ellipsis'>,
  kind: 'problem' | 'notice' = 'problem',
): RowText[] {
  const { ellipsis } = symbols;
  const sign =
    kind === 'problem' ? span(` ${symbols.failed} `, 'bad') : span(` ${symbols.warning} `, 'warn');
  const said = where === undefined || message.includes(where) ? message : `${where}: ${message}`;
  const reasons = [why, next]
    .filter((text) => text !== undefined)
    .flatMap((text) => text.split('\n'));
  const wanted = reasons.flatMap((text) => wrap(text, width - 4, rows, ellipsis)).length;
  const kept = Math.min(wanted, Math.floor(rows / 2));
  const [first = '', ...others] = wrap(said, width - 4, rows - kept, ellipsis);
  const left = rows - 1 - others.length;
  return [
    [sign, span(first)],
    ...others.map((text) => [span(`   ${text}`)]),
    ...inRows(reasons, width - 4, left, ellipsis).map((text) => [span(`   ${text}`, 'muted')]),
  ];
}

/** Texts one below the other; what does not fit is seen to be cut. */
function inRows(texts: readonly string[], width: number, rows: number, ellipsis: string): string[] {
  let left = rows;
  return texts.flatMap((text) => {
    const lines = wrap(text, width, left, ellipsis);
    left -= lines.length;
    return lines;
  });
}
