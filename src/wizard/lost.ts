import { emptyEntry } from './entry.ts';
import type { WizardEvent } from './events.ts';
import type { Phase, WizardState, World } from './state.ts';

/** Whether a cluster was seen, also one that answers no longer: what is known of it is shown. */
export function isSeen({
  connection,
  lostSince,
}: Pick<World, 'connection' | 'lostSince'>): boolean {
  return connection === 'connected' || lostSince !== undefined;
}

/**
 * The cluster answers no longer. What is known of it stays, as what it was; what was reviewed must be
 * made anew.
 */
export function loseCluster(
  state: WizardState,
  { since, problems, looksAgain }: Extract<WizardEvent, { type: 'lost' }>,
): WizardState {
  const { world, rounds } = state;
  if (world.connection !== 'connected') return state;
  const lost = {
    ...world,
    connection: 'lost',
    lostSince: since,
    problems,
    looksAgain,
    loginWords: [],
  } as const;
  const next = withOutdated({ ...state, world: lost }, reviewsIn(state), 'lost');
  // Where somebody has to log in it is looked for on request only.
  return looksAgain ? { ...next, rounds: rounds + 1 } : next;
}

/** A review was seen too long ago; the same for one that a jump to an answer goes back to. */
export function ageReview(
  state: WizardState,
  { id }: Extract<WizardEvent, { type: 'aged' }>,
): WizardState {
  const ids = reviewsIn(state).filter((one) => one === id);
  if (ids.length === 0 || state.outdated?.ids.includes(id)) return state;
  return withOutdated(state, ids, 'aged');
}

/** Whether what is reviewed now must be made anew before it can be applied. */
export function isOutdated({ phase, outdated }: Pick<WizardState, 'phase' | 'outdated'>): boolean {
  const id = seenIn(phase);
  return id !== undefined && outdated?.ids.includes(id) === true;
}

/** The key of what is reviewed of a cluster; undefined where none is, or no cluster was seen. */
export function seenIn(phase: Phase): string | undefined {
  if (phase.name === 'ledger') return phase.ledger.id;
  return phase.name === 'review' && phase.reviewed.plan ? phase.reviewed.id : undefined;
}

function reviewsIn({ phase, returnTo }: WizardState): readonly string[] {
  return [phase, ...(returnTo ? [returnTo.phase] : [])].flatMap((one) => seenIn(one) ?? []);
}

/** What was begun to be typed as consent is dropped: there is none any more. */
function withOutdated(
  state: WizardState,
  ids: readonly string[],
  why: 'lost' | 'aged',
): WizardState {
  if (ids.length === 0) return state;
  const next = { ...state, outdated: { ids, why } };
  return isOutdated(next) ? { ...next, focus: { ...next.focus, ...emptyEntry } } : next;
}
