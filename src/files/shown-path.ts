import { isAbsolute, relative, sep } from 'node:path';

/**
 * A path as people are told it: from the working directory on where it lies below that, such as
 * `./xerv-values.yaml`; else as it is.
 * @param path absolute, or `-` for standard output
 */
export function shownPath(path: string, workingDirectory: string): string {
  if (!isAbsolute(path)) return path;
  const below = relative(workingDirectory, path);
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`);
  return isBelow && !isAbsolute(below) ? `.${sep}${below}` : path;
}
