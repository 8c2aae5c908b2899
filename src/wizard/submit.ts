import { derive } from './derive.ts';
import { emptyEntry } from './entry.ts';
import { placeOf, valueAt } from './list.ts';
import { firstOpenStep, goForward, goTo, resumeAt, withProblem } from './navigate.ts';
import type { WaitingAnswer } from './overlay.ts';
import type { WizardState } from './state.ts';
import { findStep } from './steps.ts';
import { listOf } from './surface.ts';

/** Takes what is under the cursor as the answer, and goes on; a blocked option is explained. */
export function submitStep(state: WizardState): WizardState {
  const step = findStep(state.focus.step);
  if (!step) return state;
  const place = placeOf(state.focus, listOf(state));
  if (place.index === -1 && step.field === 'none') return state;
  const value = valueAt(place);
  const blocked =
    place.index === -1 && value !== (state.derived.preselected ?? '')
      ? step.judge?.(state, value)
      : place.options[place.index]?.blockedBy;
  if (blocked) {
    const waiting: WaitingAnswer = { step: step.id, value };
    return {
      ...state,
      overlays: [{ kind: 'finding', finding: blocked, waiting, entry: emptyEntry }],
    };
  }
  return answerStep(state, value);
}

/** Answers the step in focus. */
export function answerStep(state: WizardState, value: string): WizardState {
  const answer = findStep(state.focus.step)?.answer(state, value);
  if (!answer) return state;
  if (!answer.ok) return withProblem(state, answer.problem);
  const touched = { ...answer.state, touched: true };
  const next = derive(touched);
  if (answer.wait) return next;
  return answer.goTo === undefined ? goForward(next) : goToStep(next, answer.goTo);
}

/** A step of a kept session may be asked no longer. */
function goToStep(state: WizardState, id: string): WizardState {
  const known = findStep(id) ? id : firstOpenStep(state);
  return state.focus.step === 'resume' ? resumeAt(state, known) : goTo(state, known);
}
