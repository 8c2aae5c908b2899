import { areEqual } from '../../values/tree.ts';
import { emptyEntry } from '../entry.ts';
import type { WizardEvent } from '../events.ts';
import { asksAboutData } from '../ledger-options.ts';
import type { LiveRelease } from '../plan.ts';
import type { Phase, WizardState } from '../state.ts';

type PlannedEvent = Extract<WizardEvent, { type: 'reviewed' | 'ledger' | 'blocked' }>;

/** What became of the plan that was wanted; of another one, nothing. */
export function reducePlanned(state: WizardState, event: PlannedEvent): WizardState {
  const { phase } = state;
  if (phase.name !== 'planning' || idOf(event) !== phase.id) return state;
  const focus = { ...state.focus, ...emptyEntry };
  const next = { ...state, phase: phaseAfter(phase.request, event), focus, overlays: [] };
  const seen = event.type === 'reviewed' ? event.reviewed.seen : undefined;
  return seen ? withLive(next, seen.live) : next;
}

/** Somebody else, or an apply of before, may have changed the release since it was looked at first. */
function withLive(state: WizardState, live: LiveRelease | undefined): WizardState {
  const before = state.world.live;
  const isSame =
    before?.revision === live?.revision && areEqual(before?.values ?? {}, live?.values ?? {});
  return isSame ? state : { ...state, world: { ...state.world, live } };
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
