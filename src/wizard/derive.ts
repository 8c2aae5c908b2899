import { coalesce } from '../values/merge.ts';
import type { Tree } from '../values/tree.ts';
import type { Choice } from './list.ts';
import type { Replay } from './replay.ts';
import { replayState } from './replay-state.ts';
import type { WizardState } from './state.ts';
import { findStep } from './steps.ts';

/** What follows from the rest of the state. It is kept, because keys must be answered at once. */
export interface Derived {
  readonly replay: Replay;
  /** Effective values of what runs; the chart's defaults where nothing does. */
  readonly liveEffective: Tree;
  /** Of the step that is asked. */
  readonly options: readonly Choice[];
  readonly preselected: string | undefined;
}

/** A state whose derived parts are of before, or missing. */
export type Underived = Omit<WizardState, 'derived'> & { readonly derived?: Derived };

/**
 * Brings the derived parts up to date.
 * @param before the state whose derived parts `state` has; what did not change since is kept
 */
export function derive(state: Underived, before?: WizardState): WizardState {
  const { draft, world, secrets, visited } = state;
  const sameValues =
    before !== undefined &&
    before.draft === draft &&
    before.secrets === secrets &&
    before.world.presets === world.presets &&
    before.world.files === world.files &&
    before.world.live === world.live &&
    before.world.facts === world.facts;
  const sameStep =
    sameValues &&
    before.focus.step === state.focus.step &&
    before.visited === visited &&
    before.saved === state.saved &&
    before.world === world;
  if (sameStep) return { ...state, derived: before.derived };
  const values = sameValues
    ? before.derived
    : {
        replay: replayState(state),
        liveEffective: coalesce(state.chartDefaults, world.live?.values ?? {}),
      };
  const partial: WizardState = {
    ...state,
    derived: { ...values, options: [], preselected: undefined },
  };
  const step = findStep(state.focus.step);
  const options = step?.options(partial) ?? [];
  const preselected = step?.preselected(partial);
  return { ...partial, derived: { ...values, options, preselected } };
}
