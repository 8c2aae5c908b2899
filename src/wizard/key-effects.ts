import { consentOf } from './consent.ts';
import { findingsOf, isBlocking } from './findings.ts';
import { isUnseenReview } from './look-again.ts';
import { isOutdated } from './lost.ts';
import { stepBefore } from './navigate.ts';
import type { WizardState } from './state.ts';
import { entryOf, listOf } from './surface.ts';

export function isAsking({ phase, overlays }: WizardState): boolean {
  return phase.name === 'asking' && overlays.length === 0;
}

export function isReview({ phase, overlays }: WizardState): boolean {
  return phase.name === 'review' && overlays.length === 0;
}

/** A review of answers: one of a rollback has none. */
export function isReviewOfAnswers(state: WizardState): boolean {
  const { phase } = state;
  return isReview(state) && !('request' in phase && phase.request.rollbackTo !== undefined);
}

/**
 * Whether to look again may change what is reviewed: a check has failed, which may have been mended
 * since, the cluster was not seen, which may be there by now, or it was seen too long ago.
 */
export function looksAgain(state: WizardState): boolean {
  if (state.overlays.length === 0 && isOutdated(state)) return true;
  const isStopped = isUnseenReview(state) || findingsOf(state).some(isBlocking);
  return isReviewOfAnswers(state) && isStopped;
}

/** Whether what is open is only read. */
export function isScrolled(state: WizardState): boolean {
  const kind = state.overlays.at(-1)?.kind;
  return (
    kind !== undefined && ['keys', 'values', 'diff', 'manifest', 'logs', 'finding'].includes(kind)
  );
}

/** What Enter does. */
export function chooses(state: WizardState): string | undefined {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind === 'skip' || overlay?.kind === 'value') return 'take it';
  if (overlay) return listOf(state).options.length > 0 ? 'open' : 'close';
  const { phase } = state;
  switch (phase.name) {
    case 'asking':
      return 'choose';
    case 'blocked':
      return phase.request.rollbackTo === undefined ? 'look again' : 'back';
    case 'review':
      if (phase.reviewed.changesNothing) return 'leave it';
      return consentOf(state)?.word === undefined ? undefined : 'go on';
    case 'ledger':
      if (phase.choice === undefined)
        return phase.ledger.problems.length > 0 ? undefined : 'choose';
      return consentOf(state)?.word === undefined ? undefined : 'go on';
    case 'ended':
      return listOf(state).options.length > 0 ? 'choose' : 'leave';
    default:
      return undefined;
  }
}

/** What Escape does. */
export function goesBack(state: WizardState): string | undefined {
  const { filter, isFiltering } = entryOf(state);
  // The list of every value is always filtered.
  const isFilter = isFiltering && state.overlays.at(-1)?.kind !== 'advanced';
  if (filter !== '' || isFilter) return 'all of them';
  if (state.overlays.length > 0) return 'close';
  switch (state.phase.name) {
    case 'asking':
      return stepBefore(state) || state.returnTo ? 'back' : 'leave';
    case 'planning':
    case 'blocked':
    case 'review':
    case 'ledger':
      return 'back';
    default:
      return undefined;
  }
}

/** What Ctrl+C does. */
export function leaves({ phase }: WizardState): string | undefined {
  switch (phase.name) {
    case 'left':
      return undefined;
    case 'applying':
      return phase.stopping ? 'leave at once' : 'stop';
    default:
      return 'leave';
  }
}
