import { diffTrees } from '../values/diff.ts';
import { hypothetical } from './hypothetical.ts';
import { isSeen } from './lost.ts';
import type { PlanRequest } from './plan.ts';
import { requestOf } from './request.ts';
import type { Assumed, WizardState } from './state.ts';

/**
 * Follows the cursor; undefined where no question is asked.
 * @param before the state before; where nothing of this changed, what it has is kept
 */
export function assume(state: WizardState, before?: WizardState): Assumed | undefined {
  if (state.phase.name !== 'asking' || state.draft.intent === 'uninstall') return undefined;
  if (before?.assumed && isSame(state, before)) return before.assumed;
  const { state: next, replay } = hypothetical(state);
  const now = state.derived.replay;
  const request = requestOf(next, replay);
  const changes = replay === now ? [] : diffTrees(now.effective, replay.effective);
  return { key: keyOf(state, request), request, changes };
}

function isSame(state: WizardState, before: WizardState): boolean {
  const { focus, derived, draft, world } = state;
  return (
    before.draft === draft &&
    before.derived.replay === derived.replay &&
    before.derived.options === derived.options &&
    before.derived.preselected === derived.preselected &&
    before.world.connection === world.connection &&
    before.focus.step === focus.step &&
    before.focus.option === focus.option &&
    before.focus.inField === focus.inField &&
    before.focus.text === focus.text &&
    before.focus.filter === focus.filter
  );
}

function keyOf({ world }: WizardState, { draft, layers, secrets }: PlanRequest): string {
  const { intent, context, namespace, release, resetValues } = draft;
  // Of a cluster that was lost, what it said is still shown.
  const connection = isSeen(world) ? 'connected' : world.connection;
  const target = [connection, intent, context, namespace, release, resetValues];
  const said = [target, world.live?.revision, layers, Object.keys(secrets)];
  // Whole, not hashed: to load node:crypto takes longer than to compare.
  return `look:${JSON.stringify(said)}`;
}
