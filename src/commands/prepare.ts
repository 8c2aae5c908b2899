import type { Finding } from '../checks/types.ts';
import type { Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { claimsThatWouldGo } from '../release/claims.ts';
import { helmCommand } from '../release/command-text.ts';
import { expectedSeconds } from '../release/expected-seconds.ts';
import { lastRun, ranBefore } from '../release/known-to-run.ts';
import { makeReleasePlan } from '../release/plan/make.ts';
import type { LiveObject } from '../release/plan/objects.ts';
import type { ReleasePlan } from '../release/plan/types.ts';
import type { ApplyPlan, PlannedSecret } from '../release/types.ts';
import { type Change, diffTrees } from '../values/diff.ts';
import type { Layer } from '../values/layers.ts';
import type { TakenSecrets } from '../values/secrets.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import { type Draft, makeDraft } from './draft.ts';
import { recordSkips } from './finding-problems.ts';
import { type Judgement, judge, usesServerSideApply } from './judge.ts';
import { findNoEffect } from './no-effect.ts';
import type { Request } from './read-request.ts';
import { refuseProblems } from './refuse.ts';
import type { Session } from './session.ts';
import { skipFindings } from './skips.ts';
import { planValuesFile } from './values-file.ts';

/** What is to be prepared: values from whatever source, and what is wanted of them. */
export interface Wish
  extends Pick<Request, 'chart' | 'input' | 'skips' | 'early'>,
    Partial<Pick<Request, 'schema'>> {
  /** Layers stronger than --set: the wizard's answers, fixes. Passwords in them are taken out. */
  readonly above?: readonly Layer[];
  /** Secrets that the values name already and that are still to be created: those of a saved plan. */
  readonly secrets?: readonly PlannedSecret[];
  /** `upgrade` refuses where nothing is installed; undefined: whichever fits what is there. */
  readonly action: ApplyPlan['action'] | undefined;
  /** Whether the live values lie below what is given. */
  readonly startsFromLive: boolean;
  /** Whether a values file will be written, and so is planned. */
  readonly writesValuesFile: boolean;
  /** Whether to look for values that change no object: up to eight more renderings. */
  readonly findsNoEffect: boolean;
}

/** Everything that is known before the consent. */
export interface Prepared {
  readonly session: Session;
  readonly draft: Draft;
  readonly judgement: Judgement;
  /** What `applyRelease` carries out. */
  readonly plan: ApplyPlan;
  /** What that would do, object by object. */
  readonly release: ReleasePlan;
  /** The objects that the plan was held against, by `Kind/name`. */
  readonly liveObjects: ReadonlyMap<string, LiveObject>;
  /** With those let pass marked. Failures among them forbid the apply: `findingProblems`. */
  readonly findings: readonly Finding[];
  /** Values that change no object; empty where it was not looked for. */
  readonly noEffect: readonly string[];
  /** Against the live values; nothing secret in it. */
  readonly changes: readonly Change[];
  /** What a user should know before agreeing, findings left out. */
  readonly notices: readonly string[];
}

/**
 * The one way from values to a plan, for `plan`, `install`, `upgrade` and the wizard's review:
 * renders for this cluster, judges, and holds what would be against what is. Writes nothing, and
 * leaves the session open. What failed stands in `findings` and is not thrown.
 * @throws DeployError with every problem: 2 where the values or a file are wrong, 3 where the
 *   cluster cannot be asked
 */
export async function prepareRelease(
  context: CommandContext,
  session: Session,
  wish: Wish,
): Promise<Prepared> {
  const draft = await makeDraft(context, session, {
    ...wish,
    startsFromLive: () => wish.startsFromLive,
  });
  const { target } = session;
  const { live, values } = draft;
  const action = live ? 'upgrade' : 'install';
  const problems: Problem[] = [];
  const [judgement, valuesFile] = await Promise.all([
    judge(context, draft, wish.action ?? action),
    wish.writesValuesFile
      ? planValuesFile(context, target, wish.input, values, problems)
      : undefined,
  ]);
  refuseProblems(exitCodes.usage, [...judgement.problems, ...problems]);
  const findings = skipFindings(judgement.findings, wish.skips);
  const plan = toApplyPlan(draft, judgement, findings, valuesFile);
  const [made, noEffect] = await Promise.all([
    makeReleasePlan(
      draft.api,
      {
        plan,
        wanted: judgement.objects,
        tried: judgement.tried,
        serverSide: usesServerSideApply(session.helmVersion, live),
        valuesFile: valuesFile?.shown,
      },
      context.signal,
    ),
    wish.findsNoEffect ? findNoEffect(context, draft, judgement.objects) : [],
  ]);
  context.signal.throwIfAborted();
  return {
    session,
    draft,
    judgement,
    plan: { ...plan, ranBefore: wayBack(draft, made.runsNow) },
    release: made.plan,
    liveObjects: made.live,
    findings,
    noEffect,
    changes: diffTrees((live?.values ?? {}) as Tree, values),
    notices: [
      ...describeBase(draft, wish.startsFromLive),
      ...draft.overrides.notices,
      ...wish.input.warnings.map(({ message }) => message),
      ...describeTaken(draft.taken),
    ],
  };
}

/** Whether carrying it out would change neither objects nor values. */
export function changesNothing({ plan, release: { objects }, changes }: Prepared): boolean {
  const same = objects.every(({ action }) => action === 'unchanged' || action === 'kept');
  // Of a revision that failed helm makes a new one, also where it is the same.
  return plan.live?.status === 'deployed' && same && changes.length === 0;
}

function toApplyPlan(
  { session, chart, values, secrets, live, state }: Draft,
  { manifest = '', objects }: Judgement,
  findings: readonly Finding[],
  valuesFile: ApplyPlan['valuesFile'],
): ApplyPlan {
  const description = recordSkips(findings);
  return {
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
    ...(description === undefined ? {} : { description }),
    valuesFile,
  };
}

/** The revision to go back to if the change fails. */
function wayBack({ live, state }: Draft, runsNow: boolean): number | undefined {
  return live && state.history && lastRun(state.history, runsNow);
}

/** The values of a change that failed may be why it failed. */
function describeBase({ live, state, session }: Draft, startsFromLive: boolean): string[] {
  if (!startsFromLive || live?.status !== 'failed') return [];
  const ran = state.history && ranBefore(state.history);
  const other =
    ran === undefined
      ? ''
      : `, not those of revision ${ran}, which ran before (to start from it: ${helmCommand(session.target, 'rollback', session.target.release, String(ran))})`;
  return [`Revision ${live.revision} failed. This starts from its values${other}.`];
}

function describeTaken(taken: TakenSecrets['taken']): string[] {
  return taken.map(({ backend, origin }) =>
    origin.kind === 'live'
      ? `The live values hold the ${backend} URL with its password. It moves to a Secret now, but helm's older revisions still hold it: change the password when the upgrade is done.`
      : `The ${backend} URL has a password: it goes into a Secret, not into the values.`,
  );
}
