/**
 * What the first stage needs where something is said on the command line: a file of its own, so that
 * V8 need not look through it where the wizard is opened without a word.
 */
export { default as stringWidth } from 'string-width';
export { commandTable } from './cli/command-table.ts';
export { parseInvocation } from './cli/parse.ts';
export { answerOffline } from './offline.ts';
export { firstFrame, firstView } from './ui/first-frame.ts';
