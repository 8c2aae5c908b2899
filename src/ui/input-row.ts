import type { InputView } from '../wizard/view.ts';
import type { Theme } from './looks.ts';
import { type RowText, span } from './row.ts';
import { textWindow } from './text-window.ts';

/**
 * A text field: `   ❯ 50Gi▏`; beside options it says what it is. The caret is inverse where there are styles, a bar where there are
 * none; a text longer than the field shows the part around it.
 */
export function inputRow(
  { text, caret, placeholder }: InputView,
  {
    width,
    hasFocus,
    hasOptions,
    theme,
  }: { width: number; hasFocus: boolean; hasOptions: boolean; theme: Theme },
): RowText {
  const { symbols, colors, isSpoken } = theme;
  if (isSpoken) return [span(text === '' ? placeholder : text)];
  const start = span(hasFocus ? `  ${symbols.cursor} ` : '    ', 'accent');
  const label = hasOptions ? 'or type: ' : '';
  const name = span(label, hasFocus ? 'plain' : 'muted');
  const room = Math.max(1, width - 6 - label.length);
  const { before, at, after } = textWindow(text, caret, room);
  const hint = text === '' ? [span(placeholder, 'muted')] : [];
  if (!hasFocus) return [start, name, span(before + at + after, 'muted'), ...hint];
  return colors
    ? [start, name, span(before), span(at === '' ? ' ' : at, 'caret'), span(after), ...hint]
    : [start, name, span(before + symbols.caret + at + after), ...hint];
}
