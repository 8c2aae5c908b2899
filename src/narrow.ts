/**
 * Whether a text holds nothing but printable ASCII and such symbols as are named. True of most texts,
 * and told sooner than by an expression, which V8 compiles when it is first used.
 */
export function isNarrow(text: string, symbols: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 || code > 0x7e) && !symbols.includes(text.charAt(index))) return false;
  }
  return true;
}
