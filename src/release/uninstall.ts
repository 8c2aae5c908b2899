import { describeState } from './describe-state.ts';
import type { ReleaseEvent } from './events.ts';
import { concludeOvertaken, findOvertaking } from './find-overtaking.ts';
import { concludeCancelled, concludeDone, concludeFailed, type Outcome } from './outcome.ts';
import { ownClaims, type UninstallPlan } from './plan-uninstall.ts';
import type { ReleaseDependencies } from './types.ts';
import { readControllerNames } from './uninstall/claim-maker.ts';
import type { Deletion } from './uninstall/delete-claims.ts';
import { eraseClaims } from './uninstall/erase-claims.ts';
import type { UninstallOptions } from './uninstall/options.ts';
import { mayNotDelete, protect } from './uninstall/protect.ts';
import { removeSecrets, tellDeletions, tellWhatStays } from './uninstall/remove-rest.ts';
import { runHelm } from './uninstall/run-helm.ts';
import {
  again,
  describeDeletions,
  describeLeft,
  finalState,
  nextSteps,
  stateUnderPods,
} from './uninstall/what-is-left.ts';
import { describeStuckPods, waitForPodsToStop } from './wait-for-pods.ts';

/**
 * Carries out an uninstall that was consented to, unless somebody has changed the release since: its
 * ledger would be another one. The order keeps data safe at every step: first
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
  const overtaken = { target, live: plan.release };
  const obstacle = await findOvertaking(deps, overtaken, { goneIsFine: true });
  if (obstacle)
    return yield* concludeOvertaken(
      'The uninstall was not begun',
      obstacle,
      'Nothing was removed.',
    );
  const [controllers, forbidden] = options.deleteData
    ? await Promise.all([
        readControllerNames(deps.api, target.namespace, plan.manifest),
        mayNotDelete(deps, plan),
      ])
    : [new Set<string>(), undefined];
  const refused = forbidden ?? (await protect(deps, plan, options));
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
  const removedAt = plan.release ? deps.now() : undefined;
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
  const { timeoutSeconds } = options;
  const deletions = options.deleteData
    ? await eraseClaims(deps, plan, { controllers, removedAt, timeoutSeconds }, signal)
    : [];
  yield* tellDeletions(deletions);
  if (signal.aborted) return yield* cancelled(deps, plan, options, deletions);
  yield* removeSecrets(deps, plan);
  yield* tellWhatStays(plan, options);
  const left = deletions.filter(({ fate }) => fate !== 'gone');
  if (left.length > 0)
    return yield* concludeFailed(true, {
      message: left.some(({ fate }) => fate === 'there')
        ? 'The release is removed, but not all of its data.'
        : 'The release is removed; could not read whether all of its data is.',
      state: describeLeft(left),
      problems: left.flatMap(({ problem }) => problem ?? []),
      next: [again(plan, options)],
    });
  return yield* concludeDone({
    message: plan.release
      ? `XERV is removed: release ${target.release} in namespace ${target.namespace}`
      : `Release ${target.release} was already gone from namespace ${target.namespace}; ${options.deleteData ? 'its leftovers are removed too' : 'its data is kept'}`,
    state: finalState(plan, options),
    next: nextSteps(plan, options),
  });
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
        : `Could not read the release's state: ${read.failure.message}`,
      ...(ownClaims(plan).length > 0 ? [describeDeletions(deletions)] : []),
    ].join(' '),
    problems: deletions.flatMap(({ problem }) => problem ?? []),
    next: [again(plan, options)],
  });
}
