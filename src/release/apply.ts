import type { HelmFailure, ReleaseHistory } from '../cluster/types.ts';
import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { makePrivateDirectory, type PrivateDirectory } from '../files/private-directory.ts';
import { writeFileAtomically } from '../files/write-file.ts';
import { helmJson } from '../values/helm-json.ts';
import { ownCommand } from './command-text.ts';
import { describeState, isUntouched } from './describe-state.ts';
import type { ReleaseEvent } from './events.ts';
import { concludeOvertaken, findOvertaking } from './find-overtaking.ts';
import { followRollout } from './follow-rollout.ts';
import {
  conclude,
  concludeCancelled,
  concludeFailed,
  notice,
  type Outcome,
  step,
} from './outcome.ts';
import { type Preparation, prepareCluster } from './prepare.ts';
import { deleteSecrets } from './secrets.ts';
import type { ApplyPlan, ChangePlan, ReleaseDependencies } from './types.ts';

/**
 * Carries out a plan that was consented to: writes the values file, prepares what helm does not do
 * (namespace, claims to keep, Secrets), runs helm without waiting, and watches the rollout.
 * Aborting hands helm SIGTERM while it runs; afterwards it only stops the watching.
 * @returns how it ended, after an event that tells it; it throws only for bugs
 */
export async function* applyRelease(
  deps: ReleaseDependencies,
  plan: ApplyPlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const obstacle = await findOvertaking(deps, plan);
  if (obstacle)
    return yield* concludeOvertaken(
      `The ${plan.action} was not started`,
      obstacle,
      'Nothing was changed, neither on disk nor in the cluster.',
    );
  const problem = yield* writeValuesFile(deps, plan);
  if (problem)
    return yield* conclude('failed', exitCodes.failure, {
      message: 'The values file could not be written.',
      state: 'Nothing was changed in the cluster.',
      problems: problem,
    });
  return yield* changeRelease(deps, plan, runHelm(deps, plan, signal), signal);
}

/**
 * What every change of a release has in common: prepares what helm does not do, has helm do its
 * part, and watches the rollout.
 * @param helm its part; it returns why helm failed, or undefined
 */
export async function* changeRelease(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  helm: AsyncGenerator<ReleaseEvent, HelmFailure | undefined>,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const prepared = yield* prepareCluster(deps, plan, signal);
  if (signal.aborted) return yield* cancelBeforeHelm(deps, plan, prepared);
  if (prepared.problem) return yield* failBeforeHelm(deps, plan, prepared, prepared.problem);
  const failure = yield* helm;
  if (failure) return yield* failInHelm(deps, plan, prepared, failure);
  return yield* followRollout(deps, plan, signal);
}

/** @returns why it could not be written, or undefined */
export async function* writeValuesFile(
  { cleanup }: Pick<ReleaseDependencies, 'cleanup'>,
  { valuesFile }: Pick<ApplyPlan, 'valuesFile'>,
): AsyncGenerator<ReleaseEvent, readonly Problem[] | undefined> {
  if (!valuesFile) return undefined;
  const { path, shown, text } = valuesFile;
  try {
    const written = await writeFileAtomically(path, text, { mode: 0o600, backup: true, cleanup });
    // The backup lies beside the file, and its name begins with that of the file.
    const backup = written.backup
      ? ` (old content kept in ${written.backup.replace(path, shown)})`
      : '';
    yield written.action === 'unchanged'
      ? notice(`The values file ${shown} is already up to date.`)
      : step(`values written to ${shown}${backup}`, 'done');
    return undefined;
  } catch (error) {
    if (error instanceof DeployError) return error.problems;
    throw error;
  }
}

/** @returns why helm failed, or undefined */
async function* runHelm(
  deps: ReleaseDependencies,
  { chart, target, values, manifest, description }: ApplyPlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, HelmFailure | undefined> {
  const objects = manifest.match(/^kind:/gm)?.length ?? 0;
  yield step(`${objects} objects applied by helm`, 'started');
  const given = await giveValues(deps, values);
  if ('failure' in given) return given.failure;
  const { file, dispose } = given;
  try {
    const result = await deps.helm.upgradeInstall({
      chart: {
        reference: chart.reference,
        ...(chart.version === undefined ? {} : { version: chart.version }),
      },
      release: target.release,
      namespace: target.namespace,
      valuesFiles: [file],
      ...(description === undefined ? {} : { description }),
      signal,
    });
    if (!result.ok) return result.failure;
  } finally {
    await dispose();
  }
  yield step(`${objects} objects applied by helm`, 'done');
  return undefined;
}

/** The values as a file that helm reads, in a directory that only we may enter. */
async function giveValues(
  { cleanup }: ReleaseDependencies,
  values: ApplyPlan['values'],
): Promise<{ file: string; dispose: () => Promise<void> } | { failure: HelmFailure }> {
  let directory: PrivateDirectory | undefined;
  try {
    directory = await makePrivateDirectory(cleanup);
    const file = await directory.write('values.json', helmJson(values));
    return { file, dispose: directory.dispose };
  } catch (error) {
    await directory?.dispose();
    if (!(error instanceof DeployError)) throw error;
    const { message, why = '', next = '' } = error.problems[0] as Problem;
    return { failure: { kind: 'not-started', message, detail: why, next } };
  }
}

async function* cancelBeforeHelm(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  prepared: Preparation,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const left = await takeBackSecrets(deps, plan, prepared.secrets);
  return yield* concludeCancelled({
    message: 'Cancelled before helm was started.',
    state: describePreparation(plan, prepared, left),
  });
}

async function* failBeforeHelm(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  prepared: Preparation,
  problem: Problem,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const left = await takeBackSecrets(deps, plan, prepared.secrets);
  const wrote = prepared.namespaceCreated || prepared.changed || left.length > 0;
  return yield* concludeFailed(wrote, {
    message: `The ${plan.action} stopped before helm was started.`,
    state: describePreparation(plan, prepared, left),
    problems: [problem],
  });
}

/** Reads the release afresh: what helm said and what it did are two things. */
async function* failInHelm(
  deps: ReleaseDependencies,
  plan: ChangePlan,
  prepared: Preparation,
  failure: HelmFailure,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const { target, live, action } = plan;
  const read = await deps.releases.history({ namespace: target.namespace, name: target.release });
  const history = read.ok ? read.value : undefined;
  const untouched = read.ok && isUntouched(history, live);
  // Where the record cannot be read, pods may need the Secrets: none is taken back then.
  const left =
    !read.ok || isReferredTo(history, prepared.secrets)
      ? []
      : await takeBackSecrets(deps, plan, prepared.secrets);
  const state = untouched
    ? describePreparation(plan, prepared, left)
    : read.ok
      ? describeState(history, target, plan.ranBefore)
      : `Could not read the release's state: ${read.failure.message}${describeKept(prepared)}`;
  if (failure.kind === 'cancelled')
    return yield* concludeCancelled({
      message: 'Cancelled while helm was running; helm was told to stop.',
      state,
      next: afterFailure(plan, untouched),
    });
  const wrote = !untouched || prepared.namespaceCreated || prepared.changed || left.length > 0;
  return yield* concludeFailed(wrote, {
    message: `The ${action} failed: ${failure.message}`,
    state,
    problems: [{ message: failure.message, why: failure.detail, next: failure.next }],
    next: afterFailure(plan, untouched),
  });
}

function describeKept({ secrets }: Preparation): string {
  return secrets.length > 0 ? ` Secrets kept, as pods may need them: ${secrets.join(', ')}.` : '';
}

function afterFailure({ target }: ChangePlan, untouched: boolean): string[] {
  return untouched ? [] : [`See the state: ${ownCommand(target, 'status')}`];
}

function isReferredTo(history: ReleaseHistory | undefined, secrets: readonly string[]): boolean {
  return secrets.some((name) => history?.newest.manifest.includes(name));
}

/** Secrets that nothing refers to must not stay behind. @returns those that could not be deleted */
async function takeBackSecrets(
  { api }: ReleaseDependencies,
  { target }: ChangePlan,
  names: readonly string[],
): Promise<string[]> {
  return deleteSecrets(api, target.namespace, names);
}

function describePreparation(
  { target, live, valuesFile }: ChangePlan,
  { namespaceCreated }: Preparation,
  secretsLeft: readonly string[],
): string {
  const release = live
    ? `Release ${target.release} is unchanged at revision ${live.revision}.`
    : `No release ${target.release} was created.`;
  return [
    release,
    ...(namespaceCreated ? [`Namespace ${target.namespace} was created and stays.`] : []),
    ...(valuesFile ? [`${valuesFile.shown} holds the wanted values; they are not applied.`] : []),
    ...(secretsLeft.length > 0 ? [`Secrets left behind: ${secretsLeft.join(', ')}.`] : []),
  ].join(' ');
}
