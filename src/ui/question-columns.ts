import type { QuestionBody } from '../wizard/view.ts';
import { changeRows } from './change-rows.ts';
import { findingBlock } from './finding-rows.ts';
import { inputRow } from './input-row.ts';
import type { Theme } from './looks.ts';
import { optionPart } from './option-rows.ts';
import { type Column, exactly, linesPart, type Part } from './part.ts';
import { problemRows } from './problem-rows.ts';
import { arrangeQuestion, detailRows, titleRows } from './question-layout.ts';
import { type RowText, span } from './row.ts';
import { signRows } from './sign-rows.ts';
import type { Size } from './size.ts';
import { wrap } from './wrap.ts';

/**
 * One question: what is asked, what can be chosen or typed, and, below it or beside it, what the
 * cluster says about the choice under the cursor and what it changes. Each part has lines of its
 * own, so that nothing moves while one looks at it.
 */
export function questionColumns(
  body: QuestionBody,
  size: Size,
  rows: number,
  theme: Theme,
): readonly Column[] {
  const layout = arrangeQuestion(body, size, rows);
  const { parts, width, asideWidth } = layout;
  const question = questionParts(body, layout, theme);
  const { ellipsis } = theme.symbols;
  const aside = [
    linesPart(
      body.findings ? findingBlock(body.findings, asideWidth, parts.findings, theme.symbols) : [],
      parts.findings,
    ),
    linesPart([], parts.gapBeforeChanges),
    linesPart(
      parts.changes === 0
        ? []
        : changeRows(body.changes ?? [], asideWidth, parts.changes, ellipsis),
      parts.changes,
    ),
  ];
  if (size.isWide)
    return [
      { parts: question, width },
      { parts: aside, width: asideWidth },
    ];
  return [{ parts: [...question, linesPart([], parts.gapBeforeFindings), ...aside], width }];
}

function questionParts(
  body: QuestionBody,
  { parts, width }: ReturnType<typeof arrangeQuestion>,
  theme: Theme,
): readonly Part[] {
  const { symbols, isSpoken } = theme;
  const help = helpRows(body, width, parts.help, symbols);
  return [
    linesPart(titleRows(body, width, parts.title), parts.title),
    linesPart(help, isSpoken ? help.length : parts.help),
    linesPart([], parts.gapBeforeList),
    linesPart(body.filter === undefined ? [] : [filterRow(body, symbols.caret)], parts.filter),
    listPart(body, width, parts.list, theme),
    ...(body.input === undefined || parts.input === 0
      ? []
      : [inputPart(body, body.input, width, theme)]),
    linesPart([], parts.gapBeforeDetail),
    // Who hears the list has heard all of it.
    ...(isSpoken ? [] : [linesPart(detailRows(body, width, parts.detail, symbols), parts.detail)]),
    linesPart(parts.sign === 0 ? [] : signRows(body, width, symbols), parts.sign),
  ];
}

/** What is wrong, or else to be known, takes the place of the help. */
function helpRows(
  { problem, notice, help }: QuestionBody,
  width: number,
  rows: number,
  symbols: Theme['symbols'],
): RowText[] {
  if (problem) return problemRows(problem, width, rows, symbols);
  if (notice) return problemRows(notice, width, rows, symbols, 'notice');
  return wrap(help, width - 1, rows, symbols.ellipsis).map((text) => [span(` ${text}`, 'muted')]);
}

function listPart(body: QuestionBody, width: number, rows: number, theme: Theme): Part {
  if (body.options.length === 0)
    return linesPart(body.optionCount > 0 ? [[span('    nothing matches', 'muted')]] : [], rows);
  const list = optionPart(body.options, body.cursor, { width, rows, theme });
  return theme.isSpoken ? list : { ...list, lines: exactly(list.lines, rows) };
}

function inputPart(
  { cursor, optionCount }: QuestionBody,
  input: NonNullable<QuestionBody['input']>,
  width: number,
  theme: Theme,
): Part {
  const row = inputRow(input, { width, hasFocus: cursor < 0, hasOptions: optionCount > 0, theme });
  return { role: 'textbox', lines: [row] };
}

function filterRow({ filter = '', isFiltering }: QuestionBody, caret: string): RowText {
  if (filter === '' && !isFiltering) return [];
  return [span('    filter ', 'muted'), span(`${filter}${isFiltering ? caret : ''}`)];
}
