import { eraseBelow } from './erase.ts';
import { type Size, sizeOf } from './size.ts';

interface Frame {
  /** Columns that each line of the frame takes, as it is in such a terminal. */
  readonly widthsOf: (size: Size) => readonly number[];
  /** Erases what was drawn, as many lines as it had, and counts on it no longer. */
  readonly forget: () => void;
  readonly redraw: () => void;
}

/**
 * Lays the screen out anew when the terminal's size changes, before Ink draws: it would draw the
 * screen as it was first, higher than the terminal is now. A terminal that becomes narrower than the
 * frame wraps its lines, of which Ink, counting them as they were, would leave a part standing: just
 * those rows are erased. What one that became too small for the frame has pushed out at its top comes
 * back when it grows, and would stand above the frame: then the whole screen is.
 */
export function followSize(stdout: NodeJS.WriteStream, frame: Frame) {
  let { columns, rows } = stdout;
  let wasCut = false;
  const onResize = () => {
    const hasGrown = stdout.columns > columns || stdout.rows > rows;
    const widths = frame.widthsOf(sizeOf(columns, rows));
    ({ columns, rows } = stdout);
    const drawn = rowsIn(widths, columns);
    const wrapped = drawn - widths.length;
    const comesBack = wasCut && hasGrown;
    if (wrapped > 0 || comesBack) {
      frame.forget();
      stdout.write(`${comesBack ? '\u001b[H' : `\r\u001b[${wrapped}A`}${eraseBelow}`);
    }
    wasCut ||= drawn >= rows;
    frame.redraw();
  };
  stdout.prependListener('resize', onResize);
  return { dispose: () => stdout.removeListener('resize', onResize) };
}

/** Rows that lines of such widths take in a terminal of so many columns, which wraps them. */
function rowsIn(widths: readonly number[], columns: number): number {
  return widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
}
