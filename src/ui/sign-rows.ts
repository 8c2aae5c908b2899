import type { Status } from '../checks/types.ts';
import type { QuestionBody } from '../wizard/view.ts';
import { keyName } from './key-names.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span } from './row.ts';
import { shorten, widthOf } from './text.ts';

/** The worst first; where there is no room the last ones go. */
const counted: readonly (readonly [Status, string, string])[] = [
  ['fail', 'check fails', 'checks fail'],
  ['warn', 'warning', 'warnings'],
  ['unknown', 'unknown', 'unknown'],
];

/**
 * One line in the place of the findings, where they have no room:
 *
 * ```
 *  2 checks fail, 1 warning: e explains
 * ```
 */
export function signRows(
  { findings, options, cursor }: QuestionBody,
  width: number,
  symbols: Symbols,
): RowText[] {
  if (!findings || findings.state === 'later') return [];
  const { state, explainedBy, passed } = findings;
  const end = explainedBy === undefined ? '' : `: ${keyName(explainedBy, symbols)} explains`;
  if (options[cursor]?.blockedBy !== undefined)
    return [
      [span(` ${shorten(`cannot work here${end} why`, width - 1, symbols.ellipsis)}`, 'bad')],
    ];
  const words = counted.flatMap(([status, one, several]) => {
    const count = findings.findings.filter((finding) => finding.status === status).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  if (words.length === 0) return calm(state === 'known' ? passed : 0);
  const failed = findings.findings.some(({ status }) => status === 'fail');
  while (words.length > 1 && widthOf(words.join(', ')) + widthOf(end) > width - 1) words.pop();
  return [[span(` ${words.join(', ')}${end}`, failed ? 'bad' : 'warn')]];
}

function calm(passed: number): RowText[] {
  if (passed === 0) return [];
  return [[span(` ${passed} ${passed === 1 ? 'check passes' : 'checks pass'}`, 'muted')]];
}
