import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { listenForStops } from '../../../src/ui/job-control.ts';

/** A process that is told of signals, and a terminal that is given back and taken again. */
function open() {
  const done: string[] = [];
  const source = Object.assign(new EventEmitter(), {
    pid: 1,
    platform: 'linux',
    kill: (_: number, signal: string) => void done.push(signal),
  });
  const screen = { rows: 2, write: (text: string) => done.push(text) > 0 };
  const stops = listenForStops(source, screen, async () => {
    done.push('give back');
    return { resume: async () => void done.push('take') };
  });
  const tell = async (...signals: readonly string[]) => {
    for (const signal of signals) source.emit(signal);
    await new Promise((resolve) => setImmediate(resolve));
    return done.splice(0);
  };
  return { tell, stops, source, done };
}

it('is stopped once however often it is told, and goes on once', async () => {
  const { tell, stops } = open();
  expect(await tell('SIGTSTP', 'SIGTSTP')).toEqual(['give back', 'SIGSTOP']);
  expect(await tell('SIGCONT', 'SIGCONT')).toEqual(['take']);
  expect(await tell('SIGTSTP')).toEqual(['give back', 'SIGSTOP']);
  expect(await tell('SIGCONT')).toEqual(['take']);
  stops.dispose();
});

it('takes the terminal anew, on a screen of its own, after a stop that it did not hear', async () => {
  const { tell, stops } = open();
  expect(await tell('SIGCONT')).toEqual(['\n\n\u001b[H', 'give back', 'take']);
  stops.dispose();
  expect(await tell('SIGCONT', 'SIGTSTP')).toEqual([]);
});

it('does not stop what has been handed to somebody else meanwhile', async () => {
  const { source, done, stops } = open();
  source.emit('SIGTSTP');
  stops.dispose();
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual(['give back']);
});
