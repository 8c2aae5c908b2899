import type { WizardState } from './state.ts';
import { connectKey } from './wanted.ts';

/** Whether two states are about the same release: what is connected to already is not connected to anew. */
export function isSameTarget(one: WizardState, other: WizardState): boolean {
  return connectKey(one)?.key === connectKey(other)?.key;
}

/** As it is when the target has become another: what was seen of the one before says nothing about it. */
export function withUnseenWorld(state: WizardState): WizardState {
  return {
    ...state,
    world: {
      ...state.world,
      connection: 'connecting',
      problems: [],
      lostSince: undefined,
      looksAgain: false,
      loginWords: [],
      target: undefined,
      kubernetes: undefined,
      live: undefined,
      facts: {},
      looks: {},
    },
  };
}
