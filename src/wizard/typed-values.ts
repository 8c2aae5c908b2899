import {
  type ChartSchema,
  fillDefaults,
  fillEffective,
  fitsSchema,
} from '../values/chart-schema.ts';
import type { Values } from '../values/schema/index.ts';
import { areEqual, type Node, type Tree } from '../values/tree.ts';

/** Effective values, and the same as the schema has them. */
export interface TypedValues {
  readonly effective: Tree;
  readonly values: Values;
}

/**
 * Reads effective values as the schema has them. Each key of the root is read on its own, so that
 * a change costs only what it touches, and a key that the schema refuses (which is told elsewhere)
 * leaves the others usable: it counts as its default.
 * @param schema of the whole chart
 * @param before what most keys are equal to
 */
export function typeValues(
  schema: ChartSchema,
  effective: Tree,
  before?: TypedValues,
): TypedValues {
  const values: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    const node = effective[key];
    const same = before !== undefined && areEqual(before.effective[key], node);
    values[key] = same ? before.values[key as keyof Values] : readKey(part, node);
  }
  return { effective, values: values as Values };
}

function readKey(schema: ChartSchema, node: Node | undefined): unknown {
  const isUsable = node === undefined || fitsSchema(schema, node);
  return isUsable ? fillEffective(schema, node) : fillDefaults(schema, undefined);
}

/** The chart's defaults are as the schema has them. */
export function typedDefaults(chartDefaults: Tree): Values {
  const values: unknown = chartDefaults;
  return values as Values;
}
