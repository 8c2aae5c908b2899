import type { Problem } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ApplyPlan } from '../release/types.ts';
import { misnamedConsent } from './consent.ts';
import type { CommandContext } from './context.ts';
import { beginSession } from './open-session.ts';
import { readRequest } from './read-request.ts';

/**
 * What `install` and `upgrade` share: plan, show, ask, apply, watch. Nothing is written before the
 * consent, neither to disk nor to the cluster.
 */
export async function changeRelease(
  context: CommandContext,
  action: ApplyPlan['action'],
): Promise<ExitCode> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems, ...misnamedConsent(context)];
  const startsFromLive = action === 'upgrade' && !context.flags.isOn('reset-values');
  const request = await readRequest(context, problems, startsFromLive ? undefined : opening.signal);
  // kubectl and helm are starting.
  const loading = import('./prepare-and-carry-out.ts');
  const session = await opening.finish(problems);
  try {
    const { prepareAndCarryOut } = await loading;
    return await prepareAndCarryOut(context, session, { ...request, action, startsFromLive });
  } finally {
    await session.close();
  }
}
