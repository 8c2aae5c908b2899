import { placeOf, valueAt } from './list.ts';
import type { Replay } from './replay.ts';
import { replayState } from './replay-state.ts';
import type { WizardState } from './state.ts';
import { findStep } from './steps.ts';

/** The draft and the values as they would be with the answer under the cursor. */
export interface Hypothetical {
  readonly state: WizardState;
  readonly replay: Replay;
}

/** What is so already, where there is no answer, or where it is a secret that is being typed. */
export function hypothetical(state: WizardState): Hypothetical {
  const { derived, focus } = state;
  const same = { state, replay: derived.replay };
  const step = findStep(focus.step);
  if (!step || step.field === 'secret') return same;
  const place = placeOf(focus, { ...derived, field: step.field });
  if (place.index === -1 && step.field === 'none') return same;
  const answer = step.answer(state, valueAt(place), true);
  // What comes before the questions may lead to another cluster: nothing is known of it.
  if (!answer.ok || answer.state.world !== state.world || answer.state === state) return same;
  return { state: answer.state, replay: replayState(answer.state) };
}
