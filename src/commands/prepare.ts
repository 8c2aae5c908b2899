import type { Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { claimsThatWouldGo } from '../release/claims.ts';
import { expectedSeconds } from '../release/expected-seconds.ts';
import { parseManifest } from '../release/manifest.ts';
import type { ApplyPlan } from '../release/types.ts';
import { type Change, diffTrees } from '../values/diff.ts';
import { userValues } from '../values/layers.ts';
import type { TakenSecrets } from '../values/secrets.ts';
import type { Tree } from '../values/tree.ts';
import { validateValues } from '../values/validate.ts';
import { chartOf } from './chart.ts';
import type { CommandContext } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { describeFindings, findingProblems, recordSkips } from './finding-problems.ts';
import { judge } from './judge.ts';
import { refuseProblems } from './refuse.ts';
import { beginSession, type Session } from './session.ts';
import { readSets } from './sets.ts';
import { readSkips, type Skips, skipFindings } from './skips.ts';
import { planValuesFile } from './values-file.ts';
import { readValuesInput, type ValuesInput } from './values-input.ts';

/** A plan, and what a user should see of how it came about. */
export interface Prepared {
  readonly session: Session;
  readonly plan: ApplyPlan;
  /** Against the live values; nothing secret in it. */
  readonly changes: readonly Change[];
  readonly notices: readonly string[];
}

/**
 * Makes the plan of an install or upgrade: reads the values, looks at the cluster, renders, and
 * checks what forbids it. Writes nothing. The session stays open for the apply.
 * @throws DeployError with every problem
 */
export async function prepareApply(
  context: CommandContext,
  action: ApplyPlan['action'],
): Promise<Prepared> {
  const opening = beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  const chart = chartOf(context, problems);
  const skips = readSkips(context.flags, problems);
  const input = await readValuesInput(context, problems);
  // Once more with the live values in the draft, where an upgrade starts from them.
  const layers = await readSets(context, input.layers, problems);
  if (chart.bundled && problems.length === 0) problems.push(...validateValues(userValues(layers)));
  const session = await opening.finish(problems);
  try {
    const startsFromLive = () => action === 'upgrade' && !context.flags.isOn('reset-values');
    const draft = await makeDraft(context, session, { chart, input, startsFromLive });
    return await makePlan(context, draft, { action, input, skips });
  } catch (error) {
    await session.close();
    throw error;
  }
}

interface PlanInput {
  readonly action: ApplyPlan['action'];
  readonly input: ValuesInput;
  readonly skips: Skips;
}

async function makePlan(
  context: CommandContext,
  draft: Draft,
  { action, input, skips }: PlanInput,
): Promise<Prepared> {
  const { session, chart, live, values, secrets, state } = draft;
  const { target } = session;
  const judgement = await judge(context, draft, action);
  const problems: Problem[] = [...judgement.problems];
  const valuesFile = await planValuesFile(context, target, input, values, problems);
  refuseProblems(exitCodes.usage, problems);
  const findings = skipFindings(judgement.findings, skips);
  refuseProblems(exitCodes.unfit, findingProblems(findings));
  const manifest = judgement.manifest ?? '';
  const objects = parseManifest(manifest);
  const description = recordSkips(findings);
  return {
    session,
    changes: diffTrees((live?.values ?? {}) as Tree, values),
    notices: [
      ...draft.overrides.notices,
      ...input.warnings.map(({ message }) => message),
      ...describeTaken(draft.taken),
      ...describeFindings(findings),
    ],
    plan: {
      action: live ? 'upgrade' : 'install',
      target,
      chart,
      values,
      createNamespace: state.namespace === 'absent',
      secrets,
      live,
      manifest,
      claimsToKeep: claimsThatWouldGo(live, objects),
      timeoutSeconds: session.timeoutSeconds ?? expectedSeconds(objects, live !== undefined),
      ...(description === undefined ? {} : { description }),
      valuesFile,
    },
  };
}

function describeTaken(taken: TakenSecrets['taken']): string[] {
  return taken.map(({ backend, origin }) =>
    origin.kind === 'live'
      ? `The live values hold the ${backend} URL with its password. It moves to a Secret now, but helm's older revisions still hold it: change the password when the upgrade is done.`
      : `The ${backend} URL has a password: it goes into a Secret, not into the values.`,
  );
}
