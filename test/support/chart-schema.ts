import { readFileSync } from 'node:fs';
import type { ChartSchema } from '../../src/values/chart-schema.ts';

/** Of the bundled chart's values. */
export const chartSchema = JSON.parse(
  readFileSync(new URL('../../charts/xerv/values.schema.json', import.meta.url), 'utf8'),
) as ChartSchema;
