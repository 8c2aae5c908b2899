import { parse } from 'yaml';
import * as z from 'zod/mini';
import type { ChartMetadata } from '../types.ts';

const text = z._default(
  z.pipe(
    z.nullable(z.union([z.string(), z.number()])),
    z.transform((value) => String(value ?? '')),
  ),
  '',
);

const chartSchema = z.looseObject({ name: z.string(), version: text, appVersion: text });

/**
 * Reads a Chart.yaml, also as `helm show chart` prints it.
 *
 * @returns undefined where it is not one
 */
export function parseChartMetadata(content: string): ChartMetadata | undefined {
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
