import { emptyEntry } from '../entry.ts';
import type { WizardState } from '../state.ts';
import { listOf, withEntry } from '../surface.ts';
import { choose } from './choose.ts';

/**
 * An answer in one piece, as if it had been moved to or typed, and Enter pressed. Where nothing can
 * be chosen or typed it changes nothing; so it consents to nothing but where the word is asked for.
 * @param text an option's value; where a text is asked for, anything
 */
export function reduceAnswer(state: WizardState, text: string): WizardState {
  const { options, field } = listOf(state);
  if (options.length === 0 && field === 'none') return state;
  const isOption = options.some(({ value }) => value === text);
  if (isOption) return choose(withEntry(state, { ...emptyEntry, option: text, inField: false }));
  if (field !== 'none') return choose(withEntry(state, { ...emptyEntry, inField: true, text }));
  const problem = { message: 'That is not one of the options.' };
  return withEntry(state, { ...emptyEntry, problem });
}
