import { bundledChart } from '../bundled-chart.ts';
import type { Problem } from '../errors.ts';
import type { Chart } from '../release/types.ts';
import type { CommandContext } from './context.ts';

/** The chart that an invocation is about: `--chart`, or the one in this package. */
export function chartOf({ flags, packageRoot }: CommandContext, problems: Problem[]): Chart {
  const reference = flags.text('chart');
  const version = flags.text('chart-version');
  if (reference !== undefined)
    return { reference, bundled: false, ...(version === undefined ? {} : { version }) };
  if (version !== undefined)
    problems.push({
      message: '--chart-version needs --chart; the bundled chart has only one version.',
      where: '--chart-version',
    });
  return { reference: bundledChart(packageRoot), bundled: true };
}
