import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { commandNames } from '../../src/cli/command-table.ts';
import { runProgram } from '../support/run.ts';
import { packageRoot } from '../support/terminal.ts';

/** The second stage alone, which answers where the first one does not. */
async function runSecondStage(args: readonly string[]): Promise<string> {
  const directory = `${packageRoot}dist`;
  const script = `const { begin, loadProgram } = require('${directory}/first-stage.cjs');
    const begun = begin(process, '${packageRoot}');
    loadProgram(begun).main(process, begun);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', script, '--', 'program', ...args],
    { env: { PATH: process.env.PATH ?? '', HOME: tmpdir() } },
  );
  return stdout;
}

test.each([
  [['explain']],
  [['explain', 'xv-301']],
  [['explain', '-o', 'json']],
  [['explain', 'XV-301', '-o', 'json']],
  [['presets']],
  [['presets', 'istio']],
  [['presets', '-o', 'json']],
])('the first stage answers %j as the second does', async (args) => {
  const { code, stdout, stderr } = await runProgram(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(await runSecondStage(args));
});

const ascii = { env: { LC_ALL: 'C' } };

test.each([['explain'], ['explain', 'XV-210'], ['presets']])(
  '%s shows no more than a terminal can that knows ASCII only',
  async (...args) => {
    const plain = await runProgram(args, ascii);
    expect(plain.stdout).toMatch(/^[\n -~]+$/);
    const json = await runProgram(['explain', 'XV-210', '-o', 'json'], ascii);
    expect(json.stdout).toContain('“falling back to memory”');
  },
);

test.each(['', ...commandNames])('the help of %j is ASCII', async (name) => {
  const { stdout } = await runProgram([...(name === '' ? [] : [name]), '--help']);
  expect(stdout).toMatch(/^[\n -~]+$/);
});

test('what is wrong is told by the second stage', async () => {
  const unknown = await runProgram(['explain', 'XV-000']);
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('There is no check "XV-000"');
  expect(await runProgram(['presets', '../secret'])).toMatchObject({ code: 2, stdout: '' });
  expect((await runProgram(['explain', '--nonsense'])).stderr).toContain('no flag --nonsense');
});

/** A shell, so that standard output can be what no Node can make: a full disk, a slow reader. */
async function runInShell(command: string) {
  const [node, program] = [process.execPath, `${packageRoot}bin/create-xerv-deploy.js`];
  const env = { PATH: process.env.PATH ?? '', HOME: tmpdir(), NODE: node, PROGRAM: program };
  return promisify(execFile)('/bin/sh', ['-c', command], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test
  .skipIf(process.platform !== 'linux')
  .each([
    '--help',
    '--version',
    'presets redis',
    'explain',
    'explain XV-301 -o json',
    'completion bash',
    'presets redis -o json',
  ])('%s onto a full disk is no success', async (args) => {
  const { code, stderr } = await runInShell(`"$NODE" "$PROGRAM" ${args} > /dev/full`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Cannot write standard output/);
  expect(stderr).toMatch(/no space left|disk is full/);
  expect(stderr).not.toMatch(/^ +at /m);
});
