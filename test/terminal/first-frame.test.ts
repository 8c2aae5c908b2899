import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holdBack } from '../support/held-back.ts';
import { runInTerminal, type TerminalOptions } from '../support/terminal.ts';

const firstFrame = /Looking for clusters and presets/;
const ctrlC = '\u0003';

/** Without a cluster; `held` keeps the second stage back. */
async function open() {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-first-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const state = join(directory, 'state');
  const held = holdBack(directory);
  const start = (args: readonly string[], options: TerminalOptions = {}) =>
    runInTerminal(args, {
      cwd: directory,
      inShell: true,
      ...options,
      env: { KUBECONFIG: join(directory, 'none'), XDG_STATE_HOME: state, ...options.env },
    });
  return { directory, state, held, start };
}

test('it is there before the program, keeps what is typed, and gives way to the screen', async () => {
  const { held, start } = await open();
  const terminal = start([], { env: held.env });
  await terminal.until(firstFrame);
  expect(terminal.screen()).toMatch(/XERV {2}install .*namespace xerv/);
  expect(terminal.screen()).toMatch(/● Target .* step 1\/\d+/);
  expect(terminal.modes().cursor).toBe(false);
  terminal.write('4r');
  await held.letGo();
  await terminal.until(/nothing has changed yet/);
  expect(terminal.screen()).toContain('install --preset evaluation');
  expect(terminal.screen()).not.toMatch(firstFrame);
  expect(terminal.screen().match(/XERV/g)).toHaveLength(1);
  expect(terminal.screen()).not.toMatch(/4r/);
  for (const clearing of ['\u001b[2J', '\u001b[3J']) expect(terminal.raw()).not.toContain(clearing);
  terminal.write(ctrlC);
  await terminal.until(/code 130/);
});

test('it says what the command line has said', async () => {
  const { held, start } = await open();
  const args = ['uninstall', '--context', 'prod-eu', '-n', 'flows', '--release', 'other'];
  const terminal = start(args, { env: held.env, columns: 120 });
  await terminal.until(firstFrame);
  expect(terminal.screen()).toMatch(
    /XERV {2}uninstall .*prod-eu · namespace flows · release other/,
  );
  await held.letGo();
  terminal.write(ctrlC);
  await terminal.until(/code 130/);
});

test('it goes again where the second stage finds something wrong', async () => {
  const { held, start } = await open();
  const terminal = start(['--preset', 'nonsense'], { env: held.env });
  await terminal.until(firstFrame);
  await held.letGo();
  const screen = await terminal.untilLeft(2);
  expect(screen.trimStart()).toMatch(/^✗ Error: There is no preset "nonsense"/);
  expect(screen).toMatch(/(^|\s)icanon/);
  expect(terminal.modes().cursor).toBe(true);
});

test('a notice takes no part of it along', async () => {
  const { state, start } = await open();
  await mkdir(join(state, 'create-xerv-deploy'), { recursive: true });
  await writeFile(join(state, 'create-xerv-deploy', 'session-1-a.json'), 'broken');
  const terminal = start([]);
  await terminal.until(/What should it start from/);
  expect(terminal.screen().replace(/\s+/g, ' ')).toMatch(/^The saved session .* ignored\. XERV/);
  terminal.write(ctrlC);
  await terminal.until(/code 130/);
});

test.each<[string, readonly string[], TerminalOptions, number]>([
  ['--plain', ['--plain'], {}, 130],
  ['ACCESSIBLE', [], { env: { ACCESSIBLE: '1' } }, 130],
  ['TERM=dumb', [], { env: { TERM: 'dumb' } }, 130],
  ['a tiny terminal', [], { columns: 39 }, 130],
  ['CI', [], { env: { CI: 'true' } }, 3],
  ['--no-interactive', ['--no-interactive'], {}, 3],
  ['-o json', ['-o', 'json'], {}, 3],
  ['another command', ['check'], {}, 3],
  ['a flag that does not exist', ['--nonsense'], {}, 2],
])('it is not drawn for %s', async (_, args, options, code) => {
  const { start } = await open();
  const terminal = start(args, { ...options, inShell: false });
  if (code === 130) {
    await terminal.until(/What should it start/);
    terminal.write(ctrlC);
  }
  expect((await terminal.exit).code).toBe(code);
  expect(terminal.raw()).not.toMatch(firstFrame);
});
