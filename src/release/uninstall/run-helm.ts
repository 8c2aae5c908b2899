import { ownCommand } from '../command-text.ts';
import { describeState } from '../describe-state.ts';
import type { ReleaseEvent } from '../events.ts';
import { concludeCancelled, concludeFailed, type Outcome, step } from '../outcome.ts';
import type { UninstallPlan } from '../plan-uninstall.ts';
import type { ReleaseDependencies } from '../types.ts';

/** @returns the outcome where helm failed or was cancelled */
export async function* runHelm(
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
    : `Could not read the release's state: ${read.failure.message}`;
  const next = [`See the state: ${ownCommand(target, 'status')}`];
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
