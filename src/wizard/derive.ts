import { coalesce } from '../values/merge.ts';
import { advancedChoices } from './advanced.ts';
import type { Choice } from './list.ts';
import type { Replay } from './replay.ts';
import { replayState } from './replay-state.ts';
import type { Derived, Source, WizardState } from './state.ts';
import { findStep } from './steps.ts';

/** A state whose derived parts are of before, or missing. */
export type Underived = Omit<WizardState, 'derived'> & { readonly derived?: Derived };

/** Brings the derived parts up to date; what they are made of and did not change is kept. */
export function derive(state: Underived): WizardState {
  const { derived: before } = state;
  const source = sourceOf(state);
  const isSame = before !== undefined && sameValues(source, before.source);
  const values = isSame ? before : deriveValues(state);
  const advanced = advancedOf(state, values.replay);
  if (isSame && sameStep(source, before.source)) {
    return { ...state, derived: before.advanced === advanced ? before : { ...before, advanced } };
  }
  const { replay, liveEffective } = values;
  const known = { replay, liveEffective, advanced, source };
  const partial = { ...state, derived: { ...known, options: [], preselected: undefined } };
  const step = findStep(source.step);
  let options: readonly Choice[] | undefined;
  return {
    ...state,
    derived: {
      ...known,
      // Of the steps that one key leads past, nobody asks for them.
      get options() {
        options ??= step?.options(partial) ?? [];
        return options;
      },
      preselected: step?.preselected(partial),
    },
  };
}

function sourceOf({ draft, secrets, world, visited, saved, focus }: Underived): Source {
  return { draft, secrets, world, visited, saved, step: focus.step };
}

type DerivedValues = Pick<Derived, 'replay' | 'liveEffective'>;

function deriveValues(state: Underived): DerivedValues {
  const { chartDefaults, world } = state;
  return {
    replay: replayState(state),
    liveEffective: coalesce(chartDefaults, world.live?.values ?? {}),
  };
}

function sameValues({ draft, secrets, world }: Source, before: Source): boolean {
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
function sameStep({ step, visited, saved, world }: Source, before: Source): boolean {
  const { looks: _, ...parts } = world;
  return (
    before.step === step &&
    before.visited === visited &&
    before.saved === saved &&
    Object.entries(parts).every(([key, part]) => before.world[key as keyof typeof parts] === part)
  );
}

/** The list of every value, as long as it is open. */
function advancedOf({ overlays, derived, schema }: Underived, replay: Replay) {
  if (!overlays.some(({ kind }) => kind === 'advanced')) return undefined;
  if (derived?.replay === replay && derived.advanced) return derived.advanced;
  return advancedChoices(schema, replay.effective);
}
