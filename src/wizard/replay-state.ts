import { type Replay, replay } from './replay.ts';
import { liveLayers, startLayers } from './start-layers.ts';
import type { WizardState } from './state.ts';
import { typedDefaults } from './typed-values.ts';

/** The values that the present draft makes. */
export function replayState({
  draft,
  world,
  secrets,
  schema,
  chartDefaults,
  derived,
}: ReplayedState): Replay {
  return replay({
    schema,
    chartDefaults,
    live: liveLayers(draft, world.live),
    start: startLayers(draft, world),
    answers: draft.answers,
    secrets,
    edits: draft.edits,
    facts: world.facts,
    // The defaults, at first: they are what the schema makes of them.
    like: derived?.replay ?? { effective: chartDefaults, values: typedDefaults(chartDefaults) },
  });
}

/** The parts of the state that the values are made of. */
export type ReplayedState = Pick<
  WizardState,
  'draft' | 'world' | 'secrets' | 'schema' | 'chartDefaults'
> & {
  readonly derived?: Pick<WizardState['derived'], 'replay'>;
};
