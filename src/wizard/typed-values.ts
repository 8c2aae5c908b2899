import * as z from 'zod/mini';
import { type Values, valuesSchema } from '../values/schema/index.ts';
import { areEqual, type Tree } from '../values/tree.ts';

/** Effective values, and the same as the schema has them. */
export interface TypedValues {
  readonly effective: Tree;
  readonly values: Values;
}

const shape = valuesSchema._zod.def.shape as Readonly<Record<string, z.ZodMiniType>>;

/**
 * Reads effective values as the schema has them. Each key of the root is read on its own, so that
 * a change costs only what it touches, and a key that the schema refuses (which is told elsewhere)
 * leaves the others usable: it counts as its default.
 * @param before what most keys are equal to
 */
export function typeValues(effective: Tree, before?: TypedValues): TypedValues {
  const values: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const node = effective[key];
    const same = before !== undefined && areEqual(before.effective[key], node);
    values[key] = same ? before.values[key as keyof Values] : readKey(schema, node);
  }
  return { effective, values: values as Values };
}

function readKey(schema: z.ZodMiniType, node: unknown): unknown {
  const read = z.safeParse(schema, node ?? undefined);
  return read.success ? read.data : z.parse(schema, undefined);
}
