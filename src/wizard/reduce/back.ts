import { emptyEntry } from '../entry.ts';
import { leaveWith } from '../leave.ts';
import { asksAboutData } from '../ledger-options.ts';
import { firstOpenStep, goBack, goTo, leaveRollback } from '../navigate.ts';
import type { WizardState } from '../state.ts';
import { askedSteps } from '../steps.ts';
import { entryOf, withEntry } from '../surface.ts';

/** Esc and Shift+Tab: out of what is open, one after the other; Esc on the first step leaves. */
export function back(state: WizardState, key: string): WizardState {
  const { filter, isFiltering } = entryOf(state);
  const isAdvanced = state.overlays.at(-1)?.kind === 'advanced';
  if ((isFiltering || filter !== '') && !(isAdvanced && filter === ''))
    return withEntry(state, { filter: '', isFiltering: isAdvanced });
  if (state.overlays.length > 0) return { ...state, overlays: state.overlays.slice(0, -1) };
  const { phase, focus } = state;
  switch (phase.name) {
    case 'asking':
      return goBack(state) ?? (key === 'escape' ? leaveWith(state, 'cancelled') : state);
    case 'review':
      if (focus.inField) return outOfField(state);
      return leaveRollback(state) ?? toLastStep(state, key);
    case 'ledger':
      if (focus.inField) return outOfField(state);
      return phase.choice === undefined || !asksAboutData(phase.ledger)
        ? toLastStep(state, key)
        : { ...outOfField(state), phase: { ...phase, choice: undefined } };
    case 'planning':
    case 'blocked':
      return leaveRollback(state) ?? toLastStep(state, key);
    default:
      return state;
  }
}

function outOfField(state: WizardState): WizardState {
  return { ...state, focus: { ...state.focus, ...emptyEntry } };
}

/** To the step that the plan was asked from; where nothing was asked, Esc leaves. */
function toLastStep(state: WizardState, key: string): WizardState {
  const asked = askedSteps(state);
  if (asked.some(({ id }) => id === state.focus.step)) return goTo(state, state.focus.step);
  if (asked.length > 0) return goTo(state, firstOpenStep(state));
  return key === 'escape' ? leaveWith(state, 'cancelled') : state;
}
