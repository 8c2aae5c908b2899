import type { NamedAction } from '../../wizard/actions.ts';
import type { WizardEvent } from '../../wizard/events.ts';
import { bindingFor } from '../../wizard/keys.ts';
import type { WizardState } from '../../wizard/state.ts';

/** A word that can be typed instead of an answer. */
export interface WordCommand {
  readonly words: readonly string[];
  /** Its row of the key map; undefined for what only lines need. */
  readonly action: NamedAction | undefined;
  readonly help: string;
}

/** The source of `?` and of what the words do. */
export const wordCommands: readonly WordCommand[] = [
  { words: ['back'], action: 'back', help: 'back to the previous question' },
  {
    words: ['review'],
    action: 'review',
    help: 'straight to the review; unasked questions keep their answers',
  },
  {
    words: ['look'],
    action: 'again',
    help: 'look at the cluster again',
  },
  { words: ['findings'], action: 'findings', help: 'all findings of the checks' },
  { words: ['explain'], action: 'explain', help: 'the worst finding, and what to do about it' },
  { words: ['values'], action: 'values', help: 'the values so far, and what this answer changes' },
  { words: ['set'], action: 'advanced', help: 'change any chart value: set PATH' },
  { words: ['diff'], action: 'diff', help: 'the full diff' },
  { words: ['manifests'], action: 'manifest', help: 'the rendered manifests' },
  { words: ['mend'], action: 'mend', help: 'apply the values that fix this' },
  { words: ['pass'], action: 'skip', help: 'let this pass, with a reason, which is recorded' },
  { words: ['again'], action: undefined, help: 'the question again' },
  { words: ['?', 'help'], action: 'keys', help: 'these words' },
  { words: ['quit', 'exit'], action: 'leave', help: 'leave; answers are kept, but no secrets' },
];

/** The command of a line, and what stands behind it. */
export function findCommand(line: string): { command: WordCommand; rest: string } | undefined {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const command = wordCommands.find(({ words }) => words.includes(word.toLowerCase()));
  // Only `set` takes something; else a sentence that begins with such a word is an answer.
  if (!command || (rest.length > 0 && command.action !== 'advanced')) return undefined;
  return { command, rest: rest.join(' ') };
}

/** The commands that do something now. */
export function activeCommands(state: WizardState): readonly WordCommand[] {
  return wordCommands.filter(
    ({ action }) => action === undefined || bindingFor(state, action) !== undefined,
  );
}

/** Going back never leaves: on the first question it does nothing, as Shift+Tab does. */
export function eventsOf({ action }: WordCommand, rest: string): readonly WizardEvent[] {
  if (action === undefined) return [];
  if (action === 'back') return [{ type: 'key', key: { name: 'shift-tab' } }];
  const event: WizardEvent = { type: 'act', action };
  return rest === '' ? [event] : [event, { type: 'answer', text: rest }];
}
