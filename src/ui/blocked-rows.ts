import type { Problem } from '../errors.ts';
import type { Body } from '../wizard/view.ts';
import type { Symbols } from './looks.ts';
import { problemRows } from './problem-rows.ts';
import { type RowText, span } from './row.ts';
import { wrap } from './wrap.ts';

/** What stands in the way before there can be a plan: every problem at once. */
export function blockedRows(
  { problems, note }: Extract<Body, { kind: 'blocked' }>,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const title =
    problems.length === 1
      ? 'This stands in the way; nothing has changed'
      : `${problems.length} things stand in the way; nothing has changed`;
  const noted = note === undefined ? [] : wrap(note, width - 1, 2, symbols.ellipsis);
  const below = noted.length === 0 ? [] : [[], ...noted.map((text) => [span(` ${text}`, 'muted')])];
  const told = listProblems(problems, width, rows - 2 - below.length, symbols);
  return [[span(` ${title}`, 'strong')], [], ...told, ...below].slice(0, Math.max(0, rows));
}

/** As many problems as fit, and how many there are besides. */
export function listProblems(
  problems: readonly Problem[],
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const each = Math.max(1, Math.floor(rows / Math.max(1, problems.length)));
  const lines = problems.flatMap((one) => problemRows(one, width, Math.max(each, 2), symbols));
  if (lines.length <= rows) return lines;
  return [
    ...lines.slice(0, Math.max(0, rows - 1)),
    [span(`   ${symbols.ellipsis}`, 'muted')],
  ].slice(0, rows);
}
