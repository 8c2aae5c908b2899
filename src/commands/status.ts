import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatStatus } from '../plain/status-lines.ts';
import { type Health, readStatus } from '../release/status.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { openSession } from './open-session.ts';

/** A release that does not do well is no failure of `status`; one that is not there is. */
const exitCodeOf: Readonly<Record<Health, ExitCode>> = {
  healthy: exitCodes.done,
  progressing: exitCodes.done,
  failing: exitCodes.done,
  absent: exitCodes.unfit,
  unknown: exitCodes.unfit,
};

/** `status`: the release, its pods and claims, what is wrong and why. Changes nothing. */
export async function status(context: CommandContext): Promise<ExitCode> {
  const session = await openSession(context, context.invocation.problems);
  try {
    const read = await readStatus(session, session.target, context.signal);
    context.signal.throwIfAborted();
    if (wantsJson(context)) context.print(`${JSON.stringify(read)}\n`);
    else context.show(`${formatStatus(read, context.palette).join('\n')}\n`);
    return exitCodeOf[read.health];
  } finally {
    await session.close();
  }
}
