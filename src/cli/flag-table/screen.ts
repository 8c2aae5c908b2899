import type { Flag } from '../flag.ts';

/** How the program talks to the user. */
export const screenFlags: readonly Flag[] = [
  {
    name: 'resume',
    kind: 'boolean',
    group: 'wizard',
    help: 'go on where the last one was left, unasked',
  },
  {
    name: 'fresh',
    kind: 'boolean',
    group: 'wizard',
    help: 'begin anew; what was kept of the last one is dropped',
  },
  {
    name: 'interactive',
    kind: 'boolean',
    hasOpposite: true,
    group: 'screen',
    help: 'ask questions, or never, whatever was detected',
  },
  {
    name: 'plain',
    kind: 'boolean',
    group: 'screen',
    help: 'plain text, line after line',
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
