import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { applyRelease } from '../release/apply.ts';
import { consentFor } from '../release/consent.ts';
import type { ReleaseEvent } from '../release/events.ts';
import { conclude, notice } from '../release/outcome.ts';
import type { ApplyPlan } from '../release/types.ts';
import { formatChanges } from '../values/diff.ts';
import { askToChange } from './consent.ts';
import type { CommandContext } from './context.ts';
import { describeFindings } from './finding-problems.ts';
import { createReporter } from './output.ts';
import { changesNothing, type Prepared } from './prepare.ts';
import { reportAll } from './report.ts';

/** Shows what was prepared, asks, and does it. The session stays open. */
export async function carryOut(context: CommandContext, prepared: Prepared): Promise<ExitCode> {
  const { plan, session, findings, release } = prepared;
  const reporter = createReporter(context);
  for (const event of describePrepared(prepared)) reporter.event(event);
  if (context.flags.isOn('dry-run')) return reportAll(context, reporter, dryRun(prepared));
  if (!(await askToChange(context, plan.action, plan.target, { findings, plan: release })))
    return reportAll(context, reporter, declined());
  return reportAll(
    context,
    reporter,
    applyRelease(session, toStdout(context, plan), context.signal),
  );
}

/** A values file named `-` is printed; the plan then writes none. */
function toStdout({ print }: CommandContext, plan: ApplyPlan): ApplyPlan {
  if (plan.valuesFile?.path !== '-') return plan;
  print(plan.valuesFile.text);
  return { ...plan, valuesFile: undefined };
}

/** What a user should have read before agreeing. */
function describePrepared({ plan, release, changes, findings, notices }: Prepared): ReleaseEvent[] {
  return [
    { type: 'target', target: plan.target, action: plan.action },
    { type: 'plan', plan: release },
    ...(plan.createNamespace
      ? [notice(`Namespace ${plan.target.namespace} does not exist and will be created.`)]
      : []),
    ...(plan.live && changes.length === 0 ? [notice('The values do not change.')] : []),
    ...formatChanges(changes).map((line) => notice(`values ${line}`)),
    ...[...notices, ...describeFindings(findings)].map((message) => notice(message, 'warning')),
  ];
}

function dryRun(prepared: Prepared) {
  const { target, valuesFile } = prepared.plan;
  const typed = consentFor(prepared.findings, target, prepared.release);
  const writes = valuesFile ? ` and ${valuesFile.shown} written` : '';
  return conclude('done', exitCodes.done, {
    message: 'Dry run: nothing was written, neither to disk nor to the cluster.',
    state: '',
    next: [
      changesNothing(prepared)
        ? `Without --dry-run, helm would create another identical revision in ${target.context}${writes}.`
        : `Without --dry-run, ${target.context} would be changed${writes}.`,
      ...(typed?.yesIsEnough === false
        ? [`Without a terminal this requires --confirm=${target.release}: ${typed.why}`]
        : []),
    ],
  });
}

function declined() {
  return conclude('cancelled', exitCodes.cancelled, {
    message: 'Not confirmed. Nothing was changed.',
    state: '',
  });
}
