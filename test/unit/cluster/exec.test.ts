import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExec } from '../../../src/cluster/exec.ts';
import type { ExecOptions } from '../../../src/cluster/types.ts';
import { eventually } from '../../support/cluster.ts';
import { isRunning } from '../../support/processes.ts';

const exec = createExec();
const base: ExecOptions = { env: { PATH: process.env.PATH }, timeoutMilliseconds: 20_000 };
const shell = (script: string, options: Partial<ExecOptions> = {}) =>
  exec('/bin/sh', ['-c', script], { ...base, ...options });

describe.skipIf(process.platform === 'win32')('exec', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exec-test-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('gives exit code, stdout and stderr as they are', async () => {
    const result = await shell('printf "out\\n"; printf "err\\n" >&2; exit 3');
    expect(result).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
      cancelled: false,
    });
  });

  test('hands the input over and closes it', async () => {
    expect((await shell('cat', { input: 'kind: Secret\n' })).stdout).toBe('kind: Secret\n');
    expect((await shell('cat')).stdout).toBe('');
  });

  test('gives exactly the environment that it is told', async () => {
    process.env.EXEC_TEST_LEAK = 'leak';
    try {
      const { stdout } = await exec('/usr/bin/env', [], {
        ...base,
        env: { ONE: '1', TWO: undefined },
      });
      expect(stdout).toBe('ONE=1\n');
    } finally {
      delete process.env.EXEC_TEST_LEAK;
    }
  });

  test('passes arguments without a shell', async () => {
    const args = ['%s|', '$HOME', '`id`', 'a b', '*', '"'];
    const { stdout } = await exec('/usr/bin/printf', args, base);
    expect(stdout).toBe('$HOME|`id`|a b|*|"|');
  });

  test('reports lines of stderr as they come, and holds them all the same', async () => {
    const lines: string[] = [];
    // A character, and an end of a line, that come in two pieces.
    const script = String.raw`printf 'one \303' >&2; sleep 0.1; printf '\244\r' >&2; sleep 0.1; printf '\n\ntwo' >&2`;
    const { stderr } = await shell(script, { onStderrLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one \u00e4', '', 'two']);
    expect(stderr).toBe('one \u00e4\r\n\ntwo');
  });

  test('a child that does not read its input is no failure', async () => {
    const result = await shell('exec 0<&-; echo done', { input: 'x'.repeat(1_000_000) });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n' });
  });

  test('too long an argument is a result', async () => {
    const result = await exec('/bin/echo', ['x'.repeat(10_000_000)], base);
    expect(result.startFailure?.code).toBe('E2BIG');
  });

  test.each([
    ['ENOENT', join(tmpdir(), 'no-such-program')],
    ['EACCES', '/etc/passwd'],
  ])('%s at the start is a result', async (code, file) => {
    const result = await exec(file, [], base);
    expect(result.exitCode).toBeUndefined();
    expect(result.startFailure?.code).toBe(code);
  });

  test('an abort sends SIGTERM and keeps what the child says after it', async () => {
    const controller = new AbortController();
    const result = await shell(
      'trap "echo marked as failed >&2; exit 7" TERM; echo ready >&2; while :; do sleep 0.05; done',
      { signal: controller.signal, onStderrLine: (line) => line === 'ready' && controller.abort() },
    );
    expect(result).toMatchObject({ exitCode: 7, cancelled: true, timedOut: false });
    expect(result.stderr).toContain('marked as failed');
  });

  test('a child that ignores SIGTERM is killed after the time it was given', async () => {
    const controller = new AbortController();
    const startedAt = Date.now();
    const result = await shell('trap "" TERM; echo ready >&2; while :; do sleep 0.05; done', {
      signal: controller.signal,
      killAfterMilliseconds: 300,
      onStderrLine: (line) => line === 'ready' && controller.abort(),
    });
    expect(result).toMatchObject({ exitCode: undefined, cancelled: true });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(300);
  });

  test('nothing is started once the signal has aborted', async () => {
    const marker = join(directory, 'started');
    const result = await shell(`touch ${marker}`, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ exitCode: undefined, cancelled: true });
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  test('the time limit ends it', async () => {
    const result = await shell('sleep 30', { timeoutMilliseconds: 200 });
    expect(result).toMatchObject({ exitCode: undefined, timedOut: true, cancelled: false });
  });

  test('what the child left in its group ends with it', async () => {
    const pidFile = join(directory, 'pid');
    // Without the end of the grandchild, which holds stdout, this would take 30 s.
    await shell(`sleep 30 & echo $! > ${pidFile}; wait`, { timeoutMilliseconds: 300 });
    const pid = Number(await readFile(pidFile, 'utf8'));
    await eventually(async () => !isRunning(pid) || undefined);
  });

  test('the child leads a process group of its own', async () => {
    const { stdout } = await shell('ps -o pgid= -p $$; echo $$');
    const [group, pid] = stdout.trim().split(/\s+/);
    expect(group).toBe(pid);
  });

  test('too much output ends it', async () => {
    const result = await shell('yes', { maxOutputBytes: 100_000 });
    expect(result).toMatchObject({ exitCode: undefined, outputTooLong: true, timedOut: false });
    expect(result.stdout.length).toBeLessThanOrEqual(100_000);
  });
});
