import type { QuestionBody } from '../wizard/view.ts';
import { allot } from './allot.ts';
import type { Symbols } from './looks.ts';
import { fitsBeside, labelWidth } from './option-rows.ts';
import { problemRows } from './problem-rows.ts';
import { type RowText, span } from './row.ts';
import type { Size } from './size.ts';
import { widthOf } from './text.ts';
import { wrap } from './wrap.ts';

const mostOptions = 12;
/** As wide as those that are drawn. */
const signs = { failed: 'x', warning: '!', ellipsis: '' };
/** Of a value nothing is known but what its help says; beside findings that must be short. */
const mostHelp = ({ findings }: QuestionBody) => (findings === undefined ? 6 : 2);
/** Columns between the two halves of a wide question. */
export const gutter = 3;

/** Lines of each part of a question; only what is wrong changes them while it is open. */
export function arrangeQuestion(body: QuestionBody, size: Size, rows: number) {
  const width = size.isWide ? Math.max(64, Math.floor(size.width * 0.56)) : size.width;
  const asideWidth = size.isWide ? size.width - width - gutter : width;
  const titleLines = wrap(body.title, width - 1, 3, '').length;
  const told = body.problem ?? body.notice;
  const helpLines =
    told === undefined
      ? Math.min(mostHelp(body), wrap(body.help, width - 1, 7, '').length)
      : problemRows(told, width, size.isSmall ? 4 : 6, signs).length;
  const wanted = Math.min(body.optionCount, mostOptions);
  const hasInput = body.input === undefined ? 0 : 1;
  const hasFilter = body.filter === undefined ? 0 : 1;
  // The filter takes the place of the blank line.
  const gapBeforeList = size.isSmall || hasFilter === 1 ? 0 : 1;
  const hasDetail = body.optionCount === 0 || size.isSmall ? 0 : 1;
  // What is wrong, and what to do about it, must be seen.
  const leastHelp = told === undefined ? Math.min(1, helpLines) : helpLines;
  const hasAside = body.findings !== undefined && !size.isSmall;
  // Without a cluster it is one line.
  const isAsked = body.findings?.state !== 'offline' && body.findings?.state !== 'awaited';
  const aside: readonly ['findings' | 'gapBeforeChanges' | 'changes', number][] = !hasAside
    ? []
    : [
        ['findings', isAsked ? 4 : 2],
        ['changes', 1],
        ['findings', isAsked ? 1 : 0],
        ['gapBeforeChanges', 1],
        ['findings', isAsked && size.isWide ? 6 : 0],
        ['changes', size.isWide ? 4 : 0],
      ];
  // Where findings have no room, a line says that there are some.
  const hasSign = body.findings !== undefined && size.isSmall ? 1 : 0;
  const question = [
    ['title', titleLines],
    ['input', hasInput],
    ['list', Math.min(wanted, 4)],
    ['filter', hasFilter],
    ['sign', hasSign],
    ['help', leastHelp],
  ] as const;
  const comfort = [
    ['detail', hasDetail],
    ['list', Math.min(wanted, 7) - Math.min(wanted, 4)],
    // Most descriptions that do not fit beside their label need a second line.
    ['detail', hasDetail],
    ['gapBeforeDetail', hasDetail],
    ['help', helpLines - leastHelp],
    ['list', wanted - Math.min(wanted, 7)],
  ] as const;
  const gaps = [
    ['gapBeforeList', gapBeforeList],
    ['gapBeforeFindings', hasAside ? 1 : 0],
  ] as const;
  if (size.isWide)
    return {
      width,
      asideWidth,

      parts: {
        ...none,
        ...allot(rows, [...question, ['gapBeforeList', gapBeforeList], ...comfort]),
        ...allot(rows, aside),
      },
    };
  return {
    width,
    asideWidth,
    gutter,
    parts: {
      ...none,
      ...allot(rows, [...question, ...gaps, ...aside.slice(0, 2), ...comfort, ...aside.slice(2)]),
    },
  };
}

const none = { findings: 0, gapBeforeChanges: 0, changes: 0, gapBeforeFindings: 0, detail: 0 };

/** Lines that a question would like to have. */
export function questionHeight(body: QuestionBody, size: Size): number {
  const { parts } = arrangeQuestion(body, size, 1000);
  const { findings, gapBeforeChanges, changes, gapBeforeFindings, ...question } = parts;
  const sum = (lines: Readonly<Record<string, number>>) =>
    Object.values(lines).reduce((total, one) => total + one, 0);
  const aside = findings + gapBeforeChanges + changes;
  return size.isWide ? Math.max(sum(question), aside) : sum(question) + gapBeforeFindings + aside;
}

export function titleRows({ title }: QuestionBody, width: number, rows: number): RowText[] {
  return wrap(title, width - 1, rows, '').map((text) => [span(` ${text}`, 'strong')]);
}

/** The whole description of the option under the cursor, where the list has no room for it. */
export function detailRows(
  { options, cursor }: QuestionBody,
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  const option = options[cursor];
  if (!option || fitsBeside(option, labelWidth(options, width), width)) return [];
  const id = option.blockedBy === undefined ? '' : ` (${option.blockedBy})`;
  const indent = ' '.repeat(3 + widthOf(symbols.cursor));
  return wrap(`${option.description}${id}`, width - indent.length, rows, symbols.ellipsis).map(
    (text) => [span(`${indent}${text}`, 'muted')],
  );
}
