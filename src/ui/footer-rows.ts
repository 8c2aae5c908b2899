import type { KeyHint } from '../wizard/view.ts';
import { keyName } from './key-names.ts';
import type { Symbols } from './looks.ts';
import { type RowText, rowWidth, span } from './row.ts';

/** Where there is no room for all, the last ones stay: they tell the others and how to leave. */
export function footerRows(
  keys: readonly KeyHint[],
  width: number,
  rows: number,
  symbols: Symbols,
): RowText[] {
  for (let left = keys.length; left >= 0; left -= 1) {
    const kept = [...keys.slice(0, Math.max(0, left - 2)), ...keys.slice(-Math.min(2, left))];
    const lines = flow(kept, width, symbols);
    if (lines.length <= rows) return lines;
  }
  return [];
}

/** Below so many columns every one counts. */
const narrow = 60;

function flow(keys: readonly KeyHint[], width: number, symbols: Symbols): RowText[] {
  const lines: RowText[] = [];
  let line: RowText = [];
  const gap = width < narrow ? '  ' : '   ';
  for (const { key, does } of keys) {
    const hint = [span(keyName(key, symbols), 'strong'), span(` ${does}`, 'muted')];
    const longer = [...line, span(line.length === 0 ? ' ' : gap), ...hint];
    if (line.length > 0 && rowWidth(longer) > width) {
      lines.push(line);
      line = [span(' '), ...hint];
    } else line = longer;
  }
  return line.length === 0 ? lines : [...lines, line];
}
