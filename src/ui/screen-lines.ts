import type { Body, Line, View } from '../wizard/view.ts';
import { bodyColumns } from './body-columns.ts';
import { firstLine } from './line-rows.ts';
import type { Theme } from './looks.ts';
import { exactly, joinColumns } from './part.ts';
import { gutter, questionHeight } from './question-layout.ts';
import { type RowText, span } from './row.ts';
import { layOut, type ScreenLayout } from './screen-layout.ts';
import type { Size } from './size.ts';
import { wrap } from './wrap.ts';

/** While questions are asked, the screen keeps this height where the terminal has it. */
const calmHeight = 22;

/** The whole screen as it is seen: where we are, what is asked or told, the keys that work now. */
export function screenLines(view: View, given: Size, theme: Theme): readonly RowText[] {
  const { body } = view;
  const layout = layOut(view, given, theme.symbols);
  const rows = bodyRows(body, layout);
  const lines = drawBody(body, layout.size, rows, theme);
  return [
    ...layout.header,
    ...(body.kind === 'question' ? exactly(lines, rows) : lines),
    ...layout.footer,
  ];
}

/** Index of the line of a scrolled text that stands at its top. */
export function firstLineShown(
  view: View,
  body: Extract<Body, { kind: 'lines' }>,
  given: Size,
  theme: Theme,
): number {
  const { size, room } = layOut(view, given, theme.symbols);
  return firstLine(body, size.width, room, theme.symbols);
}

/** More rows than the end of anything takes. */
const enough = 500;

/** What stays in the terminal: all of how it ended, without what could be chosen; nothing else. */
export function lastLines(body: Body, size: Size, theme: Theme): readonly RowText[] {
  if (body.kind !== 'end') return [];
  return drawBody({ ...body, options: [] }, size, enough, theme);
}

/** What is done for good, as it stays above the screen: a path in it must be readable whole. */
export function toldRows({ text, tone }: Line, width: number): readonly RowText[] {
  return wrap(text, width - 3, enough, '').map((line, index) => [
    span(index === 0 ? ` ${line}` : `   ${line}`, tone),
  ]);
}

function drawBody(body: Body, size: Size, rows: number, theme: Theme): readonly RowText[] {
  const columns = bodyColumns(body, size, rows, theme);
  return joinColumns(columns, gutter, theme.symbols.ellipsis).slice(0, rows);
}

function bodyRows(body: Body, { size, header, footer, room }: ScreenLayout): number {
  if (body.kind !== 'question') return room;
  const calm = calmHeight - header.length - footer.length;
  return Math.min(room, Math.max(questionHeight(body, size), calm));
}
