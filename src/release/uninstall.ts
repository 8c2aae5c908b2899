import { describeApiFailure } from '../cluster/failure-problem.ts';
import { mayI } from '../cluster/permissions.ts';
import type { Problem } from '../errors.ts';
import { ownCommand } from './command-text.ts';
import { type Deletion, deleteClaims } from './delete-claims.ts';
import { describeState } from './describe-state.ts';
import type { ReleaseEvent } from './events.ts';
import { keepOnUninstall, keepWithStatefulSet } from './keep-claims.ts';
import {
  concludeCancelled,
  concludeDone,
  concludeFailed,
  notice,
  type Outcome,
  step,
} from './outcome.ts';
import { namespaceEnding, ownClaims, type UninstallPlan } from './plan-uninstall.ts';
import { deleteSecrets, listOurSecrets } from './secrets.ts';
import type { ReleaseDependencies } from './types.ts';
import { describeStuckPods, waitForPodsToStop } from './wait-for-pods.ts';

export interface UninstallOptions {
  /** Whether the release's own claims go too; the user's never do. */
  readonly deleteData: boolean;
  /** How long pods, and then claims, may take to go; by default what their grace period says. */
  readonly timeoutSeconds?: number;
}

/**
 * Carries out an uninstall that was consented to. The order keeps data safe at every step: first
 * claims are protected, then helm removes the release, then the pods are waited for, and only when
 * none is left the claims go, each by name and uid. Every step can be done again: an uninstall
 * that was broken off goes on where it stopped.
 * @returns how it ended, after an event that tells it
 */
export async function* uninstallRelease(
  deps: ReleaseDependencies,
  plan: UninstallPlan,
  options: UninstallOptions,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const { target } = plan;
  const refused =
    (options.deleteData ? await mayNotDelete(deps, plan) : undefined) ??
    (await protect(deps, plan, options));
  if (refused)
    return yield* concludeFailed(false, {
      message: 'Nothing was removed.',
      state: `Release ${target.release} is as it was.`,
      problems: [refused],
    });
  if (plan.release && !signal.aborted) {
    const removed = yield* runHelm(deps, plan, signal);
    if (removed) return removed;
  }
  if (signal.aborted) return yield* cancelled(deps, plan, options);
  const stopped = yield* waitForPodsToStop(deps, plan, options.timeoutSeconds, signal);
  if (signal.aborted) return yield* cancelled(deps, plan, options);
  if (stopped.kind !== 'gone')
    return yield* concludeFailed(true, {
      message: 'The release is removed, but not all of its pods have stopped.',
      state: stateUnderPods(plan, options),
      problems: [describeStuckPods(stopped, target)],
      next: [again(plan, options)],
    });
  const deletions = options.deleteData ? yield* deleteData(deps, plan, options, signal) : [];
  if (signal.aborted) return yield* cancelled(deps, plan, options, deletions);
  yield* removeSecrets(deps, plan);
  yield* tellWhatStays(plan, options);
  const left = deletions.filter(({ fate }) => fate !== 'gone');
  if (left.length > 0)
    return yield* concludeFailed(true, {
      message: left.some(({ fate }) => fate === 'there')
        ? 'The release is removed, but not all of its data.'
        : 'The release is removed; whether all of its data is could not be read.',
      state: describeLeft(left),
      problems: left.flatMap(({ problem }) => problem ?? []),
      next: [again(plan, options)],
    });
  return yield* concludeDone({
    message: plan.release
      ? `XERV is removed: release ${target.release} in namespace ${target.namespace}`
      : `Release ${target.release} was gone from namespace ${target.namespace} already; ${options.deleteData ? 'what it left is removed too' : 'its data is kept'}`,
    state: finalState(plan, options),
    next: nextSteps(plan, options),
  });
}

/**
 * Whether claims may be deleted at all: asked before anything goes, and by a dry run.
 * @returns why they may not be; undefined where they may, or nobody can tell
 */
export async function mayNotDelete(
  { api }: Pick<ReleaseDependencies, 'api'>,
  { target: { namespace }, ...plan }: UninstallPlan,
): Promise<Problem | undefined> {
  if (ownClaims(plan).length === 0) return undefined;
  const resource = 'persistentvolumeclaims';
  const [granted] = await mayI(api, [{ verb: 'delete', group: '', resource, namespace }]);
  if (!granted?.ok || granted.value) return undefined;
  return {
    message: `You have not the right to delete claims in namespace ${namespace}.`,
    next: 'Uninstall with --keep-data, or have whoever runs the cluster grant it.',
  };
}

/** @returns why claims cannot be protected; then nothing may be removed */
async function protect(
  { api, access, sleep }: ReleaseDependencies,
  { release, manifest, target, ledger }: UninstallPlan,
  { deleteData: goesAnyway }: UninstallOptions,
): Promise<Problem | undefined> {
  if (!release) return undefined;
  const unprotected = ledger.filter(({ deletedByHelm }) => deletedByHelm).map(({ name }) => name);
  if (unprotected.length > 0) {
    const kept = await keepOnUninstall(api, release, unprotected);
    if (!kept.ok && !goesAnyway)
      return {
        ...describeApiFailure(kept.failure, {
          doing: `make sure that helm keeps ${unprotected.join(', ')}`,
          access,
        }),
        next: `The chart of this release does not protect the claim, so that helm would delete it. Copy its data first, then: ${ownCommand(target, 'uninstall', '--delete-data')}`,
      };
  }
  const held = ledger.filter(({ deletedWithStatefulSet }) => deletedWithStatefulSet);
  if (held.length === 0) return undefined;
  // Also where the data goes: in its turn, and not where it is broken off before.
  const freed = await keepWithStatefulSet(api, target.namespace, manifest, held, sleep);
  if (freed.ok || goesAnyway) return undefined;
  return describeApiFailure(freed.failure, {
    doing: `take ${held.map(({ name }) => name).join(', ')} away from a StatefulSet that would delete them`,
    access,
  });
}

/** @returns the outcome where helm failed or was cancelled */
async function* runHelm(
  deps: ReleaseDependencies,
  { target, removes }: UninstallPlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome | undefined> {
  yield step(`${removes.length} objects removed by helm`, 'started');
  const { release, namespace } = target;
  const result = await deps.helm.uninstall({ release, namespace, signal });
  if (result.ok) {
    for (const object of removes) yield { type: 'removed', object };
    yield step(`${removes.length} objects removed by helm`, 'done');
    return undefined;
  }
  const { failure } = result;
  // Somebody else was faster: what it left is still to be done.
  if (failure.kind === 'not-found') return undefined;
  const read = await deps.releases.history({ namespace, name: release });
  const state = read.ok
    ? describeState(read.value, target)
    : `What state the release is in could not be read: ${read.failure.message}`;
  const next = [`See what is there: ${ownCommand(target, 'status')}`];
  if (failure.kind === 'cancelled')
    return yield* concludeCancelled({
      message: 'Cancelled while helm was removing the release; no claim was deleted.',
      state,
      next,
    });
  return yield* concludeFailed(true, {
    message: `helm could not remove the release: ${failure.message}`,
    state: `${state} No claim was deleted.`,
    problems: [{ message: failure.message, why: failure.detail, next: failure.next }],
    next,
  });
}

async function* deleteData(
  deps: ReleaseDependencies,
  plan: UninstallPlan,
  { timeoutSeconds }: UninstallOptions,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, readonly Deletion[]> {
  const deletions = await deleteClaims(deps, plan.target, ownClaims(plan), timeoutSeconds, signal);
  for (const { entry, problem } of deletions) {
    if (problem) continue;
    yield { type: 'removed', object: `PersistentVolumeClaim ${entry.name}` };
    if (entry.volume.kind === 'known' && entry.volume.reclaimPolicy === 'Retain')
      yield {
        type: 'kept',
        object: `PersistentVolume ${entry.volume.name}`,
        why: 'its reclaim policy is Retain: it stays as Released, with the data',
      };
  }
  return deletions;
}

/** What became of the data where it was broken off. */
function describeDeletions(deletions: readonly Deletion[]): string {
  if (deletions.length === 0) return 'No claim was deleted.';
  const left = deletions.filter(({ fate }) => fate !== 'gone');
  return left.length === 0 ? 'All of its claims are deleted.' : describeLeft(left);
}

function describeLeft(left: readonly Deletion[]): string {
  const names = (wanted: Deletion['fate']) =>
    left.flatMap(({ entry, fate }) => (fate === wanted ? [entry.name] : [])).join(', ');
  return [
    ...(names('there') ? [`Still there: ${names('there')}.`] : []),
    ...(names('unknown') ? [`Perhaps still there: ${names('unknown')}.`] : []),
  ].join(' ');
}

async function* removeSecrets(
  { api }: ReleaseDependencies,
  { target }: UninstallPlan,
): AsyncGenerator<ReleaseEvent, void> {
  const ours = await listOurSecrets(api, target);
  if (!ours.ok) return;
  const left = await deleteSecrets(api, target.namespace, ours.value);
  for (const name of ours.value.filter((one) => !left.includes(one)))
    yield { type: 'removed', object: `Secret ${name}` };
  if (left.length > 0)
    yield notice(`Secrets that could not be removed: ${left.join(', ')}`, 'warning');
}

function* tellWhatStays(
  { ledger, leaves }: UninstallPlan,
  { deleteData: goes }: UninstallOptions,
): Generator<ReleaseEvent, void> {
  for (const object of leaves)
    yield { type: 'kept', object, why: 'the chart tells helm to leave it' };
  for (const { name, size, owner, onKeep } of ledger)
    if (!goes || owner === 'user')
      yield { type: 'kept', object: `PersistentVolumeClaim ${name} (${size})`, why: onKeep };
}

async function* cancelled(
  { releases }: ReleaseDependencies,
  plan: UninstallPlan,
  options: UninstallOptions,
  deletions: readonly Deletion[] = [],
): AsyncGenerator<ReleaseEvent, Outcome> {
  const { namespace, release: name } = plan.target;
  const read = await releases.history({ namespace, name });
  return yield* concludeCancelled({
    message: 'Cancelled.',
    state: [
      read.ok
        ? describeState(read.value, plan.target)
        : `What state the release is in could not be read: ${read.failure.message}`,
      ...(ownClaims(plan).length > 0 ? [describeDeletions(deletions)] : []),
    ].join(' '),
    problems: deletions.flatMap(({ problem }) => problem ?? []),
    next: [again(plan, options)],
  });
}

function again({ target }: UninstallPlan, { deleteData: goes }: UninstallOptions): string {
  return `To finish: ${ownCommand(target, 'uninstall', goes ? '--delete-data' : '--keep-data')}`;
}

function stateUnderPods(
  { namespaceEnds, target }: UninstallPlan,
  { deleteData: goes }: UninstallOptions,
): string {
  if (namespaceEnds) return namespaceEnding(target, []);
  return goes
    ? 'All data is still there: no claim is deleted under a pod.'
    : 'All data is still there.';
}

function finalState(plan: UninstallPlan, { deleteData: goes }: UninstallOptions): string {
  if (plan.namespaceEnds) return namespaceEnding(plan.target, []);
  const kept = goes ? [] : ownClaims(plan);
  const namespace = `Namespace ${plan.target.namespace} stays.`;
  return kept.length > 0
    ? `The data is kept in ${kept.map(({ name }) => name).join(', ')}. ${namespace}`
    : namespace;
}

function nextSteps(plan: UninstallPlan, { deleteData: goes }: UninstallOptions): string[] {
  if (goes || plan.namespaceEnds || ownClaims(plan).length === 0) return [];
  return [
    `Install again on the kept data, with the values it had: ${ownCommand(plan.target, 'install', '--values', 'FILE')}`,
    `Delete the data: ${ownCommand(plan.target, 'uninstall', '--delete-data')}`,
  ];
}
