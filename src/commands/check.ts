import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { userValues } from '../values/layers.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { makeDraft } from './draft.ts';
import { judge } from './judge.ts';
import { refuseProblems } from './refuse.ts';
import { openSession } from './session.ts';
import { readSets } from './sets.ts';
import { readValuesInput } from './values-input.ts';

/** `check`: what will not work with these values on this cluster. Changes nothing. */
export async function check(context: CommandContext): Promise<ExitCode> {
  const problems = [...context.invocation.problems];
  const chart = chartOf(context, problems);
  const input = await readValuesInput(context, problems);
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(userValues(layers)));
  const session = await openSession(context, problems);
  try {
    // Nothing given: what is live is judged.
    const startsFromLive = () => layers.length === 0;
    const draft = await makeDraft(context, session, { chart, input, startsFromLive });
    const judgement = await judge(context, draft);
    refuseProblems(exitCodes.usage, judgement.problems);
    const { findings } = judgement;
    context.print(
      wantsJson(context)
        ? `${JSON.stringify({ version: 1, target: session.target, findings })}\n`
        : `${formatFindings(findings, context.palette, { verbose: context.flags.isOn('verbose') }).join('\n')}\n`,
    );
    return findings.some(({ status }) => status === 'fail') ? exitCodes.unfit : exitCodes.done;
  } finally {
    await session.close();
  }
}
