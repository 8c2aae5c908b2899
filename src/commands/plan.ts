import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatHeading } from '../plain/heading.ts';
import { formatPlan } from '../plain/plan-lines.ts';
import { maskNode } from '../values/mask.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { beginSession } from './open-session.ts';
import type { Prepared } from './prepare.ts';
import { readRequest } from './read-request.ts';

/**
 * `plan`: what an install with these values would do, object by object; with no values given, what
 * the live ones would do with this chart. Changes nothing.
 */
export async function plan(context: CommandContext): Promise<ExitCode> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  const reuses = context.flags.isOn('reuse-values');
  const request = await readRequest(context, problems, reuses ? undefined : opening.signal);
  // kubectl and helm are starting.
  const loading = import('./prepare.ts');
  const session = await opening.finish(problems);
  const startsFromLive = request.layers.length === 0 || reuses;
  try {
    const { prepareRelease } = await loading;
    const prepared = await prepareRelease(context, session, {
      ...request,
      action: undefined,
      startsFromLive,
      writesValuesFile: false,
      findsNoEffect: true,
    });
    const out = context.flags.text('out');
    const show = out === '-' ? context.say : context.print;
    show(format(context, prepared, startsFromLive));
    const code = exitCodeOf(context, prepared);
    if (out === undefined) return code;
    if (code === exitCodes.unfit)
      context.say('A plan with failed checks cannot be applied, so none was saved.\n');
    else {
      const { savePlan } = await import('./save-plan.ts');
      await savePlan(context, prepared, request, out);
    }
    return code;
  } finally {
    await session.close();
  }
}

function format(context: CommandContext, prepared: Prepared, startsFromLive: boolean): string {
  const { release, noEffect, findings, draft, session } = prepared;
  const { palette } = context;
  if (wantsJson(context)) {
    const values = maskNode(draft.values);
    return `${JSON.stringify({ version: 1, ...release, values, noEffect, findings })}\n`;
  }
  const lines = [
    ...formatHeading('plan', { target: session.target, live: draft.live, startsFromLive }, palette),
    ...formatPlan(release, noEffect, palette),
    '',
    palette.strong('Checks:'),
    '',
    ...formatFindings(findings, palette, false),
  ];
  return `${lines.join('\n')}\n`;
}

function exitCodeOf({ flags }: CommandContext, { findings, release }: Prepared): ExitCode {
  if (findings.some(({ status }) => status === 'fail')) return exitCodes.unfit;
  const changes = release.objects.some(({ action }) => action !== 'unchanged' && action !== 'kept');
  return changes && flags.isOn('detailed-exitcode') ? exitCodes.changesFound : exitCodes.done;
}
