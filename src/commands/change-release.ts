import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { applyRelease } from '../release/apply.ts';
import type { ReleaseEvent } from '../release/events.ts';
import { parseManifest } from '../release/manifest.ts';
import { conclude, notice } from '../release/outcome.ts';
import type { ApplyPlan } from '../release/types.ts';
import { formatChanges } from '../values/diff.ts';
import { askToChange } from './consent.ts';
import type { CommandContext } from './context.ts';
import { createReporter } from './output.ts';
import { type Prepared, prepareApply } from './prepare.ts';
import { reportAll } from './report.ts';

/**
 * What `install` and `upgrade` share: plan, show, ask, apply, watch. Nothing is written before the
 * consent, neither to disk nor to the cluster.
 */
export async function changeRelease(
  context: CommandContext,
  action: ApplyPlan['action'],
): Promise<ExitCode> {
  const prepared = await prepareApply(context, action);
  const reporter = createReporter(context);
  try {
    for (const event of describePlan(prepared)) reporter.event(event);
    if (context.flags.isOn('dry-run')) return await reportAll(reporter, dryRun(prepared.plan));
    if (!(await askToChange(context, prepared.plan.action, prepared.plan.target)))
      return await reportAll(reporter, declined());
    return await reportAll(
      reporter,
      applyRelease(prepared.session, toStdout(context, prepared.plan), context.signal),
    );
  } finally {
    await prepared.session.close();
  }
}

/** A values file named `-` is printed; the plan then writes none. */
function toStdout({ print }: CommandContext, plan: ApplyPlan): ApplyPlan {
  if (plan.valuesFile?.path !== '-') return plan;
  print(plan.valuesFile.text);
  return { ...plan, valuesFile: undefined };
}

/** What a user should have read before agreeing. */
function describePlan({ plan, changes, notices }: Prepared): ReleaseEvent[] {
  const kinds = new Map<string, number>();
  for (const { kind } of parseManifest(plan.manifest)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const objects = [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}s`));
  return [
    { type: 'target', target: plan.target, action: plan.action },
    ...(plan.createNamespace
      ? [notice(`Namespace ${plan.target.namespace} does not exist and will be created.`)]
      : []),
    notice(`Objects: ${objects.join(', ')}`),
    ...(plan.live && changes.length === 0 ? [notice('The values stay as they are.')] : []),
    ...formatChanges(changes).map((line) => notice(`values ${line}`)),
    ...plan.claimsToKeep.map((name) =>
      notice(`Claim ${name} is no longer used; it is kept, with its data.`, 'warning'),
    ),
    ...notices.map((message) => notice(message, 'warning')),
  ];
}

function dryRun({ target, valuesFile }: ApplyPlan) {
  return conclude('done', exitCodes.done, {
    message: 'Dry run: nothing was written, neither to disk nor to the cluster.',
    state: '',
    next: [
      `Without --dry-run, ${target.context} would be changed${valuesFile ? ` and ${valuesFile.path} written` : ''}.`,
    ],
  });
}

function declined() {
  return conclude('cancelled', exitCodes.cancelled, {
    message: 'Not confirmed. Nothing was changed.',
    state: '',
  });
}
