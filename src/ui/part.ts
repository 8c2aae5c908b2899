import { fitRow, type RowText, rowWidth, span } from './row.ts';

/** Lines that belong together, and what they are to somebody who hears them, in words of ARIA. */
export interface Part {
  readonly lines: readonly RowText[];
  readonly role?: 'listbox' | 'textbox' | 'timer' | 'progressbar';
  /** Of a list: what each line is. */
  readonly options?: readonly { readonly selected: boolean; readonly disabled: boolean }[];
}

/** Parts below each other. */
export interface Column {
  readonly parts: readonly Part[];
  readonly width: number;
}

/** Lines below each other: exactly `rows` of them, where that is given. */
export function linesPart(lines: readonly RowText[], rows = lines.length): Part {
  return { lines: exactly(lines, rows) };
}

/** As many lines as there is room for, or blank ones up to it. */
export function exactly(lines: readonly RowText[], rows: number): readonly RowText[] {
  if (lines.length >= rows) return lines.slice(0, Math.max(0, rows));
  return [...lines, ...Array.from({ length: rows - lines.length }, () => [])];
}

/** Columns beside each other, as lines. */
export function joinColumns(
  columns: readonly Column[],
  gutter: number,
  ellipsis: string,
): readonly RowText[] {
  const drawn = columns.map(({ parts, width }) => ({
    lines: parts.flatMap(({ lines }) => lines).map((line) => fitRow(line, width, ellipsis)),
    width,
  }));
  const height = Math.max(0, ...drawn.map(({ lines }) => lines.length));
  return Array.from(
    { length: height },
    (_, index) =>
      drawn.reduce<{ readonly line: RowText; readonly start: number }>(
        ({ line, start }, { lines, width }) => {
          const added = lines[index] ?? [];
          const gap = span(' '.repeat(Math.max(0, start - rowWidth(line))));
          return {
            line: added.length === 0 ? line : start === 0 ? added : [...line, gap, ...added],
            start: start + width + gutter,
          };
        },
        { line: [], start: 0 },
      ).line,
  );
}
