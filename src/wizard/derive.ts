import { coalesce } from '../values/merge.ts';
import type { Tree } from '../values/tree.ts';
import { advancedChoices } from './advanced.ts';
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
  /** Every value of the chart, while one is chosen from them. */
  readonly advanced: readonly Choice[] | undefined;
}

/** A state whose derived parts are of before, or missing. */
export type Underived = Omit<WizardState, 'derived'> & { readonly derived?: Derived };

/**
 * Brings the derived parts up to date.
 * @param before the state whose derived parts `state` has; what did not change since is kept
 */
export function derive(state: Underived, before?: WizardState): WizardState {
  const isSame = before !== undefined && sameValues(state, before);
  const values = isSame ? before.derived : deriveValues(state);
  if (isSame && sameStep(state, before)) {
    const advanced = advancedOf(state, values, before);
    return { ...state, derived: { ...before.derived, advanced } };
  }
  const partial: WizardState = {
    ...state,
    derived: { ...values, options: [], preselected: undefined, advanced: undefined },
  };
  const step = findStep(state.focus.step);
  const options = step?.options(partial) ?? [];
  const preselected = step?.preselected(partial);
  const advanced = advancedOf(state, values, before);
  return { ...partial, derived: { ...values, options, preselected, advanced } };
}

type DerivedValues = Pick<Derived, 'replay' | 'liveEffective'>;

function deriveValues(state: Underived): DerivedValues {
  const { chartDefaults, world } = state;
  return {
    replay: replayState(state),
    liveEffective: coalesce(chartDefaults, world.live?.values ?? {}),
  };
}

function sameValues(state: Underived, before: WizardState): boolean {
  const { draft, secrets, world } = state;
  return (
    before.draft === draft &&
    before.secrets === secrets &&
    before.world.presets === world.presets &&
    before.world.files === world.files &&
    before.world.live === world.live &&
    before.world.facts === world.facts
  );
}

/** Looks that come in change no option. */
function sameStep(state: Underived, before: WizardState): boolean {
  const { looks: _, ...world } = state.world;
  const { looks: __, ...worldBefore } = before.world;
  return (
    before.focus.step === state.focus.step &&
    before.visited === state.visited &&
    before.saved === state.saved &&
    Object.entries(world).every(
      ([key, part]) => worldBefore[key as keyof typeof worldBefore] === part,
    )
  );
}

/** The list of every value, as long as it is open. */
function advancedOf(state: Underived, values: DerivedValues, before: WizardState | undefined) {
  if (!state.overlays.some(({ kind }) => kind === 'advanced')) return undefined;
  const { replay } = values;
  if (before?.derived.replay === replay && before.derived.advanced) return before.derived.advanced;
  return advancedChoices(state.schema, replay.effective);
}
