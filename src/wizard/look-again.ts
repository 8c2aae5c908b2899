import { startPlanning, startRollback } from './navigate.ts';
import type { Look, WizardState } from './state.ts';

/** Whether no cluster was seen. */
export function isOffline({ world }: Pick<WizardState, 'world'>): boolean {
  return world.connection === 'offline';
}

/** Whether there is a cluster to look for again. */
export function isAway({ world }: Pick<WizardState, 'world'>): boolean {
  return world.connection === 'offline' || world.connection === 'lost';
}

/** A review that knows nothing of the cluster: all that consent does is to write the values file. */
export function isUnseenReview({ phase }: Pick<WizardState, 'phase'>): boolean {
  return phase.name === 'review' && phase.reviewed.plan === undefined;
}

/** Looks for the cluster, or at it, once more; what was chosen and typed stays as it is. */
export function lookAgain(state: WizardState): WizardState {
  if (state.world.connection === 'connected')
    return { ...state, rounds: state.rounds + 1, world: { ...state.world, looks: {} } };
  if (!isAway(state)) return state;
  const { world, attempt } = state;
  const looks = Object.fromEntries(
    Object.entries(world.looks).filter(([, one]) => !hasFailed(one)),
  );
  return {
    ...state,
    attempt: attempt + 1,
    world: {
      ...world,
      connection: 'connecting',
      problems: [],
      looksAgain: false,
      loginWords: [],
      looks,
    },
  };
}

/** The plan once more; a cluster that does not answer is looked for first. */
export function planAgain(state: WizardState): WizardState {
  const { phase, returnTo } = state;
  const isRollback = 'request' in phase && phase.request.rollbackTo !== undefined;
  // The plan looks for itself at one that answers.
  const next = isAway(state) ? lookAgain(state) : state;
  return isRollback && returnTo?.phase.name === 'ended'
    ? startRollback(next, returnTo.phase)
    : startPlanning(next);
}

function hasFailed({ state }: Look): boolean {
  return state === 'failed';
}
