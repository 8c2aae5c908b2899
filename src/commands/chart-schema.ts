import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from '../release/types.ts';
import { type ChartSchema, withDefaults } from '../values/chart-schema.ts';
import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';

/** The schema of the bundled chart's values, as the package has it. */
export async function readChartSchema({
  packageRoot,
}: Pick<CommandContext, 'packageRoot'>): Promise<ChartSchema> {
  const file = join(packageRoot, 'charts', 'xerv', 'values.schema.json');
  // At once: to wait for a thread takes longer. Not parsed by zod: it is a part of the program, made
  // from its own zod schema.
  return JSON.parse(readFileSync(file, 'utf8')) as ChartSchema;
}

/** Effective values as the schema has them; for another chart, the defaults of ours. */
export function typedValues(
  schema: ChartSchema,
  { bundled }: Pick<Chart, 'bundled'>,
  effective: Tree,
): Values {
  const values: unknown = withDefaults(schema, bundled ? effective : {});
  return values as Values;
}
