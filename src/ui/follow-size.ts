import { eraseBelow } from './erase.ts';
import { firstRows, rowsIn, withoutLastRows } from './pushed-out.ts';
import { type Size, sizeOf } from './size.ts';

interface Frame {
  /** Columns that each line of the frame takes, as it is in such a terminal. */
  readonly widthsOf: (size: Size) => readonly number[];
  /** How many lines stand above it that stay there. */
  readonly toldCount: () => number;
  /** Erases what was drawn, as many lines as it had, and counts on it no longer. */
  readonly forget: () => void;
  readonly redraw: () => void;
}

/**
 * Lays the screen out anew when the terminal's size changes, before Ink draws: it would draw the
 * screen as it was first, higher than the terminal is now. A terminal that becomes narrower than the
 * frame wraps its lines, of which Ink, counting them as they were, would leave a part standing. What
 * one that became too small for the frame has pushed out at its top comes back when it grows, and
 * would stand above the frame. Both are erased, and nothing of what stood above before.
 */
export function followSize(stdout: NodeJS.WriteStream, frame: Frame) {
  let { columns, rows } = stdout;
  /** Widths of lines of frames of before that are in the scrollback now, right above the frame. */
  let pushedOut: readonly number[] = [];
  let told = frame.toldCount();
  const onResize = () => {
    const hasGrown = stdout.columns > columns || stdout.rows > rows;
    const widths = frame.widthsOf(sizeOf(columns, rows));
    // What was told since stands between them.
    if (frame.toldCount() !== told) pushedOut = [];
    told = frame.toldCount();
    ({ columns, rows } = stdout);
    const drawn = rowsIn(widths, columns);
    // The cursor has the row below.
    const room = Math.max(0, rows - drawn - 1);
    const back = hasGrown ? Math.min(rowsIn(pushedOut, columns), room) : 0;
    const above = drawn - widths.length + back;
    if (above > 0) {
      frame.forget();
      stdout.write(`\r\u001b[${above}A${eraseBelow}`);
    }
    const cut = Math.max(0, drawn + 1 - rows);
    pushedOut = [...withoutLastRows(pushedOut, back, columns), ...firstRows(widths, cut, columns)];
    frame.redraw();
  };
  stdout.prependListener('resize', onResize);
  return { dispose: () => stdout.removeListener('resize', onResize) };
}
