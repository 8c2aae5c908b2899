import { emptyEntry } from './entry.ts';
import { isBlocking } from './findings.ts';
import { isOutdated } from './lost.ts';
import type { WizardState } from './state.ts';

/** What must be said before anything is changed. */
export interface Consent {
  /** To be typed; undefined where y is enough. */
  readonly word: string | undefined;
  readonly why: string;
}

/** The consent that is asked for now; undefined where none can be given. */
export function consentOf(state: Pick<WizardState, 'phase' | 'outdated'>): Consent | undefined {
  const { phase } = state;
  if (isOutdated(state)) return undefined;
  if (phase.name === 'review') {
    const { changesNothing, findings, typed } = phase.reviewed;
    if (changesNothing || findings.some(isBlocking)) return undefined;
    return { word: typed?.word, why: typed?.why ?? '' };
  }
  if (phase.name !== 'ledger' || phase.ledger.problems.length > 0) return undefined;
  const { typed } = phase.ledger;
  if (phase.choice === 'keep') return { word: typed?.word, why: typed?.why ?? '' };
  if (phase.choice === 'delete')
    return { word: phase.request.draft.release, why: 'This erases data.' };
  return undefined;
}

/** y, or Enter where something must be typed: the field gets the focus. Enter alone never applies. */
export function beginConsent(state: WizardState, said: 'y' | 'enter'): WizardState {
  const consent = consentOf(state);
  if (!consent) return state;
  if (consent.word === undefined) {
    if (said === 'y') return apply(state);
    const problem = { message: 'Press y to go on; Enter alone changes nothing.' };
    return { ...state, focus: { ...state.focus, problem } };
  }
  return { ...state, focus: { ...state.focus, ...emptyEntry, inField: true } };
}

/** What was typed, held against the word. */
export function submitConsent(state: WizardState): WizardState {
  const consent = consentOf(state);
  if (consent?.word === undefined) return state;
  if ((state.focus.text ?? '').trim() === consent.word) return apply(state);
  const problem = { message: 'That does not match. Nothing has changed.' };
  return { ...state, focus: { ...state.focus, problem } };
}

/** The only way into `applying`. */
function apply(state: WizardState): WizardState {
  const { phase } = state;
  if (phase.name !== 'review' && phase.name !== 'ledger') return state;
  const { id } = phase.name === 'review' ? phase.reviewed : phase.ledger;
  const { request } = phase;
  const data = phase.name === 'ledger' ? (phase.choice ?? 'keep') : request.draft.data;
  return {
    ...state,
    phase: {
      name: 'applying',
      id,
      request: { ...request, draft: { ...request.draft, data } },
      revision: phase.name === 'review' ? phase.reviewed.ranBefore : undefined,
      expectedSeconds: phase.name === 'review' ? phase.reviewed.expectedSeconds : undefined,
      events: [],
      stopping: false,
    },
    focus: { ...state.focus, ...emptyEntry },
    overlays: [],
    returnTo: undefined,
  };
}
