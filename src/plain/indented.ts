/** The lines of a text, each below the one before: none falls back to the edge of the screen. */
export function indented(text: string, spaces: number): string[] {
  return text.split('\n').map((line) => `${' '.repeat(spaces)}${line}`.trimEnd());
}
