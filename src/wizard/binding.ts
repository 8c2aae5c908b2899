import type { Action } from './actions.ts';
import type { WizardState } from './state.ts';

/** One row of the key map: the source of the footer, of the help overlay and of what keys do. */
export interface Binding {
  readonly action: Action;
  /** Key names, or characters; characters do nothing while a text is typed. */
  readonly keys: readonly string[];
  /** As the footer names the key. */
  readonly hint: string;
  /** The same while a text is typed, where it differs. */
  readonly typingHint?: string;
  /** What it does now, a word or two for the footer; undefined where it does nothing. */
  readonly does: (state: WizardState) => string | undefined;
  /** Whether it stands before all others in the footer, where there may be room for few. */
  readonly leads?: true;
  /** Whether the footer leaves it out: what is seldom needed has its line of the help. */
  readonly isQuiet?: true;
  /** A line of the help. */
  readonly help: string;
}
