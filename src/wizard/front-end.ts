import type { WizardStore } from './store.ts';

/** What draws the wizard and reads its keys: a screen or plain lines. */
export interface FrontEnd {
  /**
   * Runs until the wizard's phase is `left`. The terminal is then as it was before, and so it is
   * where this rejects or the process ends.
   */
  readonly run: (store: WizardStore) => Promise<void>;
}
