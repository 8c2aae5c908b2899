import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createSavedSessions,
  isRunning,
  type SavedSessionsOptions,
} from '../../../../src/commands/wizard/saved-sessions.ts';
import { createCleanup } from '../../../../src/files/cleanup.ts';
import { emptyDraft } from '../../../../src/wizard/initial.ts';
import type { KeptSession } from '../../../../src/wizard/state.ts';

const day = 24 * 60 * 60 * 1000;
let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sessions-'));
  directory = join(parent, 'state', 'create-xerv-deploy');
});
afterEach(() => rm(parent, { recursive: true }));

const open = (pid: number, options: Partial<SavedSessionsOptions> = {}) =>
  createSavedSessions({
    directory,
    owner: { pid, host: 'here' },
    now: () => 1000,
    isRunning: () => false,
    cleanup: createCleanup(),
    ...options,
  });
const sessionOf = (namespace: string): KeptSession => ({
  version: 1,
  step: 'start',
  draft: { ...emptyDraft, namespace, answers: { backend: 'raft' } },
});
const files = () => readdir(directory).catch(() => []);

describe('saved sessions', () => {
  test('are read by the next wizard, and taken away at a good end', async () => {
    await open(1).save(sessionOf('one'));
    const next = open(2);
    expect((await next.read()).saved).toEqual(sessionOf('one'));
    await next.forget();
    expect(await files()).toEqual([]);
  });

  test('that are about something else stay as they are', async () => {
    await open(1).save(sessionOf('one'));
    const next = open(2);
    const { saved } = await next.read(({ draft }) => draft.intent === 'uninstall');
    expect(saved).toBeUndefined();
    await next.forget();
    expect((await open(3).read()).saved).toEqual(sessionOf('one'));
  });

  test('that cannot be written are no bug: it is said where and why', async () => {
    await writeFile(join(parent, 'state'), 'a file where the directory should be');
    const sessions = open(1);
    expect((await sessions.read()).saved).toBeUndefined();
    for (const done of [sessions.save(sessionOf('one')), sessions.forget()])
      await expect(done).rejects.toMatchObject({
        name: 'DeployError',
        problems: [{ message: `Cannot write ${directory}.`, why: expect.stringContaining('file') }],
      });
  });

  test('are for their owner only', async () => {
    await open(1).save(sessionOf('one'));
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const [name = ''] = await files();
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
  });

  test('stay until the one that goes on has kept its own', async () => {
    await open(1).save(sessionOf('one'));
    const next = open(2);
    await next.read();
    expect(await files()).toHaveLength(1);
    await next.save(sessionOf('two'));
    expect(await files()).toHaveLength(1);
    expect((await open(3).read()).saved).toEqual(sessionOf('two'));
  });

  test('of a wizard that is at work are neither offered nor destroyed', async () => {
    const first = open(1);
    await first.save(sessionOf('one'));
    const second = open(2, { isRunning: (pid) => pid === 1 });
    expect((await second.read()).saved).toBeUndefined();
    await second.save(sessionOf('two'));
    await second.forget();
    expect((await open(3).read()).saved).toEqual(sessionOf('one'));
  });

  test('the newest is offered', async () => {
    await open(1, { now: () => 1 }).save(sessionOf('old'));
    await open(2, { now: () => 3 }).save(sessionOf('newest'));
    await open(3, { now: () => 2 }).save(sessionOf('new'));
    expect((await open(4).read()).saved).toEqual(sessionOf('newest'));
  });

  test('are forgotten after a month', async () => {
    await open(1, { now: () => 0 }).save(sessionOf('one'));
    expect((await open(2, { now: () => 31 * day }).read()).saved).toBeUndefined();
    expect(await files()).toEqual([]);
  });

  test.each([
    ['no JSON', '{"pid":'],
    ['something else', '{"pid":1,"host":"here","savedAt":1,"session":{"version":0}}'],
  ])('a file that is %s is left out with a word, and goes with the next', async (_, text) => {
    await open(1).save(sessionOf('one'));
    const broken = join(directory, 'session-9-abcdef01.json');
    await writeFile(broken, text);
    const next = open(2);
    const { saved, notices } = await next.read();
    expect(saved).toEqual(sessionOf('one'));
    expect(notices).toEqual([expect.stringContaining(broken)]);
    await next.save(sessionOf('two'));
    expect(await files()).toHaveLength(1);
  });

  test('saves that overlap end with the last one', async () => {
    const sessions = open(1);
    await Promise.all(['a', 'b', 'c'].map((name) => sessions.save(sessionOf(name))));
    const [name = ''] = await files();
    expect(await readFile(join(directory, name), 'utf8')).toContain('"namespace":"c"');
  });

  test('without any, nothing is made', async () => {
    expect(await open(1).read()).toEqual({ saved: undefined, notices: [] });
    await open(1).forget();
    expect(await readdir(parent)).toEqual([]);
  });
});

test('isRunning knows a process', () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(2 ** 30)).toBe(false);
});
