import { readFileSync } from 'node:fs';

/** As kubectl writes it: one line that is the same text in every version of YAML. */
const plainLine = /^current-context: (["']?)([A-Za-z0-9][\w.:@/+-]*)\1 *\r?$/gm;

/**
 * The current context of kubeconfig files, without parsing them: the first file that sets one wins.
 * @returns undefined where that is not plain to see; then the files have to be parsed
 */
export function currentContext(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = read(path);
    const [only, ...others] = [...text.matchAll(plainLine)];
    const mentions = text.split('current-context').length - 1;
    if (only && others.length === 0 && mentions === 1) return only[2];
    if (mentions > 0) return undefined;
  }
  return undefined;
}

/** Missing files are passed over, as kubectl does. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
