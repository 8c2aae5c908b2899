import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/cluster.ts';
import { holdBack } from '../support/held-back.ts';
import { runInShell } from '../support/shell.ts';
import { runInTerminal } from '../support/terminal.ts';

const ctrlC = '\u0003';
const shiftTab = '\u001b[Z';
/** Ctrl+U. */
const clearText = '\u0015';

/** Ink asks for pastes in brackets as the first stage did: it has taken over. */
const hasInk = (raw: string) => raw.split('\u001b[?2004h').length > 2;

/** Without a cluster; `held` keeps the second stage back. */
async function open() {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-hand-over-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const held = holdBack(directory);
  const terminal = runInTerminal([], {
    cwd: directory,
    columns: 140,
    env: {
      KUBECONFIG: join(directory, 'none'),
      XDG_STATE_HOME: join(directory, 'state'),
      XDG_CACHE_HOME: join(directory, 'cache'),
      ...held.env,
    },
  });
  await terminal.until(/Looking for clusters and presets/);
  const leave = async () => {
    terminal.write(ctrlC);
    expect((await terminal.exit).code).toBe(130);
  };
  return { terminal, held, leave };
}

test('keys typed before, while and after Ink takes over arrive once, in order', async () => {
  const { terminal, held, leave } = await open();
  // Back to the name of the release, a text that nothing stands in the way of.
  terminal.write(`${shiftTab}${clearText}ab`);
  await held.letGo();
  let typed = 'ab';
  for (let left = 12; left > 0; left -= hasInk(terminal.raw()) ? 1 : 0) {
    // As much as can be seen at once.
    if (typed.length === 60) {
      terminal.write(clearText);
      typed = '';
    }
    const next = String.fromCharCode('a'.charCodeAt(0) + (typed.length % 26));
    terminal.write(next);
    typed += next;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await terminal.until(new RegExp(` ${typed}\\s`));
  expect(terminal.screen()).toContain('What is the release called?');
  await leave();
});

test('a paste before Ink is there comes after what was typed, as a text', async () => {
  const { terminal, held, leave } = await open();
  terminal.write(`${shiftTab}-one\u001b[200~-two\r\u001b[201~-three`);
  await held.letGo();
  await terminal.until(/xerv-one-two-three/);
  expect(hasInk(terminal.raw())).toBe(true);
  await leave();
});

test('it is left before Ink is there', async () => {
  const { terminal, held } = await open();
  terminal.write(`${shiftTab}${shiftTab}\u001b`);
  await held.letGo();
  expect((await terminal.exit).code).toBe(130);
  expect(hasInk(terminal.raw())).toBe(false);
  expect(terminal.screen()).toMatch(/^ ! Cancelled\. Nothing was changed\.$/);
  expect(terminal.screen()).not.toContain('XERV  ');
  expect(terminal.modes()).toEqual({ cursor: true, alternate: false, pastes: false });
});

test.skipIf(process.platform === 'win32')(
  'it is stopped and goes on at any moment of the hand-over',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'xerv-hand-over-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const env = { KUBECONFIG: join(directory, 'none'), XDG_STATE_HOME: join(directory, 'state') };
    const question = /What should it start from/;
    for (const milliseconds of [0, 40, 60, 80, 100, 140, 200]) {
      const shell = await runInShell(['--fresh'], { env, cwd: directory });
      await shell.until(question);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      shell.signal('SIGTSTP');
      await shell.stopped();
      expect(shell.modes()).toEqual({ cursor: true, alternate: false, pastes: false });
      expect(shell.isRaw()).toBe(false);
      await shell.goOn(question);
      await eventually(async () => (shell.isRaw() ? true : undefined));
      shell.write('?');
      await shell.until(/choose and go on/);
      shell.write(ctrlC);
      expect(await shell.exitCode()).toBe(130);
    }
  },
);
