import { DeployError, type Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { describeTarget } from '../plain/event-lines.ts';
import { formatLedger } from '../plain/ledger-lines.ts';
import type { Reporter } from '../plain/reporter.ts';
import { conclude, notice } from '../release/outcome.ts';
import { ownClaims, planUninstall, type UninstallPlan } from '../release/plan-uninstall.ts';
import { mayNotDelete } from '../release/uninstall/protect.ts';
import { uninstallRelease } from '../release/uninstall.ts';
import { askToChange, misnamedConsent, unconfirmed } from './consent.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { openSession } from './open-session.ts';
import { createReporter } from './output.ts';
import { refuseProblems } from './refuse.ts';
import { reportAll } from './report.ts';
import { readTargetFlags } from './target-flags.ts';

/** `uninstall`: shows what goes and what becomes of the data, asks, removes. */
export async function uninstall(context: CommandContext): Promise<ExitCode> {
  const session = await openSession(context, [
    ...context.invocation.problems,
    ...flagProblems(context),
  ]);
  const reporter = createReporter(context);
  try {
    const plan = await planUninstall(session, session.target, context.signal);
    context.signal.throwIfAborted();
    refuseProblems(exitCodes.unfit, plan.problems);
    show(context, reporter, plan);
    const forbidden = context.flags.isOn('delete-data')
      ? await mayNotDelete(session, plan)
      : undefined;
    if (forbidden) refuseProblems(exitCodes.unfit, [forbidden]);
    if (context.flags.isOn('dry-run'))
      return await reportAll(context, reporter, nothingChanged('Dry run.'));
    const deleteData = await askForConsent(context, plan);
    if (deleteData === undefined)
      return await reportAll(context, reporter, nothingChanged('Not confirmed.', true));
    const { timeoutSeconds } = session;
    return await reportAll(
      context,
      reporter,
      uninstallRelease(
        session,
        plan,
        { deleteData, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) },
        context.signal,
      ),
    );
  } finally {
    await session.close();
  }
}

/** What can be told without asking a cluster. */
function flagProblems(context: CommandContext): Problem[] {
  const { flags, terminal } = context;
  const problems = misnamedConsent(context);
  if (flags.isOn('delete-data') && flags.isOn('keep-data'))
    problems.push({ message: '--delete-data and --keep-data contradict each other.' });
  if (flags.isOn('delete-data') && flags.text('confirm') === undefined && !terminal.interactive)
    problems.push(
      unconfirmed('--delete-data', readTargetFlags(flags), 'It erases data permanently.'),
    );
  return problems;
}

function show(context: CommandContext, reporter: Reporter, plan: UninstallPlan): void {
  reporter.event({ type: 'target', target: plan.target, action: 'uninstall' });
  for (const warning of plan.warnings) reporter.event(notice(warning, 'warning'));
  if (wantsJson(context)) {
    const { removes, secrets, ledger } = plan;
    context.print(`${JSON.stringify({ type: 'uninstall-plan', removes, secrets, ledger })}\n`);
    return;
  }
  const lines = formatLedger(plan, { deleteData: context.flags.isOn('delete-data') });
  context.show(`${lines.join('\n')}\n`);
}

/**
 * The consent to the removal, and what becomes of the data: keeping is the default, deleting needs
 * the name of the release.
 * @returns whether data goes; undefined where there is no consent
 */
async function askForConsent(
  context: CommandContext,
  plan: UninstallPlan,
): Promise<boolean | undefined> {
  const { flags, ask, terminal } = context;
  const { target } = plan;
  const mayDelete = ownClaims(plan).length > 0;
  const wantsDelete =
    mayDelete &&
    (flags.isOn('delete-data') ||
      (terminal.interactive &&
        !flags.isOn('keep-data') &&
        !flags.isOn('yes') &&
        (await askAboutData(context, plan)) === 'delete'));
  if (!wantsDelete) return (await askToChange(context, 'uninstall', target)) ? false : undefined;
  if (flags.text('confirm') === target.release) return true;
  if (!terminal.interactive) throw new DeployError(exitCodes.usage, flagProblems(context));
  const typed = await ask.typed(
    `This erases the data of ${describeTarget(target)}. Type the release's name (${target.release}):`,
    target.release,
  );
  return typed ? true : undefined;
}

function askAboutData({ ask }: CommandContext, plan: UninstallPlan) {
  const own = ownClaims(plan);
  const claims = own.length === 1 ? 'the claim' : `the ${own.length} claims`;
  return ask.choose('What should happen to the data?', [
    { value: 'keep', name: 'Keep the data (a later install uses it again)' },
    { value: 'delete', name: `Delete ${claims}; this cannot be undone` },
  ]);
}

function nothingChanged(why: string, cancelled = false) {
  return conclude(
    cancelled ? 'cancelled' : 'done',
    cancelled ? exitCodes.cancelled : exitCodes.done,
    { message: `${why} Nothing was removed.`, state: '' },
  );
}
