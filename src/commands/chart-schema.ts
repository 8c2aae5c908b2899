import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledChart } from '../bundled-chart.ts';
import { readParts } from '../files/read-parts.ts';
import type { Chart } from '../release/types.ts';
import { type ChartSchema, fillEffective, withDefaults } from '../values/chart-schema.ts';
import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { builtSchemaPlaces } from './built-data.ts';
import type { CommandContext } from './context.ts';

/** The schema of the bundled chart's values, as the package has it. */
export async function readChartSchema({
  packageRoot,
}: Pick<CommandContext, 'packageRoot'>): Promise<ChartSchema> {
  // The sources read what the archive is made of.
  const content = builtSchemaPlaces
    ? readParts(bundledChart(packageRoot), builtSchemaPlaces)
    : readFileSync(join(packageRoot, 'charts', 'xerv', 'values.schema.json'));
  // Not parsed by zod: it is a part of the program, made from its own zod schema.
  return JSON.parse(content.toString()) as ChartSchema;
}

/** Effective values as the schema has them; for another chart, the defaults of ours. */
export function typedValues(
  schema: ChartSchema,
  { bundled }: Pick<Chart, 'bundled'>,
  effective: Tree,
): Values {
  const values: unknown = bundled ? fillEffective(schema, effective) : withDefaults(schema, {});
  return values as Values;
}
