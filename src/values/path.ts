import type { Path } from './tree.ts';

/**
 * A path as helm writes it: `a.b[0].c`; a dot, comma, bracket, equals sign or backslash inside a
 * key is escaped (`nodeSelector.kubernetes\.io/os`), so that it can be pasted after `--set`.
 */
export function printPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += `${text === '' ? '' : '.'}${step.replace(/[\\.,=[\]]/g, '\\$&')}`;
  }
  return text;
}

/**
 * Reads a path as `printPath` writes it.
 *
 * @returns undefined where the text is no path: an empty key, an index that is no number
 */
export function parsePath(text: string): Path | undefined {
  const path: (string | number)[] = [];
  const step = /(?:^|(?<!^)\.)((?:[^\\.[\]]|\\[\s\S])+)|\[(\d{1,5})\]/y;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return undefined;
    if (match[2] !== undefined) path.push(Number(match[2]));
    else path.push((match[1] ?? '').replace(/\\([\s\S])/g, '$1'));
  }
  return path.length === 0 || typeof path[0] === 'number' ? undefined : path;
}
