import type { Problem } from '../errors.ts';
import type { ConsentView } from '../wizard/view.ts';
import type { Theme } from './looks.ts';
import { problemRows } from './problem-rows.ts';
import { type RowText, rowWidth, span } from './row.ts';
import { wrap } from './wrap.ts';

/** The end of a review or a ledger. */
export interface Consented {
  /** Undefined where none can be given; `noConsent` says why. */
  readonly consent: ConsentView | undefined;
  readonly noConsent?: string | undefined;
  readonly problem: Problem | undefined;
}

/** What must be typed to go on, and what has been: ` Type prod-eu to go on: pr▏`. */
export function consentRows(
  { consent, noConsent, problem }: Consented,
  width: number,
  rows: number,
  theme: Theme,
): RowText[] {
  const { symbols } = theme;
  const wrong = problem === undefined ? [] : problemRows(problem, width, 2, symbols);
  const ask = `${consent?.ask ?? noConsent ?? ''}${consent?.input ? ':' : ''}`;
  if (ask === '') return wrong;
  const asked = wrap(ask, width - 2, rows, symbols.ellipsis).map(
    (text): RowText => [span(` ${text}`, 'strong')],
  );
  const answer = answerOf(consent, theme);
  const last = asked.at(-1) ?? [];
  if (rowWidth(last) + rowWidth(answer) <= width)
    return [...wrong, ...asked.slice(0, -1), [...last, ...answer]];
  return [...wrong, ...asked.slice(0, Math.max(0, rows - 1)), answer];
}

function answerOf(consent: ConsentView | undefined, { symbols, colors, isSpoken }: Theme): RowText {
  if (consent?.input === undefined) return [];
  const { text, caret } = consent.input;
  if (isSpoken) return [span(` ${text}`)];
  const before = span(` ${text.slice(0, caret)}`);
  const at = text.slice(caret, caret + 1);
  const after = text.slice(caret + 1);
  return colors
    ? [before, span(at === '' ? ' ' : at, 'caret'), span(after)]
    : [before, span(symbols.caret + at + after)];
}
