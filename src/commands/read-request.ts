import type { Problem } from '../errors.ts';
import type { Chart } from '../release/types.ts';
import type { ChartSchema } from '../values/chart-schema.ts';
import { type Layers, userValues } from '../values/layers.ts';
import { validateLayers } from '../values/validate-layers.ts';
import { chartOf } from './chart.ts';
import { readChartSchema } from './chart-schema.ts';
import type { CommandContext } from './context.ts';
import { beginRendering, type EarlyRendering } from './early-rendering.ts';
import { readLetPass } from './let-pass.ts';
import { readSets } from './sets.ts';
import type { Skips } from './skips.ts';
import { readValuesInput, type ValuesInput } from './values-input.ts';

/** What an invocation asks for, as far as no cluster is needed to read it. */
export interface Request {
  readonly chart: Chart;
  readonly skips: Skips;
  readonly input: ValuesInput;
  /** The layers of `input`, and those of --set on top. */
  readonly layers: Layers;
  /** Of the bundled chart's values. */
  readonly schema: ChartSchema;
  /** What helm makes of them, begun already; undefined where it would hardly be of use. */
  readonly early?: EarlyRendering | undefined;
}

/**
 * Reads chart, values and let-pass checks of an invocation, and validates the values.
 * @param problems where everything that is wrong goes
 * @param until given where these layers alone, if there are any, will be rendered: then helm begins
 *   with it at once, until it aborts
 */
export async function readRequest(
  context: CommandContext,
  problems: Problem[],
  until: AbortSignal | undefined,
): Promise<Request> {
  const chart = chartOf(context, problems);
  const skips = await readLetPass(context, problems);
  const [input, schema] = await Promise.all([
    readValuesInput(context, problems),
    readChartSchema(context),
  ]);
  // Once more with the live values in the draft, where they lie below.
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0)
    problems.push(...validateLayers(schema, userValues(layers), layers));
  const early =
    until && layers.length > 0 && problems.length === 0
      ? beginRendering(context, chart, layers, until)
      : undefined;
  return { chart, skips, input, layers, schema, early };
}
