import type { Problem } from '../errors.ts';
import type { ChartSchema } from './chart-schema.ts';
import { describeOrigin, type Layers, originOf } from './layers.ts';
import { parsePath } from './path.ts';
import type { Tree } from './tree.ts';
import { validateValues } from './validate.ts';

/**
 * Everything that is wrong with the users' layers, and which of them says it: of several files and
 * flags people would have to guess.
 * @param schema of the whole chart
 * @param values what the layers come to
 */
export function validateLayers(schema: ChartSchema, values: Tree, layers: Layers): Problem[] {
  return validateValues(schema, values).map((problem) => {
    const source = sourceOf(layers, problem);
    return source === undefined ? problem : { ...problem, why: `It comes from ${source}.` };
  });
}

/** The flag of a --set alone is told: a password may stand under a name that nobody knows. */
function sourceOf(layers: Layers, { where }: Problem): string | undefined {
  const path = where === undefined ? undefined : parsePath(where);
  const origin = path && originOf(layers, path);
  if (!origin || origin.kind === 'default') return undefined;
  return origin.kind === 'set' ? origin.flag : describeOrigin(origin);
}
