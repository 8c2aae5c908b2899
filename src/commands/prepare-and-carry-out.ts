import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { carryOut } from './carry-out.ts';
import type { CommandContext } from './context.ts';
import { findingProblems } from './finding-problems.ts';
import { prepareRelease, type Wish } from './prepare.ts';
import { refuseProblems } from './refuse.ts';
import type { Session } from './session.ts';

/** `install` and `upgrade` with a cluster that has answered. */
export async function prepareAndCarryOut(
  context: CommandContext,
  session: Session,
  wish: Omit<Wish, 'writesValuesFile' | 'findsNoEffect'>,
): Promise<ExitCode> {
  const prepared = await prepareRelease(context, session, {
    ...wish,
    writesValuesFile: true,
    findsNoEffect: false,
  });
  refuseProblems(exitCodes.unfit, findingProblems(prepared.findings));
  return carryOut(context, prepared);
}
