import stringWidth from 'string-width';
import { isNarrow } from '../narrow.ts';

/** Symbols of ours that take one column, as all of ASCII does. */
const narrowSymbols = '…→·•–—✓✗●❯×“”‘’↑↓▏';

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return isNarrow(text, narrowSymbols) ? text.length : stringWidth(text);
}

/** The start of a text, no wider than `width`, with the ellipsis where something was cut off. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  if (room <= 0) return ellipsis.slice(0, Math.max(width, 0));
  let kept = '';
  let used = 0;
  for (const one of text) {
    used += widthOf(one);
    if (used > room) break;
    kept += one;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

/**
 * A text in so many columns, as `cut` does it; of a name (a text without blanks) both ends stay: what
 * tells `arn:aws:eks:…:cluster/prod` from others stands last.
 */
export function shorten(text: string, width: number, ellipsis: string): string {
  const room = width - widthOf(ellipsis);
  if (widthOf(text) <= width || room < 8 || text.includes(' ')) return cut(text, width, ellipsis);
  const end = startOf([...text].reverse(), Math.ceil(room / 2)).reverse();
  const start = startOf([...text], room - widthOf(end.join('')));
  return `${start.join('')}${ellipsis}${end.join('')}`;
}

/** As many characters as fit into so many columns. */
export function startOf(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((one) => {
    used += widthOf(one);
    return used > width;
  });
  return characters.slice(0, end === -1 ? undefined : end);
}

/** A text that fills `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
