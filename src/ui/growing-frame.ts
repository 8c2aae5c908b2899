/** A frame for some widths of the terminal: what differs is the gap between the ends of its lines. */
export interface GrowingFrame {
  /** The fewest that it is for. */
  readonly columns: number;
  /** With a mark in the gap, where a line has one. */
  readonly lines: readonly string[];
}

/** In no text that is drawn. */
const gap = '\0';

/**
 * @param lines for so many columns
 * @param wider for one column more
 */
export function growingFrame(
  columns: number,
  lines: readonly string[],
  wider: readonly string[],
): GrowingFrame {
  return { columns, lines: lines.map((line, index) => withGap(line, wider[index])) };
}

function withGap(line: string, wider: string | undefined): string {
  for (let index = line.length; index > 0; index -= 1) {
    const [left, right] = [line.slice(0, index), line.slice(index)];
    if (wider === `${left} ${right}`) return left + gap + right;
  }
  return line;
}

/** The frame in a terminal of so many columns, as far as it is for that many. */
export function growTo(columns: number, frame: GrowingFrame): string[] {
  const added = ' '.repeat(columns - frame.columns);
  return frame.lines.map((line) => line.replace(gap, added));
}
