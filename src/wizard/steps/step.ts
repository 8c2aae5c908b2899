import type { Finding } from '../../checks/types.ts';
import type { Problem } from '../../errors.ts';
import type { Choice, List } from '../list.ts';
import type { WizardState } from '../state.ts';

/** One thing that the wizard asks: a question about the values, or what comes before those. */
export interface Step {
  readonly id: string;
  /** Its part in the list of steps. */
  readonly label: string;
  readonly title: string;
  readonly help: string;
  /** In its place, with the answers so far. */
  readonly helpNow?: (state: WizardState) => string | undefined;
  readonly field: List['field'];
  readonly placeholder: string;
  /** Whether it is among the steps now. */
  readonly isAsked: (state: WizardState) => boolean;
  /** Whether the way forward leads past it; going back reaches it. */
  readonly isObvious: (state: WizardState) => boolean;
  readonly options: (state: WizardState) => readonly Choice[];
  /** The answer that it has, or starts with. */
  readonly preselected: (state: WizardState) => string | undefined;
  /**
   * The option that holds now by a choice, also one that a preset or a default stands for; where it
   * is missing, the preselected one. What is merely proposed is none.
   */
  readonly current?: (state: WizardState) => string | undefined;
  /** What runs now, as an answer. */
  readonly live?: (state: WizardState) => string | undefined;
  /**
   * @param text an option's value, or what was typed
   * @param isAssumed only to see what would be: quicker, and less is checked
   */
  readonly answer: (state: WizardState, text: string, isAssumed?: boolean) => StepAnswer;
  /** Why an answer that is not among the options cannot work. */
  readonly judge?: (state: WizardState, text: string) => Finding | undefined;
}

export type StepAnswer =
  | {
      readonly ok: true;
      readonly state: WizardState;
      /** Where to go instead of the next step; `wait`: nowhere before an event comes. */
      readonly goTo?: string;
      readonly wait?: true;
    }
  | { readonly ok: false; readonly problem: Problem };

export function answered(state: WizardState): StepAnswer {
  return { ok: true, state };
}

export function refused(message: string, next?: string): StepAnswer {
  return { ok: false, problem: next === undefined ? { message } : { message, next } };
}

/** The state with some of its draft changed. */
export function withDraft(state: WizardState, draft: Partial<WizardState['draft']>): WizardState {
  return { ...state, draft: { ...state.draft, ...draft }, touched: true };
}
