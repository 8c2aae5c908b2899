import { assume } from './assumed.ts';
import { derive } from './derive.ts';
import type { WizardEvent } from './events.ts';
import { isScrolled } from './key-effects.ts';
import { leave } from './leave.ts';
import { ageReview, loseCluster } from './lost.ts';
import { askWhatCameUp } from './navigate.ts';
import { reduceAnswer } from './reduce/answer.ts';
import { reduceApply } from './reduce/apply.ts';
import { reduceAct, reduceKey } from './reduce/key.ts';
import { reducePlanned } from './reduce/planned.ts';
import { reduceWorld } from './reduce/world.ts';
import type { WizardState } from './state.ts';
import { withEntry } from './surface.ts';

/**
 * What an event makes of the wizard. Pure and total: whatever does not fit the present phase, and
 * whatever answers something that is wanted no longer, changes nothing.
 */
export function reduce(state: WizardState, event: WizardEvent): WizardState {
  const next = handle(state, event);
  if (next === state) return state;
  const derived = derive(next);
  return { ...derived, assumed: assume(derived, state) };
}

function handle(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case 'key':
      return reduceKey(state, event.key);
    case 'answer':
      return reduceAnswer(state, event.text);
    case 'act':
      return reduceAct(state, event.action);
    case 'scrolled':
      return isScrolled(state) ? withEntry(state, { scroll: event.line }) : state;
    case 'interrupt':
      return leave(state);
    case 'world':
    case 'facts':
    case 'file':
    case 'looked': {
      const next = reduceWorld(state, event);
      return next === state ? state : askWhatCameUp(derive(next));
    }
    case 'reviewed':
    case 'ledger':
    case 'blocked':
      return reducePlanned(state, event);
    case 'lost':
      return loseCluster(state, event);
    case 'aged':
      return ageReview(state, event);
    case 'release':
      return reduceApply(state, event.event);
  }
}
