import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatFindings } from '../plain/finding-lines.ts';
import { formatPlan } from '../plain/plan-lines.ts';
import { claimsThatWouldGo } from '../release/claims.ts';
import { expectedSeconds } from '../release/expected-seconds.ts';
import { parseManifest } from '../release/manifest.ts';
import { makeReleasePlan } from '../release/plan/make.ts';
import { userValues } from '../values/layers.ts';
import { maskNode } from '../values/mask.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { type Judgement, judge, usesServerSideApply } from './judge.ts';
import { findNoEffect } from './no-effect.ts';
import { refuseProblems } from './refuse.ts';
import { beginSession } from './session.ts';
import { readSets } from './sets.ts';
import { readSkips, skipFindings } from './skips.ts';
import { readValuesInput } from './values-input.ts';

/**
 * `plan`: what an install with these values would do, object by object; with no values given, what
 * the live ones would do with this chart. Changes nothing.
 */
export async function plan(context: CommandContext): Promise<ExitCode> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  const chart = chartOf(context, problems);
  const skips = readSkips(context.flags, problems);
  const input = await readValuesInput(context, problems);
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(userValues(layers)));
  const session = await opening.finish(problems);
  try {
    const startsFromLive = () => layers.length === 0;
    const draft = await makeDraft(context, session, { chart, input, startsFromLive });
    const judgement = await judge(context, draft, draft.live ? 'upgrade' : 'install');
    refuseProblems(exitCodes.usage, judgement.problems);
    const findings = skipFindings(judgement.findings, skips);
    const [planned, noEffect] = await Promise.all([
      planDraft(context, draft, judgement),
      findNoEffect(context, draft, judgement.manifest ?? ''),
    ]);
    if (wantsJson(context))
      context.print(
        `${JSON.stringify({ version: 1, ...planned, values: maskNode(draft.values), noEffect, findings })}\n`,
      );
    else
      context.print(
        `${[
          ...formatPlan(planned, noEffect, context.palette),
          '',
          ...formatFindings(findings, context.palette, {
            target: session.target,
            verbose: false,
          }),
        ].join('\n')}\n`,
      );
    if (findings.some(({ status }) => status === 'fail')) return exitCodes.unfit;
    const changes = planned.objects.some(
      ({ action }) => action !== 'unchanged' && action !== 'kept',
    );
    return changes && context.flags.isOn('detailed-exitcode')
      ? exitCodes.changesFound
      : exitCodes.done;
  } finally {
    await session.close();
  }
}

async function planDraft(
  { signal }: CommandContext,
  draft: Draft,
  { manifest = '', tried }: Judgement,
) {
  const { session, chart, values, secrets, live, state } = draft;
  const objects = parseManifest(manifest);
  const made = await makeReleasePlan(
    session.api,
    {
      plan: {
        action: live ? 'upgrade' : 'install',
        target: session.target,
        chart,
        values,
        createNamespace: state.namespace === 'absent',
        secrets,
        live,
        manifest,
        claimsToKeep: claimsThatWouldGo(live, objects),
        timeoutSeconds: session.timeoutSeconds ?? expectedSeconds(objects, live !== undefined),
      },
      tried,
      serverSide: usesServerSideApply(session.helmVersion, live),
      valuesFile: undefined,
    },
    signal,
  );
  signal.throwIfAborted();
  return made.plan;
}
