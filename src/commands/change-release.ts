import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { ApplyPlan } from '../release/types.ts';
import { carryOut } from './carry-out.ts';
import type { CommandContext } from './context.ts';
import { findingProblems } from './finding-problems.ts';
import { prepareRelease } from './prepare.ts';
import { readRequest } from './read-request.ts';
import { refuseProblems } from './refuse.ts';
import { beginSession } from './session.ts';

/**
 * What `install` and `upgrade` share: plan, show, ask, apply, watch. Nothing is written before the
 * consent, neither to disk nor to the cluster.
 */
export async function changeRelease(
  context: CommandContext,
  action: ApplyPlan['action'],
): Promise<ExitCode> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  const startsFromLive = action === 'upgrade' && !context.flags.isOn('reset-values');
  const request = await readRequest(context, problems, !startsFromLive);
  const session = await opening.finish(problems);
  try {
    const prepared = await prepareRelease(context, session, {
      ...request,
      action,
      startsFromLive,
      writesValuesFile: true,
      findsNoEffect: false,
    });
    refuseProblems(exitCodes.unfit, findingProblems(prepared.findings));
    return await carryOut(context, prepared);
  } finally {
    await session.close();
  }
}
