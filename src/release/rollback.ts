import type { HelmFailure } from '../cluster/types.ts';
import { changeRelease } from './apply.ts';
import { helmCommand } from './command-text.ts';
import type { ReleaseEvent } from './events.ts';
import { concludeOvertaken, findOvertaking } from './find-overtaking.ts';
import { type Outcome, step } from './outcome.ts';
import type { ReleaseDependencies, RollbackPlan } from './types.ts';

/**
 * Carries out a rollback that was consented to: keeps claims that would go, has helm make a new
 * revision that is as the older one was, and watches the rollout. An abort does what it does in
 * an upgrade.
 * @returns how it ended, after an event that tells it; it throws only for bugs
 */
export async function* rollbackRelease(
  deps: ReleaseDependencies,
  plan: RollbackPlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  const obstacle = await findOvertaking(deps, plan);
  if (obstacle) return yield* concludeOvertaken('The rollback was not begun', obstacle);
  const events = changeRelease(deps, plan, runHelm(deps, plan, signal), signal);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    yield next.value.type === 'outcome' && next.value.outcome === 'done'
      ? sayWhereItIs(next.value, plan)
      : next.value;
  }
}

/** @returns why helm failed, or undefined */
async function* runHelm(
  deps: ReleaseDependencies,
  { target: { release, namespace }, revision }: RollbackPlan,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, HelmFailure | undefined> {
  const doing = `revision ${revision} brought back by helm`;
  yield step(doing, 'started');
  const result = await deps.helm.rollback({ release, namespace, revision, signal });
  if (!result.ok) return result.failure;
  yield step(doing, 'done');
  return undefined;
}

/** A values file that the failed change wrote still holds that one's values. */
function sayWhereItIs(
  outcome: Extract<ReleaseEvent, { type: 'outcome' }>,
  { target, revision }: RollbackPlan,
): ReleaseEvent {
  return {
    ...outcome,
    message: `Revision ${revision} is restored. ${outcome.message}`,
    next: [
      ...outcome.next,
      `Values     ${helmCommand(target, 'get', 'values', target.release)} (a values file that the failed change wrote still has that change in it)`,
    ],
  };
}
