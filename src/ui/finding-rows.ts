import type { Finding, Status } from '../checks/types.ts';
import type { FindingsView } from '../wizard/view.ts';
import type { Role, Symbols } from './looks.ts';
import { type RowText, span, spread } from './row.ts';
import { widthOf } from './text.ts';
import { wrap } from './wrap.ts';

/** What the cluster says about the choice under the cursor, on lines of its own that never move. */
export function findingBlock(
  findings: FindingsView,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  if (rows < 2) return [];
  const coming = findings.state === 'coming' && findings.findings.length + findings.passed > 0;
  const { since } = findings;
  const old = since === undefined ? '' : `, before ${since}`;
  const title = [
    span(` On this cluster${old}`, 'strong'),
    span(coming ? ` ${symbols.ellipsis}` : '', 'muted'),
  ];
  return [title, ...findingRows(findings, width, rows - 1, symbols)];
}

const looks: Readonly<
  Record<Status, { readonly symbol: keyof Symbols; readonly role: Role; readonly word: string }>
> = {
  fail: { symbol: 'failed', role: 'bad', word: 'Fails' },
  unknown: { symbol: 'unknown', role: 'warn', word: 'Unknown' },
  warn: { symbol: 'warning', role: 'warn', word: 'Warning' },
  skip: { symbol: 'open', role: 'muted', word: 'Let pass' },
  pass: { symbol: 'done', role: 'good', word: 'Fine' },
};

/** Why nothing is said. */
export const notAsked = {
  offline: 'not asked: no cluster reached',
  awaited: 'not asked: no cluster reached; retried now and then',
  lost: 'not asked: the cluster does not answer',
  later: 'checked once it is entered',
} as const;

const worstFirst: readonly Status[] = ['fail', 'unknown', 'warn'];

/**
 * What the cluster says, in `rows` lines, the worst first:
 *
 * ```
 *    ! Warning: the volumes live in one zone each                        XV-307
 *    ✓ 21 checks pass
 * ```
 */
export function findingRows(
  { state, findings, passed }: FindingsView,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  if (state !== 'known' && state !== 'coming')
    return wrap(notAsked[state], width - 3, rows, symbols.ellipsis).map((text) => [
      span(`   ${text}`, 'muted'),
    ]);
  const told = worstFirst.flatMap((status) => findings.filter((one) => one.status === status));
  const calm = passed > 0 ? [passRow(passed, symbols)] : [];
  if (told.length === 0)
    return state === 'coming' && calm.length === 0
      ? [[span(`   ${symbols.ellipsis}`, 'muted')]]
      : calm;
  const drawn = (lines: number) => told.map((one) => findingRow(one, width, lines, symbols));
  const fits = [
    [...drawn(2).flat(), ...calm],
    drawn(2).flat(),
    [...drawn(1).flat(), ...calm],
    drawn(1).flat(),
  ].find((lines) => lines.length <= rows);
  if (fits) return fits;
  if (rows <= 1) return drawn(1).flat().slice(0, Math.max(0, rows));
  const more = `   and ${told.length - rows + 1} more`;
  return [
    ...drawn(1)
      .flat()
      .slice(0, rows - 1),
    [span(more, 'muted')],
  ];
}

/** One finding in at most `rows` lines, its id at the end of the first. */
export function findingRow(
  { status, message, check }: Finding,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const { symbol, role, word } = looks[status];
  const start = `   ${symbols[symbol]} `;
  const room = width - widthOf(start) - widthOf(check) - 3;
  const [first = '', ...others] = wrap(`${word}: ${message}`, room, rows, symbols.ellipsis);
  return [
    spread(
      [
        span(start, role),
        span(first.slice(0, word.length + 1), role),
        span(first.slice(word.length + 1)),
      ],
      [span(check, 'muted')],
      width,
      symbols.ellipsis,
    ),
    ...others.map((text) => [span(' '.repeat(widthOf(start)) + text)]),
  ];
}

function passRow(passed: number, symbols: Symbols): RowText {
  return [
    span(`   ${symbols.done} `, 'good'),
    span(`${passed} ${passed === 1 ? 'check passes' : 'checks pass'}`, 'muted'),
  ];
}
