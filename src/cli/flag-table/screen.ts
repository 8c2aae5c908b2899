import type { Flag } from '../flag.ts';

/** How the program talks to the user. */
export const screenFlags: readonly Flag[] = [
  {
    name: 'resume',
    kind: 'boolean',
    group: 'wizard',
    help: 'continue the last session without asking',
  },
  {
    name: 'fresh',
    kind: 'boolean',
    group: 'wizard',
    help: 'start over, and drop the last session',
  },
  {
    name: 'interactive',
    kind: 'boolean',
    hasOpposite: true,
    group: 'screen',
    help: 'ask questions, or never, regardless of what was detected',
  },
  {
    name: 'plain',
    kind: 'boolean',
    group: 'screen',
    help: 'plain text, line by line',
  },
  {
    name: 'no-color',
    kind: 'boolean',
    group: 'screen',
    help: 'no colours; NO_COLOR does the same',
  },
  {
    name: 'help',
    short: 'h',
    kind: 'boolean',
    group: 'screen',
    help: 'show this help',
  },
];
