import { firstFrame, firstView } from './first-frame.ts';
import { usualTarget } from './first-target.ts';
import { type GrowingFrame, growingFrame, growTo } from './growing-frame.ts';
import { createTheme, type Symbols } from './looks.ts';
import { sizeOf } from './size.ts';

/** In so many rows it is not small; from so many columns on it grows no more. */
const [rows, widest] = [24, 140];

/**
 * The first frame for the usual target, in every terminal that shows Unicode and is not small.
 * Data only: the build puts in what this module makes, and leaves out what lays a screen out, which
 * takes longer to load and to run for the first time than all else that is done before the frame is
 * there.
 */
export const preparedFrames: readonly GrowingFrame[] = prepare();

/** Those of the place, which is not the same for every target. */
export const preparedSymbols: Pick<Symbols, 'separator' | 'ellipsis'> = prepareSymbols();

function prepareSymbols() {
  const look = { colors: true, unicode: true, isSpoken: false };
  const { separator, ellipsis } = createTheme(look).symbols;
  return { separator, ellipsis };
}

function prepare(): readonly GrowingFrame[] {
  const draw = (columns: number) =>
    firstFrame(firstView(usualTarget), { columns, rows, colors: true, unicode: true });
  const frames: GrowingFrame[] = [];
  for (let columns = 1; columns <= widest; columns += 1) {
    if (sizeOf(columns, rows).isSmall) continue;
    const [lines, last] = [draw(columns), frames.at(-1)];
    if (last && growTo(columns, last).join('\n') === lines.join('\n')) continue;
    frames.push(growingFrame(columns, lines, draw(columns + 1)));
  }
  return frames;
}
