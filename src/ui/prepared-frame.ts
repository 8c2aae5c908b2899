import { isNarrow } from '../narrow.ts';
import { placeNames } from '../wizard/view/place.ts';
import type { FirstLook } from './first-frame.ts';
import { type FirstTarget, usualTarget } from './first-target.ts';
import { growTo } from './growing-frame.ts';
import { placeText } from './place-text.ts';
import { preparedFrames, preparedSymbols } from './prepared-frames.ts';
import { sizeOf } from './size.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const styles = /\u001b\[\d+m/g;

/**
 * The first frame as `firstFrame` draws it, where it is known before the program runs.
 * @returns undefined where it is not: for an uninstall, in a small terminal, in ASCII, and for names
 *   for which there is no room or that are not ASCII
 */
export function preparedFrame(
  target: FirstTarget,
  { columns, rows, colors, unicode }: FirstLook,
): string[] | undefined {
  const size = sizeOf(columns, rows);
  if (target.title !== usualTarget.title || !unicode || size.isSmall) return undefined;
  const frame = preparedFrames.findLast(({ columns: fewest }) => fewest <= columns);
  const [header = '', ...others] = frame ? growTo(columns, frame) : [];
  const here = withPlace(header, target, size.width);
  if (here === undefined) return undefined;
  const lines = [here, ...others];
  return colors ? lines : lines.map((line) => line.replace(styles, ''));
}

/** The frame's first line, which ends with the place, for another place. */
function withPlace(header: string, target: FirstTarget, width: number): string | undefined {
  const usual = placeText(placeNames(usualTarget), width, preparedSymbols);
  const start = header.lastIndexOf(usual);
  const left = header.slice(0, start);
  const title = left.replace(styles, '').trimEnd();
  const room = width - title.length - 2;
  const place = placeText(placeNames(target), room, preparedSymbols);
  const isPlain = isNarrow(place, Object.values(preparedSymbols).join(''));
  if (start === -1 || !isPlain || place.length > room) return undefined;
  const gap = left.lastIndexOf(' ') + 1;
  return [
    left.slice(0, gap).trimEnd(),
    ' '.repeat(width - title.length - place.length),
    left.slice(gap),
    place,
    header.slice(start + usual.length),
  ].join('');
}
