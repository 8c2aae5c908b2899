/** Rows that lines of such widths take in a terminal of so many columns, which wraps them. */
export function rowsIn(widths: readonly number[], columns: number): number {
  return widths.reduce((sum, width) => sum + rowsOfLine(width, columns), 0);
}

/** The widths of what fills the first `rows` rows; of the last line as much as is in them. */
export function firstRows(widths: readonly number[], rows: number, columns: number): number[] {
  let left = rows;
  return widths.flatMap((width) => {
    const within = Math.min(left, rowsOfLine(width, columns));
    left -= within;
    return within === 0 ? [] : [Math.min(width, within * columns)];
  });
}

/** Those without what fills the last `rows` rows. */
export function withoutLastRows(widths: readonly number[], rows: number, columns: number) {
  return firstRows(widths, rowsIn(widths, columns) - rows, columns);
}

function rowsOfLine(width: number, columns: number): number {
  return Math.max(1, Math.ceil(width / Math.max(1, columns)));
}
