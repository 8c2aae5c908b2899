import { spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeCluster, eventually, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { findProcesses, untilNoneRuns } from '../support/processes.ts';
import { program, runInTerminal } from '../support/terminal.ts';

const ctrlC = '\u0003';
const neverReady = ['install', '--image', 'ghcr.io/ml-rust/xerv:never-ready', '--yes'];

describeCluster('the program is told to stop', (cluster) => {
  async function open() {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    // Its own, so that what is left in it and what runs on it is of this run.
    const temporary = join(place.directory, 't');
    await mkdir(temporary);
    return { ...place, temporary, env: { ...place.env, TMPDIR: temporary } };
  }

  function start(args: readonly string[], env: Record<string, string>, cwd: string) {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    const until = (text: string) =>
      eventually(async () => (output.includes(text) ? true : undefined), 40_000);
    return { child, exit, until, output: () => output };
  }

  async function expectNothingLeft(temporary: string): Promise<void> {
    await untilNoneRuns(temporary);
    expect(await readdir(temporary)).toEqual([]);
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while it watches ends it with %i', async (signal, code) => {
    const { env, directory, temporary, run } = await open();
    const { child, exit, until, output } = start([...neverReady, '-o', 'json'], env, directory);
    await until('"type":"rollout"');
    expect(findProcesses(temporary)).not.toEqual([]);
    child.kill(signal);
    expect(await exit).toBe(code);
    await expectNothingLeft(temporary);
    expect(JSON.parse(output().trim().split('\n').at(-1) ?? '')).toMatchObject({
      outcome: 'cancelled',
      state: expect.stringContaining('helm had finished: release xerv is deployed'),
    });
    const status = JSON.parse((await run(['status', '-o', 'json'])).stdout);
    expect(status).toMatchObject({ release: { revision: 1, status: 'deployed' } });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while helm works waits for it and says what came of it', async (signal, code) => {
    const { env, directory, temporary } = await open();
    const { child, exit, until, output } = start([...neverReady, '-o', 'json'], env, directory);
    await until('applied by helm');
    child.kill(signal);
    expect(await exit).toBe(code);
    await expectNothingLeft(temporary);
    expect(JSON.parse(output().trim().split('\n').at(-1) ?? '')).toMatchObject({
      outcome: 'cancelled',
      state: expect.stringMatching(/release xerv/i),
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a second %s ends it at once, and says what is not known', async (signal, code) => {
    const { env, directory, temporary } = await open();
    const { child, exit, until, output } = start([...neverReady, '-o', 'json'], env, directory);
    await until('objects applied by helm","state":"started');

    child.kill(signal);
    child.kill(signal);

    expect(await exit).toBe(code);
    const lines = output().trim().split('\n');
    const outcomes = lines.filter((line) => line.includes('"type":"outcome"'));
    expect(outcomes.map((line) => JSON.parse(line))).toMatchObject([{ outcome: 'cancelled' }]);
    expect(output()).toMatch(
      /Ended at once by a second signal|helm was told to stop|no longer watched|helm had finished/,
    );
    await untilNoneRuns(temporary);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s once, and twice, after the outcome was told ends it with the code of that',
    async (signal) => {
      const { env, directory } = await open();
      const ready = ['install', '--yes', '-o', 'json'];
      for (const times of [1, 2]) {
        const { child, exit, output } = start(ready, env, directory);
        let isTold = false;
        child.stdout.on('data', (text: string) => {
          if (isTold || !text.includes('"type":"outcome"')) return;
          isTold = true;
          for (let sent = 0; sent < times; sent += 1) child.kill(signal);
        });
        expect(await exit).toBe(0);
        const outcomes = output()
          .split('\n')
          .filter((line) => line.includes('"type":"outcome"'))
          .map((line) => JSON.parse(line));
        expect(outcomes).toMatchObject([{ outcome: 'done' }]);
      }
    },
  );

  it('SIGKILL leaves no kubectl behind', async () => {
    const { env, directory, temporary } = await open();
    const { child, exit, until } = start([...neverReady, '-o', 'json'], env, directory);
    await until('"type":"rollout"');
    expect(findProcesses(temporary)).not.toEqual([]);
    child.kill('SIGKILL');
    await exit;
    await untilNoneRuns(temporary);
    await eventually(async () => ((await readdir(temporary)).length === 0 ? true : undefined));
  });

  it('Ctrl+C on a terminal stops the watching, and says that the rollout goes on', async () => {
    const { env, directory, temporary } = await open();
    const terminal = runInTerminal(neverReady, { env, cwd: directory });
    await terminal.until(/xerv-\S+ +starting/, 60_000);
    terminal.write(ctrlC);
    expect((await terminal.exit).code).toBe(130);
    expect(terminal.screen()).toContain('Stopped watching; the rollout continues in the cluster.');
    expect(terminal.screen()).toContain('helm had finished: release xerv is deployed');
    await expectNothingLeft(temporary);
  });
});
