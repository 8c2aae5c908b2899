import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Effect, type Effects, followWanted } from '../../../../src/commands/wizard/runner.ts';
import type { Wanted, WizardEvent } from '../../../../src/wizard/events.ts';
import type { WizardState } from '../../../../src/wizard/state.ts';
import type { WizardStore } from '../../../../src/wizard/store.ts';

/** A store whose state is what it wants. */
function wanting(first: readonly string[]) {
  let keys = first;
  const told: WizardEvent[] = [];
  const listeners = new Set<() => void>();
  const store: WizardStore = {
    state: () => keys as unknown as WizardState,
    dispatch: (event) => void told.push(event),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const want = (...next: string[]) => {
    keys = next;
    for (const listener of listeners) listener();
  };
  return { store, want, told };
}

const wantedOf = (state: WizardState) =>
  (state as unknown as readonly string[]).map((key): Wanted => {
    const [kind = '', name = ''] = key.split(' ');
    return { kind, key: name } as unknown as Wanted;
  });

function effectsOf(effect: Effect): Effects {
  const kinds = ['connect', 'read', 'look', 'plan', 'apply', 'save', 'forget'] as const;
  return Object.fromEntries(kinds.map((kind) => [kind, effect])) as unknown as Effects;
}

const file = (path: string): WizardEvent => ({
  type: 'file',
  path,
  read: { state: 'read', values: {} },
});

describe('followWanted', () => {
  test('starts each wanted thing once, and what has ended not again while it stays wanted', async () => {
    const { store, want } = wanting(['look a']);
    const started: string[] = [];
    const runner = followWanted(
      store,
      effectsOf(async ({ key }) => void started.push(key)),
      wantedOf,
    );
    await pause(0);
    want('look a', 'look b');
    await pause(0);
    want('look b');
    want('look b', 'look a');
    await pause(0);
    await runner.stop();
    expect(started).toEqual(['a', 'b', 'a']);
  });

  test('aborts what is wanted no longer, and drops what that still tells', async () => {
    const { store, want, told } = wanting(['look a', 'look b']);
    const aborted: string[] = [];
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const runner = followWanted(
      store,
      effectsOf(async ({ key }, { signal, tell }) => {
        signal.addEventListener('abort', () => aborted.push(key));
        await released;
        tell(file(key));
      }),
      wantedOf,
    );
    await pause(0);
    want('look b');
    expect(aborted).toEqual(['a']);
    release();
    await pause(0);
    expect(told).toEqual([file('b')]);
    await runner.stop();
  });

  test('hears an apply to its end, though it is wanted no longer', async () => {
    const { store, want, told } = wanting(['apply a']);
    const runner = followWanted(
      store,
      effectsOf(async ({ key }, { signal, tell }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await pause(5);
        tell(file(key));
      }),
      wantedOf,
    );
    await pause(0);
    want();
    await runner.stop();
    expect(told).toEqual([file('a')]);
  });

  test('stops with nothing left running', async () => {
    const { store } = wanting(['look a', 'apply b']);
    const ended: string[] = [];
    const runner = followWanted(
      store,
      effectsOf(async ({ key }, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await pause(5);
        ended.push(key);
      }),
      wantedOf,
    );
    await pause(0);
    await runner.stop();
    expect(ended.sort()).toEqual(['a', 'b']);
  });

  test('tells of a bug, and takes no abort for one', async () => {
    const { store, want } = wanting(['look a']);
    const runner = followWanted(
      store,
      effectsOf(async ({ key }, { signal }) => {
        if (key === 'b') throw new Error('bug');
        await pause(10_000, undefined, { signal });
      }),
      wantedOf,
    );
    await pause(0);
    want('look b');
    await expect(runner.broken).rejects.toThrow('bug');
    await runner.stop();
  });
});
