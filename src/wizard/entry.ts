import type { Problem } from '../errors.ts';

/**
 * Where the user is in a list with or without a text field. Everything starts undefined, which
 * means: what is preselected. So options that come in late move nothing that was touched.
 */
export interface Entry {
  /** Value of the option under the cursor. */
  readonly option: string | undefined;
  /** Whether the text field has the focus. */
  readonly inField: boolean | undefined;
  /** What stands in the text field. */
  readonly text: string | undefined;
  /** Place in the text, in UTF-16 code units; undefined: at its end. */
  readonly caret: number | undefined;
  /** What narrows a long list. */
  readonly filter: string;
  /** Whether typing changes the filter. */
  readonly isFiltering: boolean;
  /** First line shown of what can be scrolled. */
  readonly scroll: number;
  /** What is wrong with what was entered. */
  readonly problem: Problem | undefined;
}

export const emptyEntry: Entry = {
  option: undefined,
  inField: undefined,
  text: undefined,
  caret: undefined,
  filter: '',
  isFiltering: false,
  scroll: 0,
  problem: undefined,
};

/** Whether the user has done nothing here yet. */
export function isUntouched({ option, inField, text, filter, isFiltering }: Entry): boolean {
  const chosen = option !== undefined || inField !== undefined || text !== undefined;
  return !chosen && filter === '' && !isFiltering;
}
