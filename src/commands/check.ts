import type { Finding } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatJunit } from '../plain/junit.ts';
import type { Target } from '../release/events.ts';
import { userValues } from '../values/layers.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import type { CommandContext } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { fixValues } from './fix.ts';
import { judge } from './judge.ts';
import { refuseProblems } from './refuse.ts';
import { beginSession } from './session.ts';
import { readSets } from './sets.ts';
import { readSkips, skipFindings } from './skips.ts';
import { readValuesInput } from './values-input.ts';

/**
 * `check`: what will not work with these values on this cluster. Changes
 * nothing in the cluster; with --fix, the values file.
 */
export async function check(context: CommandContext): Promise<ExitCode> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  const chart = chartOf(context, problems);
  const skips = readSkips(context.flags, problems);
  const input = await readValuesInput(context, problems);
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(userValues(layers)));
  const session = await opening.finish(problems);
  try {
    // Nothing given: what is live is judged.
    const startsFromLive = () => layers.length === 0;
    const draft = await makeDraft(context, session, { chart, input, startsFromLive });
    const look = async (of: Draft) => {
      const judgement = await judge(context, of, draft.live ? 'upgrade' : 'install');
      refuseProblems(exitCodes.usage, judgement.problems);
      return skipFindings(judgement.findings, skips);
    };
    let findings = await look(draft);
    if (context.flags.isOn('fix')) {
      const fixed = await fixValues(context, draft, input, findings);
      if (fixed) findings = await look(fixed);
    }
    context.print(format(context, session.target, findings));
    return findings.some(({ status }) => status === 'fail') ? exitCodes.unfit : exitCodes.done;
  } finally {
    await session.close();
  }
}

function format(
  { flags, palette }: CommandContext,
  target: Target,
  findings: readonly Finding[],
): string {
  switch (flags.text('output')) {
    case 'json':
      return `${JSON.stringify({ version: 1, target, findings })}\n`;
    case 'junit':
      return formatJunit(findings, target);
    default:
      return `${formatFindings(findings, palette, { verbose: flags.isOn('verbose') }).join('\n')}\n`;
  }
}
