import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { ChartMetadata, ChartSource } from '../types.ts';

const text = z._default(
  z.pipe(
    z.nullable(z.union([z.string(), z.number()])),
    z.transform((value) => String(value ?? '')),
  ),
  '',
);

const chartSchema = z.looseObject({ name: z.string(), version: text, appVersion: text });

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

/**
 * Reads a Chart.yaml, also as `helm show chart` prints it.
 *
 * @returns undefined where it is not one
 */
export async function parseChartMetadata(content: string): Promise<ChartMetadata | undefined> {
  const { parse } = await import('yaml');
  let plain: unknown;
  try {
    plain = parse(content, { logLevel: 'silent', uniqueKeys: false });
  } catch {
    return undefined;
  }
  const parsed = z.safeParse(chartSchema, plain);
  if (!parsed.success) return undefined;
  const { name, version, appVersion } = parsed.data;
  return { name, version, appVersion };
}
