import type { Key, KeyName } from '../wizard/events.ts';
import { splitText } from './keys.ts';

/** What terminals send for keys without a character, as Ink knows it (its parse-keypress.js). */
const sequences: readonly (readonly [string, KeyName])[] = [
  ['\u001b[A', 'up'],
  ['\u001bOA', 'up'],
  ['\u001b[B', 'down'],
  ['\u001bOB', 'down'],
  ['\u001b[C', 'right'],
  ['\u001bOC', 'right'],
  ['\u001b[D', 'left'],
  ['\u001bOD', 'left'],
  ['\u001b[H', 'home'],
  ['\u001bOH', 'home'],
  ['\u001b[1~', 'home'],
  ['\u001b[7~', 'home'],
  ['\u001b[F', 'end'],
  ['\u001bOF', 'end'],
  ['\u001b[4~', 'end'],
  ['\u001b[8~', 'end'],
  ['\u001b[3~', 'delete'],
  ['\u001b[5~', 'page-up'],
  ['\u001b[6~', 'page-down'],
  ['\u001b[Z', 'shift-tab'],
];

/** An Escape that nothing has followed yet: a key, or the beginning of one. */
export const loneEscape = '\u001b';

/**
 * The keys that were typed, up to the first thing that is not understood here, or not complete: a
 * paste, an odd sequence.
 */
export function readTyped(typed: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let rest = typed;
  while (true) {
    const start = rest.indexOf(loneEscape);
    keys.push(...splitText(start === -1 ? rest : rest.slice(0, start)));
    if (start === -1) return { keys, rest: '' };
    rest = rest.slice(start);
    const [sequence, name] = sequences.find(([sent]) => rest.startsWith(sent)) ?? [];
    if (sequence === undefined || name === undefined) return { keys, rest };
    keys.push({ name });
    rest = rest.slice(sequence.length);
  }
}
