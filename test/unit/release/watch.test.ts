import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Api, ApiFailure } from '../../../src/cluster/types.ts';
import { defaultGraces, type Suspicion } from '../../../src/release/causes/suspicion.ts';
import type { ReleaseEvent } from '../../../src/release/events.ts';
import { parseManifest } from '../../../src/release/manifest.ts';
import { releaseShape } from '../../../src/release/read-snapshot.ts';
import { type Sighting, settled, watchRollout } from '../../../src/release/watch.ts';
import { makePod, makeSet } from '../../support/snapshots.ts';

const target = { context: 'lab', namespace: 'xerv', release: 'xerv' };
const shape = releaseShape(
  parseManifest('apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: xerv}\nspec: {}\n'),
);

/** A server that the real one cannot be made to be: it answers, or fails, turn by turn. */
const serverOf = (turns: readonly (ApiFailure | 'ready' | 'starting')[]) => {
  let turn = 0;
  const now = () => turns[Math.min(turn, turns.length - 1)] ?? 'ready';
  const answer = <T>(schema: z.ZodMiniType<T>, value: (ready: boolean) => unknown) => {
    const state = now();
    return typeof state === 'object'
      ? ({ ok: false, failure: state } as const)
      : ({ ok: true, value: z.parse(schema, value(state === 'ready')) } as const);
  };
  const api = {
    get: async (_: string, schema: z.ZodMiniType<unknown>) =>
      answer(schema, (ready) =>
        makeSet(ready ? {} : { status: { readyReplicas: 0, availableReplicas: 0 } }),
      ),
    list: async (path: string, schema: z.ZodMiniType<unknown>) => {
      if (!path.includes('/pods')) return { ok: true, value: [] };
      const read = answer(schema, (ready) => makePod('xerv-0', { ready }));
      return read.ok ? { ok: true, value: [read.value] } : read;
    },
    text: async () => ({ ok: true, value: '' }),
  } as unknown as Api;
  let time = Date.parse('2026-01-31T10:00:10Z');
  return {
    api,
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
      turn += 1;
    },
    turns: () => turn,
  };
};

const watch = async (
  server: ReturnType<typeof serverOf>,
  timeoutSeconds = 60,
  signal = new AbortController().signal,
) => {
  const events: ReleaseEvent[] = [];
  const run = watchRollout(server, { target, shape, timeoutSeconds }, signal);
  for (;;) {
    const next = await run.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
};

const unreachable: ApiFailure = { kind: 'unreachable', message: 'connection refused' };
const forbidden: ApiFailure = { kind: 'forbidden', message: 'pods is forbidden' };

describe('watchRollout', () => {
  test('says something only where something changed', async () => {
    const server = serverOf(['starting', 'starting', 'starting', 'ready']);

    const { events, result } = await watch(server);

    expect(events.map((event) => event.type === 'rollout' && event.ready)).toEqual([0, 1]);
    expect(result).toMatchObject({ kind: 'ready' });
  });

  test('bears with a server that is away for a while', async () => {
    const server = serverOf(['starting', unreachable, unreachable, 'ready']);

    expect((await watch(server)).result.kind).toBe('ready');
  });

  test('tells that the server is away for longer than a moment, and that it is back', async () => {
    const away = Array<ApiFailure>(30).fill(unreachable);
    const { events } = await watch(serverOf(['starting', ...away, 'ready']));
    expect(events.map((event) => (event.type === 'notice' ? event.message : event.type))).toEqual([
      'rollout',
      'The cluster is not answering; trying again: connection refused',
      'The cluster answers again.',
      'rollout',
    ]);
    const moment = await watch(serverOf(['starting', unreachable, unreachable, 'ready']));
    expect(moment.events.map(({ type }) => type)).toEqual(['rollout', 'rollout']);
  });

  test('does not pretend to know when the server stays away', async () => {
    const server = serverOf(['starting', unreachable]);

    expect((await watch(server, 5)).result).toEqual({
      kind: 'blind',
      message: 'connection refused',
    });
  });

  test('ends at once where it may not look', async () => {
    const server = serverOf([forbidden]);

    expect((await watch(server)).result).toMatchObject({ kind: 'blind' });
    expect(server.turns()).toBe(0);
  });

  test('looks often at first and then spares the server', async () => {
    const server = serverOf(['starting']);

    await watch(server, 60);

    expect(server.turns()).toBeGreaterThan(60);
    expect(server.turns()).toBeLessThan(90);
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();

    expect((await watch(serverOf(['starting']), 60, controller.signal)).result.kind).toBe(
      'stopped',
    );
  });
});

describe('settled', () => {
  const suspicion = (settles: Suspicion['settles'], key = 'a', group = key): Suspicion => ({
    key,
    group,
    settles,
    diagnosis: { cause: 'unknown', object: key, message: '', evidence: [], next: '' },
  });

  test('waits as long as the kind of cause may take to heal', () => {
    const sightings = new Map<string, Sighting>();
    const at = (seconds: number) =>
      settled([suspicion('image')], sightings, seconds * 1000, defaultGraces).length;

    expect([at(0), at(5), at(10), at(14), at(15)]).toEqual([0, 0, 0, 0, 1]);
  });

  test('a cause that went away starts anew, one that blinked does not', () => {
    const sightings = new Map<string, Sighting>();
    const at = (seconds: number, found: readonly Suspicion[]) =>
      settled(found, sightings, seconds * 1000, defaultGraces).length;

    at(0, [suspicion('image')]);
    at(8, []);
    expect(at(9, [suspicion('image')])).toBe(0);
    expect(at(16, [suspicion('image')])).toBe(1);
    at(30, []);
    expect(at(31, [suspicion('image')])).toBe(0);
  });

  test('one that may heal never ends anything; a certain one brings its group along', () => {
    const found = [
      suspicion('now', 'a', 'image x'),
      suspicion('image', 'b', 'image x'),
      suspicion('never', 'c'),
    ];

    expect(settled(found, new Map(), 0, defaultGraces).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});
