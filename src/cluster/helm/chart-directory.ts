import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartSource } from '../types.ts';

/** Whether the chart is a directory, which we read ourselves: no process is needed. */
export async function isChartDirectory({ reference }: ChartSource): Promise<boolean> {
  return stat(reference).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Reads a file of a chart directory.
 *
 * @returns undefined where the chart lacks it
 */
export async function readChartFile(
  { reference }: ChartSource,
  name: string,
): Promise<string | undefined> {
  return readFile(join(reference, name), 'utf8').catch(() => undefined);
}
