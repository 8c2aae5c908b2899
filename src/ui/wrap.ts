import wrapAnsi from 'wrap-ansi';
import { cut } from './text.ts';

/**
 * A text in at most `maxRows` rows, the last one cut where it would need more. Lines that are not
 * part of a screen are broken in src/plain, which keeps commands whole.
 */
export function wrap(text: string, width: number, maxRows: number, ellipsis: string): string[] {
  if (width <= 0 || maxRows <= 0) return [];
  const rows = wrapAnsi(text, width, { hard: true }).split('\n');
  if (rows.length <= maxRows) return rows;
  const last = rows.slice(maxRows - 1).join(' ');
  return [...rows.slice(0, maxRows - 1), cut(last, width, ellipsis)];
}
