import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, eventually, makeNamespace } from '../support/cluster.ts';
import { holdBack } from '../support/held-back.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { untilNoneRuns } from '../support/processes.ts';
import { runInShell } from '../support/shell.ts';
import { runInTerminal, type TerminalRun } from '../support/terminal.ts';

const ctrlC = '\u0003';
const ctrlZ = '\u001a';

const header = / XERV {2}/g;
const firstFrame = /Looking for clusters and presets/;
const question = /What should it start from/;
const review = /nothing has changed yet/;
const rollout = /0 of 1 ready/;
/** The number of the preset, and the key that goes to the review. */
const evaluation = '4r';

describeCluster('the wizard is told to stop', (cluster) => {
  async function open(image: Readonly<Record<string, string>> = {}) {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    // Its own, so that what is left in it and what runs on it is of this run.
    const temporary = join(place.directory, 't');
    await mkdir(temporary);
    const env = {
      ...place.env,
      ...image,
      XDG_STATE_HOME: join(place.directory, 'state'),
      TMPDIR: temporary,
    };
    return { env, directory: place.directory, temporary, held: holdBack(place.directory) };
  }
  const neverReady = { XERV_DEPLOY_IMAGE: 'ghcr.io/ml-rust/xerv:never-ready' };

  /** From the question on; each leaves the wizard in its phase. */
  const phases = {
    question: async (terminal: TerminalRun) => {
      await terminal.until(question);
    },
    review: async (terminal: TerminalRun) => {
      await terminal.until(question);
      terminal.write(evaluation);
      await terminal.until(review, 60_000);
    },
    rollout: async (terminal: TerminalRun) => {
      await phases.review(terminal);
      terminal.write('y');
      await terminal.until(rollout, 60_000);
    },
    end: async (terminal: TerminalRun) => {
      await phases.review(terminal);
      terminal.write('y');
      await terminal.until(/XERV is running/, 90_000);
    },
  };

  const keyOrSignals = [
    ['Ctrl+C', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const;
  type KeyOrSignal = (typeof keyOrSignals)[number][0];

  function tell(terminal: TerminalRun, word: KeyOrSignal): void {
    const { pid } = terminal;
    if (word === 'Ctrl+C') terminal.write(ctrlC);
    else process.kill(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')), word);
  }

  /** How it was left: as it was before, with nothing that runs on. */
  async function expectLeft(terminal: TerminalRun, code: number, temporary: string) {
    const screen = await terminal.untilLeft(code, 60_000);
    expect(screen).toMatch(/(^|\s)icanon/);
    expect(screen).toMatch(/(^|\s)echo\s/);
    expect(terminal.modes()).toEqual({ cursor: true, alternate: false, pastes: false });
    expect(terminal.raw()).not.toContain('\u001b[?1049h');
    await untilNoneRuns(temporary);
    return screen;
  }

  it('before the screen is there: leaves nothing, not even the first frame', async () => {
    await Promise.all(
      keyOrSignals.map(async ([word, code]) => {
        const { env, directory, temporary, held } = await open();
        const terminal = runInTerminal([], {
          env: { ...env, ...held.env },
          cwd: directory,
          inShell: true,
        });
        await terminal.until(firstFrame);
        tell(terminal, word);
        await held.letGo();
        const screen = await expectLeft(terminal, code, temporary);
        expect(screen.trim()).toMatch(/^! Cancelled. Nothing was changed.\n+code/);
      }),
    );
  });

  it.each(['question', 'review'] as const)('at a %s: nothing was changed', async (phase) => {
    await Promise.all(
      keyOrSignals.map(async ([word, code]) => {
        const { env, directory, temporary } = await open();
        const terminal = runInTerminal([], { env, cwd: directory, inShell: true });
        await phases[phase](terminal);
        tell(terminal, word);
        expect(await expectLeft(terminal, code, temporary)).toContain('Nothing was changed');
      }),
    );
  });

  it('during a rollout: says what the release is', async () => {
    await Promise.all(
      keyOrSignals.map(async ([word, code]) => {
        const { env, directory, temporary } = await open(neverReady);
        const terminal = runInTerminal([], { env, cwd: directory, inShell: true });
        await phases.rollout(terminal);
        tell(terminal, word);
        await terminal.until(/the rollout continues/);
        // A key leaves the screen as it ended; a signal wants the process gone.
        if (word === 'Ctrl+C') terminal.write(ctrlC);
        expect(await expectLeft(terminal, code, temporary)).toContain('release xerv is deployed');
      }),
    );
  });

  it('once it is over: what was done stays on the screen', async () => {
    await Promise.all(
      keyOrSignals.map(async ([word]) => {
        const { env, directory, temporary } = await open();
        const terminal = runInTerminal([], { env, cwd: directory, inShell: true });
        await phases.end(terminal);
        tell(terminal, word);
        // All was done, and is told as done: nothing is cancelled any more.
        const screen = await expectLeft(terminal, 0, temporary);
        expect(screen).toContain('XERV is running');
      }),
    );
  });

  /** By the key, or from outside; SIGSTOP cannot be heard, and nothing be given back before it. */
  const stops = ['Ctrl+Z', 'SIGTSTP', 'SIGSTOP'] as const;

  it.each(stops)(
    '%s gives the terminal to the shell, and fg takes it back, in each phase',
    async (word) => {
      const { env, directory, temporary, held } = await open(neverReady);
      const shell = await runInShell([], { env: { ...env, ...held.env }, cwd: directory });
      const isHeard = word !== 'SIGSTOP';
      const stop = () => (word === 'Ctrl+Z' ? shell.write(ctrlZ) : shell.signal(word));
      const expectGivenBack = (shows: RegExp) => {
        if (!isHeard) return;
        expect(shell.isRaw()).toBe(false);
        expect(shell.modes()).toEqual({ cursor: true, alternate: false, pastes: false });
        expect(shell.since()).not.toMatch(shows);
      };
      const goOn = async (shows: RegExp) => {
        await shell.goOn(shows);
        await eventually(async () => (shell.isRaw() ? true : undefined));
        expect(shell.modes()).toEqual({ cursor: false, alternate: false, pastes: true });
        // What is read in pieces may end between the old frame's end and the new one.
        await eventually(async () => {
          const headers = shell.visible().match(header)?.length ?? 0;
          if (headers === 1) return true;
          throw new Error(`${headers} headers on the screen:\n${shell.visible()}`);
        });
      };
      const stopAndGoOn = async (shows: RegExp) => {
        await shell.until(shows);
        stop();
        await shell.stopped();
        expectGivenBack(shows);
        await goOn(shows);
      };
      // The first stage has drawn, and hears keys and signals once the second one is loaded.
      await shell.until(firstFrame);
      stop();
      if (isHeard) await held.letGo();
      await shell.stopped();
      expectGivenBack(firstFrame);
      if (!isHeard) await held.letGo();
      await goOn(question);
      await stopAndGoOn(question);
      shell.write(evaluation);
      await stopAndGoOn(review);
      shell.write('y');
      await stopAndGoOn(rollout);
      shell.write(ctrlC);
      await stopAndGoOn(/the rollout continues/);
      shell.write(ctrlC);
      expect(await shell.exitCode()).toBe(130);
      expect(shell.isRaw()).toBe(false);
      expect(shell.modes()).toEqual({ cursor: true, alternate: false, pastes: false });
      await untilNoneRuns(temporary);
    },
  );

  it('takes keys again where its terminal was made another one while it stood', async () => {
    const { env, directory } = await open();
    const shell = await runInShell([], { env, cwd: directory });
    await shell.until(question);
    shell.signal('SIGSTOP');
    await shell.stopped();
    shell.makeCooked();
    await shell.goOn(question);
    await eventually(async () => (shell.isRaw() ? true : undefined));
    shell.write(evaluation);
    await shell.until(review, 60_000);
    expect(shell.visible().match(header)).toHaveLength(1);
    shell.write(ctrlC);
    expect(await shell.exitCode()).toBe(130);
  });
});
