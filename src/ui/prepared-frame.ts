import type { FirstLook } from './first-frame.ts';
import { type FirstTarget, usualTarget } from './first-target.ts';
import { growTo } from './growing-frame.ts';
import { preparedFrames } from './prepared-frames.ts';
import { sizeOf } from './size.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const styles = /\u001b\[\d+m/g;

/**
 * The first frame as `firstFrame` draws it, where it is known before the program runs.
 * @returns undefined for another target than the usual one, in a small terminal, and in ASCII
 */
export function preparedFrame(
  target: FirstTarget,
  { columns, rows, colors, unicode }: FirstLook,
): string[] | undefined {
  const isUsual = Object.entries(usualTarget).every(
    ([key, usual]) => target[key as keyof FirstTarget] === usual,
  );
  if (!isUsual || !unicode || sizeOf(columns, rows).isSmall) return undefined;
  const frame = preparedFrames.findLast(({ columns: fewest }) => fewest <= columns);
  const lines = frame && growTo(columns, frame);
  return colors ? lines : lines?.map((line) => line.replace(styles, ''));
}
