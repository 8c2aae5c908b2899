import type { ReleaseEvent } from '../../release/events.ts';
import { emptyEntry } from '../entry.ts';
import type { WizardState } from '../state.ts';
import { transcriptLines } from '../transcript.ts';

/** What the apply or uninstall tells. */
export function reduceApply(state: WizardState, event: ReleaseEvent): WizardState {
  const { phase } = state;
  if (phase.name !== 'applying') return state;
  const events = [...withoutOutdated(phase.events, event), event];
  const transcript = [...state.transcript, ...transcriptLines(event)];
  if (event.type !== 'outcome') return { ...state, phase: { ...phase, events }, transcript };
  const { request, revision } = phase;
  return {
    ...state,
    transcript,
    phase: { name: 'ended', request, revision, events, outcome: event },
    focus: { ...state.focus, ...emptyEntry },
    overlays: [],
  };
}

/** A rollout tells everything anew, twice a second: only the newest one is kept. */
function withoutOutdated(events: readonly ReleaseEvent[], event: ReleaseEvent) {
  return event.type === 'rollout' && events.at(-1)?.type === 'rollout'
    ? events.slice(0, -1)
    : events;
}
