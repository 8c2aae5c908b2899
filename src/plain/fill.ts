// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours begin with one.
const style = /\u001b\[\d+m/g;

/** The text without its colours. */
export function unstyled(text: string): string {
  return text.replace(style, '');
}

/** Columns that a text takes; its colours take none. */
export function widthOf(text: string): number {
  return unstyled(text).length;
}

/**
 * Lines of words. A word that is too long for any line has one of its own.
 * @param words each with the spaces that follow it
 * @param columns how wide a line may be
 * @param lead what the first line begins with
 * @param hanging what the others begin with
 */
export function fill(
  words: readonly string[],
  columns: number,
  lead: string,
  hanging: string,
): string[] {
  const lines: string[] = [];
  let line = lead;
  words.forEach((one, index) => {
    if (index > 0 && widthOf(line) + widthOf(one.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = hanging;
    }
    line += one;
  });
  return [...lines, line];
}
