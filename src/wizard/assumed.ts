import { createHash } from 'node:crypto';
import { type Change, diffTrees } from '../values/diff.ts';
import { hypothetical } from './hypothetical.ts';
import { requestOf } from './request.ts';
import type { PlanRequest, WizardState } from './state.ts';

/** What would be with the answer under the cursor. */
export interface Assumed {
  /** Names the look at the cluster: the same values on the same target have the same key. */
  readonly key: string;
  readonly request: PlanRequest;
  /** Against the values as they are. */
  readonly changes: readonly Change[];
}

/** Follows the cursor; undefined where no question is asked. */
export function assume(state: WizardState): Assumed | undefined {
  if (state.phase.name !== 'asking' || state.draft.intent === 'uninstall') return undefined;
  const next = hypothetical(state);
  const request = requestOf(next, next.derived.replay);
  const changes =
    next === state ? [] : diffTrees(state.derived.replay.effective, next.derived.replay.effective);
  return { key: keyOf(state, request), request, changes };
}

function keyOf({ world }: WizardState, { draft, layers, secrets }: PlanRequest): string {
  const { intent, context, namespace, release, resetValues } = draft;
  const target = [world.connection, intent, context, namespace, release, resetValues];
  const said = [target, world.live?.revision, layers, Object.keys(secrets)];
  return `look:${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16)}`;
}
