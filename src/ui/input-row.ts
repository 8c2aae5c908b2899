import type { InputView } from '../wizard/view.ts';
import type { Theme } from './looks.ts';
import { type RowText, span } from './row.ts';

/**
 * A text field: `   ❯ 50Gi▏`. The caret is inverse where there are styles, a bar where there are
 * none; a text longer than the field shows the part around it.
 */
export function inputRow(
  { text, caret, placeholder }: InputView,
  { width, hasFocus, theme }: { width: number; hasFocus: boolean; theme: Theme },
): RowText {
  const { symbols, colors, isSpoken } = theme;
  if (isSpoken) return [span(text === '' ? placeholder : text)];
  const start = span(hasFocus ? `  ${symbols.cursor} ` : '    ', 'accent');
  const room = Math.max(1, width - 6);
  const first = Math.max(0, Math.min(caret - room + 1, text.length - room + 1));
  const before = text.slice(first, caret);
  const at = text.slice(caret, caret + 1);
  const after = text.slice(caret + 1, first + room);
  const hint = text === '' ? [span(placeholder, 'muted')] : [];
  if (!hasFocus) return [start, span(before + at + after), ...hint];
  return colors
    ? [start, span(before), span(at === '' ? ' ' : at, 'caret'), span(after), ...hint]
    : [start, span(before + symbols.caret + at + after), ...hint];
}
