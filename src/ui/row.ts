import type { Role } from './looks.ts';
import { cut, widthOf } from './text.ts';

/** A piece of a line, with what it is. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One line of the screen. */
export type RowText = readonly Span[];

export function span(text: string, role: Role = 'plain'): Span {
  return { text, role };
}

export function rowWidth(row: RowText): number {
  return row.reduce((width, { text }) => width + widthOf(text), 0);
}

/** The start of a row, no wider than `width`. */
export function fitRow(row: RowText, width: number, ellipsis: string): RowText {
  if (rowWidth(row) <= width) return row;
  const fitted: Span[] = [];
  let left = width;
  for (const { text, role } of row) {
    const isCut = widthOf(text) > left;
    fitted.push(span(isCut ? cut(text, left, ellipsis) : text, role));
    if (isCut) break;
    left -= widthOf(text);
  }
  return fitted;
}

/** A row with one part at its left and one at its right end; the right one goes where both do not fit. */
export function spread(left: RowText, right: RowText, width: number, ellipsis: string): RowText {
  const gap = width - rowWidth(left) - rowWidth(right);
  if (gap >= 2) return [...left, span(' '.repeat(gap)), ...right];
  const room = width - rowWidth(left) - 2;
  if (room < 12) return fitRow(left, width, ellipsis);
  return [...left, span('  '), ...fitRow(right, room, ellipsis)];
}

/** What a row says. */
export function rowText(row: RowText): string {
  return row.map(({ text }) => text).join('');
}
