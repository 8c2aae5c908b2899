import { derive } from './derive.ts';
import { placeOf, valueAt } from './list.ts';
import type { WizardState } from './state.ts';
import { findStep } from './steps.ts';

/**
 * The state as it would be with the answer under the cursor; the state itself where there is none,
 * or where it is a secret that is being typed.
 */
export function hypothetical(state: WizardState): WizardState {
  const { derived, focus } = state;
  const step = findStep(focus.step);
  if (state.phase.name !== 'asking' || !step || step.field === 'secret') return state;
  const place = placeOf(focus, { ...derived, field: step.field });
  const value = valueAt(place);
  if (place.index === -1 && step.field === 'none') return state;
  const answer = step.answer(state, value);
  // What comes before the questions may lead to another cluster: nothing is known of it.
  if (!answer.ok || answer.state.world !== state.world) return state;
  return answer.state === state ? state : derive(answer.state, state);
}
