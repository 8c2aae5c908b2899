import type { EndBody } from '../wizard/view.ts';
import { allot } from './allot.ts';
import { listProblems } from './blocked-rows.ts';
import type { Role, Symbols } from './looks.ts';
import { type RowText, span } from './row.ts';
import { wrap } from './wrap.ts';

/** Lines of a screen at most. */
const tallest = 300;

const looks: Readonly<
  Record<EndBody['outcome'], { readonly symbol: keyof Symbols; readonly role: Role }>
> = {
  done: { symbol: 'done', role: 'good' },
  failed: { symbol: 'failed', role: 'bad' },
  cancelled: { symbol: 'warning', role: 'warn' },
  'nothing-to-do': { symbol: 'done', role: 'good' },
};

/**
 * ```
 *  ✗ xerv-2 cannot start: its image cannot be pulled
 *
 *    Pod xerv-2   manifest unknown: tag 0.1.9 not found
 *
 *  Release xerv is at revision 4 (failed).
 * ```
 */
export function endRows(body: EndBody, width: number, rows: number, symbols: Symbols): RowText[] {
  // What stays in the terminal is whole: a command is copied from it.
  const most = (least: number) => (rows > tallest ? rows : least);
  const { symbol, role } = looks[body.outcome];
  const { ellipsis } = symbols;
  const text = (value: string, least: number, as: Role = 'plain', indent = ' '): RowText[] =>
    value === ''
      ? []
      : wrap(value, width - indent.length, most(least), ellipsis).map((line) => [
          span(indent + line, as),
        ]);
  const message = wrap(body.message, width - 3, most(3), ellipsis).map(
    (line, index): RowText => [
      span(index === 0 ? ` ${symbols[symbol]} ` : '   ', role),
      span(line, 'strong'),
    ],
  );
  const proof = body.diagnoses.flatMap(({ message: cause, evidence }) => [
    ...(body.message.includes(cause) ? [] : text(cause, 2, 'plain', '   ')),
    ...evidence.flatMap((line) => text(line, 2, 'muted', '     ')),
  ]);
  const advice = body.diagnoses.flatMap(({ next }) => text(next, 2, 'plain', '   '));
  const state = text(body.state, 2);
  const next = body.next.flatMap((line) => nextRows(line, width, most(3), ellipsis));
  const problems = listProblems(body.problems, width, rows * body.problems.length, symbols).length;
  const parts = allot(rows, [
    ['message', message.length],
    ['proof', Math.min(3, proof.length)],
    ['advice', Math.min(2, advice.length)],
    ['problems', Math.min(2, body.problems.length * 2)],
    ['next', Math.min(4, next.length)],
    ['state', state.length],
    ['gaps', 1],
    ['proof', proof.length - Math.min(3, proof.length)],
    ['problems', problems - Math.min(2, body.problems.length * 2)],
    ['advice', advice.length - Math.min(2, advice.length)],
    ['next', next.length - Math.min(4, next.length)],
    ['gaps', 3],
  ]);
  const gap = (least: number, after: number): RowText[] =>
    parts.gaps >= least && after > 0 ? [[]] : [];
  return [
    ...message.slice(0, parts.message),
    ...gap(1, parts.proof),
    ...cutAt(proof, parts.proof, ellipsis),
    ...cutAt(advice, parts.advice, ellipsis),
    ...gap(2, parts.problems),
    ...listProblems(body.problems, width, parts.problems, symbols),
    ...gap(3, parts.state),
    ...state.slice(0, parts.state),
    ...gap(4, parts.next),
    ...cutAt(next, parts.next, ellipsis),
  ];
}

/** "Inside     http://…": what does not fit goes on below the text, not below its label. */
function nextRows(line: string, width: number, most: number, ellipsis: string): RowText[] {
  const [, label = '', text = ''] = /^(\S+(?: \S+)?\s{2,})?(.*)$/s.exec(line) ?? [];
  const indent = 3 + label.length;
  return wrap(text, width - indent, most, ellipsis).map((part, index) =>
    index === 0
      ? [span(`   ${label}`, 'muted'), span(part)]
      : [span(' '.repeat(indent)), span(part)],
  );
}

function cutAt(lines: readonly RowText[], rows: number, ellipsis: string): RowText[] {
  if (lines.length <= rows || rows <= 0) return lines.slice(0, Math.max(0, rows));
  return [...lines.slice(0, rows - 1), [span(`   ${ellipsis}`, 'muted')]];
}
