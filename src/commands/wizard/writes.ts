import { stat } from 'node:fs/promises';
import type { ValuesFile } from '../values-file.ts';

/** A file that will be written, and whether one is replaced; its content is kept as a backup. */
export async function describeWrite({
  path,
  shown,
}: Pick<ValuesFile, 'path' | 'shown'>): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists ? `${shown} (the old content is kept as a backup)` : shown;
}
