import { emptyEntry } from '../entry.ts';
import type { WizardEvent } from '../events.ts';
import { asksAboutData } from '../ledger-options.ts';
import type { Phase, WizardState } from '../state.ts';

type PlannedEvent = Extract<WizardEvent, { type: 'reviewed' | 'ledger' | 'blocked' }>;

/** What became of the plan that was wanted; of another one, nothing. */
export function reducePlanned(state: WizardState, event: PlannedEvent): WizardState {
  const { phase } = state;
  if (phase.name !== 'planning' || idOf(event) !== phase.id) return state;
  const focus = { ...state.focus, ...emptyEntry };
  return { ...state, phase: phaseAfter(phase.request, event), focus, overlays: [] };
}

function idOf(event: PlannedEvent): string {
  switch (event.type) {
    case 'reviewed':
      return event.reviewed.id;
    case 'ledger':
      return event.ledger.id;
    case 'blocked':
      return event.key;
  }
}

function phaseAfter(
  request: Extract<Phase, { name: 'planning' }>['request'],
  event: PlannedEvent,
): Phase {
  switch (event.type) {
    case 'reviewed':
      return { name: 'review', request, reviewed: event.reviewed };
    case 'ledger': {
      const { ledger } = event;
      return {
        name: 'ledger',
        request,
        ledger,
        choice: asksAboutData(ledger) ? undefined : 'keep',
      };
    }
    case 'blocked':
      return { name: 'blocked', request, problems: event.problems };
  }
}
