import type { Body, EndBody, LedgerBody, ReviewBody } from '../wizard/view.ts';
import { blockedRows } from './blocked-rows.ts';
import { type Consented, consentRows } from './consent-rows.ts';
import { endRows } from './end-rows.ts';
import { ledgerRows } from './ledger-rows.ts';
import { lineRows } from './line-rows.ts';
import type { Theme } from './looks.ts';
import { optionPart } from './option-rows.ts';
import { type Column, linesPart, type Part } from './part.ts';
import { questionColumns } from './question-columns.ts';
import { reviewRows } from './review-rows.ts';
import { rolloutRows } from './rollout-rows.ts';
import { span } from './row.ts';
import type { Size } from './size.ts';
import { waitingPart } from './waiting-part.ts';

/** Where a body stands, and what is to be seen of it. */
interface Room {
  readonly width: number;
  readonly rows: number;
  readonly theme: Theme;
}

/** What stands between header and footer, in at most `rows` lines. */
export function bodyColumns(body: Body, size: Size, rows: number, theme: Theme): readonly Column[] {
  if (body.kind === 'question') return questionColumns(body, size, rows, theme);
  const { width } = size;
  return [{ parts: partsOf(body, { width, rows, theme }), width }];
}

function partsOf(body: Exclude<Body, { kind: 'question' }>, room: Room): readonly Part[] {
  const { width, rows, theme } = room;
  const { symbols, isSpoken } = theme;
  switch (body.kind) {
    case 'waiting':
      return [waitingPart(body.text)];
    case 'blocked':
      return [linesPart(blockedRows(body, width, rows, symbols))];
    case 'review':
      return reviewParts(body, room);
    case 'ledger':
      return ledgerParts(body, room);
    case 'rollout':
      return [{ role: 'progressbar', lines: rolloutRows(body, width, rows, symbols) }];
    case 'end':
      return endParts(body, room);
    case 'lines':
      return [linesPart(lineRows(body, width, isSpoken ? Number.MAX_SAFE_INTEGER : rows, symbols))];
  }
}

/**
 * One calm screen before anything changes: where, what, what is wrong, what is written, the same
 * as a command, and the question that must be answered deliberately.
 */
function reviewParts(body: ReviewBody, room: Room): readonly Part[] {
  const { width, rows, theme } = room;
  const consent = consentParts(body, room);
  const below = heightOf(consent);
  const gap = rows - below >= 10 ? 1 : 0;
  return [
    linesPart(reviewRows(body, width, rows - below - gap, theme.symbols)),
    linesPart([], gap),
    ...consent,
  ];
}

/** What an uninstall takes away, and what becomes of the data. Keeping it is what Enter does. */
function ledgerParts(body: LedgerBody, room: Room): readonly Part[] {
  const { width, rows, theme } = room;
  const consent = consentParts(body, room);
  const below = body.options.length + heightOf(consent);
  const gap = rows - below >= 8 ? 1 : 0;
  return [
    linesPart(ledgerRows(body, width, rows - below - gap, theme.symbols)),
    linesPart([], gap),
    ...listParts(body, Math.min(body.options.length, rows), room),
    ...consent,
  ];
}

/** How it ended. A failure is a page: the cause, its proof, what can be done, best first. */
function endParts(body: EndBody, room: Room): readonly Part[] {
  const { width, rows, theme } = room;
  const options = Math.min(body.options.length, Math.max(0, rows - 3));
  const head = options > 0 && rows - options >= 8 ? 2 : 0;
  return [
    linesPart(endRows(body, width, rows - options - head, theme.symbols)),
    linesPart([[], [span(' What now?', 'strong')]], head),
    ...listParts(body, options, room),
  ];
}

function listParts(
  { options, cursor }: Pick<EndBody, 'options' | 'cursor'>,
  rows: number,
  { width, theme }: Room,
): readonly Part[] {
  if (rows === 0 || options.length === 0) return [];
  return [optionPart(options, cursor, { width, rows, theme })];
}

/** The last question before something changes. */
function consentParts(end: Consented, { width, rows, theme }: Room): readonly Part[] {
  // Who types a word has read what is above; of that the title and the cluster stay.
  const most = theme.isSpoken || end.consent?.input ? Math.max(3, rows - 2) : 3;
  const lines = consentRows(end, width, most, theme);
  if (lines.length === 0) return [];
  return [end.consent?.input ? { role: 'textbox', lines } : { lines }];
}

function heightOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { lines }) => sum + lines.length, 0);
}
