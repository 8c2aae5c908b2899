import type { WizardEvent } from './events.ts';
import type { WizardState } from './state.ts';

/** The wizard as the front ends and the outside see it. */
export interface WizardStore {
  readonly state: () => WizardState;
  readonly dispatch: (event: WizardEvent) => void;
  /** @returns takes the listener away */
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Holds the state. The newest one is what `state` gives at once after a dispatch, so that keys that
 * arrive together are each applied to what the one before has made.
 * @param reduce see reduce.ts
 */
export function createStore(
  initial: WizardState,
  reduce: (state: WizardState, event: WizardEvent) => WizardState,
): WizardStore {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    state: () => current,
    dispatch: (event) => {
      const next = reduce(current, event);
      if (next === current) return;
      current = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
