import { startPlanning } from './navigate.ts';
import type { Look, WizardState } from './state.ts';

/** Whether there is a cluster to look for again. */
export function isOffline({ world }: Pick<WizardState, 'world'>): boolean {
  return world.connection === 'offline';
}

/** A review that knows nothing of the cluster: all that consent does is to write the values file. */
export function isUnseenReview({ phase }: Pick<WizardState, 'phase'>): boolean {
  return phase.name === 'review' && phase.reviewed.plan === undefined;
}

/** Looks for the cluster once more; what was chosen and typed stays as it is. */
export function lookAgain(state: WizardState): WizardState {
  if (!isOffline(state)) return state;
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

/** The plan once more; where no cluster was seen, that is looked for first. */
export function planAgain(state: WizardState): WizardState {
  return startPlanning(lookAgain(state));
}

function hasFailed({ state }: Look): boolean {
  return state === 'failed';
}
