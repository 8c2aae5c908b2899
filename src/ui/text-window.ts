/** The part of a text that stands in a field of so many columns, its caret in sight. */
export function textWindow(text: string, caret: number, columns: number) {
  const first = Math.max(0, Math.min(caret - columns + 1, text.length - columns + 1));
  return {
    before: text.slice(first, caret),
    at: text.slice(caret, caret + 1),
    after: text.slice(caret + 1, first + columns),
  };
}
