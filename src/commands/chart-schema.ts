import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Chart } from '../release/types.ts';
import { type ChartSchema, fitsSchema, withDefaults } from '../values/chart-schema.ts';
import type { Values } from '../values/schema/index.ts';
import { type Tree, withoutNulls } from '../values/tree.ts';
import type { CommandContext } from './context.ts';

/** The schema of the bundled chart's values, as the package has it. */
export async function readChartSchema({
  packageRoot,
}: Pick<CommandContext, 'packageRoot'>): Promise<ChartSchema> {
  const file = join(packageRoot, 'charts', 'xerv', 'values.schema.json');
  // Not parsed by zod: it is a part of the program, made from its own zod schema.
  return JSON.parse(await readFile(file, 'utf8')) as ChartSchema;
}

/** Everything that is wrong with values for the bundled chart, in a user's words. */
export async function findValueProblems(
  schema: ChartSchema,
  values: Tree,
): Promise<readonly Problem[]> {
  if (fitsSchema(schema, withoutNulls(values))) return [];
  // Loaded for its words only: it takes as long as helm needs to start.
  const { validateValues } = await import('../values/validate.ts');
  return validateValues(values);
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
