import { expect, test } from 'vitest';
import { exitCodes } from '../../src/exit-codes.ts';
import { endsWith } from '../../src/signals.ts';

test.each([
  // returned, signal, told, ends with
  ['no signal', exitCodes.unfit, undefined, undefined, 3],
  ['cut short before anything was told', exitCodes.done, exitCodes.terminated, undefined, 143],
  ['done in spite of it', exitCodes.done, exitCodes.terminated, exitCodes.done, 0],
  ['failed before it came', exitCodes.applyFailed, exitCodes.cancelled, exitCodes.applyFailed, 4],
  ['cancelled by it', exitCodes.cancelled, exitCodes.hangup, exitCodes.cancelled, 129],
  ['a second one after the outcome', exitCodes.terminated, exitCodes.terminated, 0, 0],
] as const)('%s', (_, code, signalled, concluded, wanted) => {
  expect(endsWith(code, signalled, concluded)).toBe(wanted);
});
