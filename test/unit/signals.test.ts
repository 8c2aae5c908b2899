import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { exitCodes } from '../../src/exit-codes.ts';
import { endsWith, listenForSignals } from '../../src/signals.ts';

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

/** A process that only counts how it was ended. */
function listen() {
  const exit = vi.fn();
  const proc = Object.assign(new EventEmitter(), { exit });
  return { proc, exit, cancellation: listenForSignals(proc as unknown as NodeJS.Process) };
}

test('the first signal cancels, the second one ends the process with the code of the first', () => {
  const { proc, exit, cancellation } = listen();
  proc.emit('SIGTERM');
  expect([cancellation.signal.aborted, cancellation.exitCode()]).toEqual([true, 143]);
  expect(exit).not.toHaveBeenCalled();
  proc.emit('SIGINT');
  expect(exit.mock.calls).toEqual([[143]]);
});

test('once all is over a signal hastens the end and leaves its code', () => {
  const { proc, exit, cancellation } = listen();
  cancellation.end();
  proc.emit('SIGTERM');
  expect(exit.mock.calls).toEqual([[]]);
  expect(cancellation.exitCode()).toBeUndefined();
});
