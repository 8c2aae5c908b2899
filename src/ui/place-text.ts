import type { Symbols } from './looks.ts';
import { shorten, widthOf } from './text.ts';

/** The fewest columns of a cluster's name that tell it from others. */
const leastName = 20;

/** Where; a long name of the cluster, which stands first, makes room for what comes after it. */
export function placeText(
  [first, ...others]: readonly string[],
  room: number,
  { separator, ellipsis }: Pick<Symbols, 'separator' | 'ellipsis'>,
): string {
  if (first === undefined) return '';
  const rest = others.map((one) => ` ${separator} ${one}`).join('');
  return `${shorten(first, Math.max(leastName, room - widthOf(rest)), ellipsis)}${rest}`;
}
