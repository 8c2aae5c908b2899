import type { Problem } from '../errors.ts';
import type { ConsentView } from '../wizard/view.ts';
import type { Theme } from './looks.ts';
import { problemRows } from './problem-rows.ts';
import { type RowText, rowWidth, span } from './row.ts';
import { shorten } from './text.ts';
import { textWindow } from './text-window.ts';
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
  const hasField = consent?.input !== undefined;
  // Above a field the word must be readable, however long it is; an answer may need a line of its own.
  const room = hasField ? rows - wrong.length - 1 : rows;
  const asked = askedLines({ consent, noConsent }, width - 2, room, symbols.ellipsis);
  if (asked.length === 0) return wrong;
  const lines = asked.map((text): RowText => [span(` ${text}`, 'strong')]);
  const last = lines.at(-1) ?? [];
  const answer = answerOf(consent, width, theme);
  if (rowWidth(last) + rowWidth(answer) <= width)
    return [...wrong, ...lines.slice(0, -1), [...last, ...answer]];
  return [...wrong, ...lines, answer];
}

/** Where there is no room for all of it, why goes first; of a long word both ends stay. */
function askedLines(
  { consent, noConsent = '' }: Pick<Consented, 'consent' | 'noConsent'>,
  width: number,
  rows: number,
  ellipsis: string,
): string[] {
  const end = consent?.input ? ':' : '';
  const { ask = noConsent, demand = ask, word = '' } = consent ?? {};
  if (ask === '') return [];
  const short = shorten(word, rows * width - (demand.length - word.length) - width, ellipsis);
  const texts = [ask, demand, demand.replace(word, () => short)].map((text) => `${text}${end}`);
  const fits = texts.find((text) => wrap(text, width, rows + 1, ellipsis).length <= rows);
  return wrap(fits ?? ask, width, rows, ellipsis);
}

function answerOf(
  consent: ConsentView | undefined,
  width: number,
  { symbols, colors, isSpoken }: Theme,
): RowText {
  if (consent?.input === undefined) return [];
  const { text, caret } = consent.input;
  if (isSpoken) return [span(` ${text}`)];
  const { before, at, after } = textWindow(text, caret, width - 2);
  return colors
    ? [span(` ${before}`), span(at === '' ? ' ' : at, 'caret'), span(after)]
    : [span(` ${before}${symbols.caret}${at}${after}`)];
}
