import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/run.ts';

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: work
contexts: [{name: work, context: {cluster: work, user: work}}]
clusters: [{name: work, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: work, user: {}}]
`;

/** kubectl and helm that tell that they were started. */
async function openPlace(kubectl = '') {
  const directory = await mkdtemp(join(tmpdir(), 'usage-error-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const started = join(directory, 'started');
  const program = async (name: string, script = '') => {
    const path = join(directory, name);
    await writeFile(path, `#!/bin/sh\necho ${name} "$1" >> "${started}"\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  await writeFile(join(directory, 'kubeconfig'), kubeconfig);
  const env = {
    HOME: directory,
    KUBECONFIG: join(directory, 'kubeconfig'),
    XERV_DEPLOY_HELM: await program('helm'),
    XERV_DEPLOY_KUBECTL: await program('kubectl', kubectl),
  };
  return {
    directory,
    run: (args: readonly string[]) => runProgram(args, { cwd: directory, env }),
    started: () => readFile(started, 'utf8').catch(() => ''),
  };
}

test.skipIf(process.platform === 'win32').each([
  ['check', '--no-such'],
  ['check', '--preset', 'evaluation', '--no-such'],
  ['plan', '--no-such'],
  ['install', '--no-such', '--yes'],
  ['upgrade', '--no-such', '--yes'],
  ['rollback', '--no-such'],
  ['status', '--no-such'],
  ['verify', '--no-such'],
  ['uninstall', '--no-such', '--yes'],
])('starts neither kubectl nor helm: %s %s', async (...args) => {
  const { run, started } = await openPlace();
  const { code, stderr } = await run(args);
  expect(code, stderr).toBe(2);
  expect(stderr).toContain('no flag --no-such');
  expect(await started()).toBe('');
});

test.skipIf(process.platform === 'win32')('starts both where nothing is wrong', async () => {
  const { run, started } = await openPlace();
  expect((await run(['check'])).code).toBe(3);
  expect((await started()).split('\n').sort()).toContain('kubectl proxy');
});

/** Each time it is started it is gone before, or a moment after, the first request comes. */
test.skipIf(process.platform === 'win32').each([
  ['asks for a user name', 'printf "Please enter Username: "; echo "error: EOF" >&2; exit 1'],
  ['serves and ends', 'echo "Starting to serve on nothing"; exit 1'],
  ['serves and ends later', 'echo "Starting to serve on nothing"; sleep 0.2; exit 1'],
])('a kubectl that %s is no success', async (_, script) => {
  const { run } = await openPlace(script);
  for (const command of ['check', 'status']) {
    const { code, stderr } = await run([command]);
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(/cannot be reached|gives no credentials/);
  }
});

test('a command that waits for what never comes ends with an error', async () => {
  const { directory } = await openPlace();
  const preload = join(directory, 'preload.cjs');
  await writeFile(
    preload,
    `const files = require('node:fs/promises');
const { stat } = files;
files.stat = (path, ...more) => path === 'never.yaml' ? new Promise(() => {}) : stat(path, ...more);
`,
  );
  const { code, stderr } = await runProgram(['render', '-f', 'never.yaml'], {
    cwd: directory,
    env: { HOME: directory, NODE_OPTIONS: `--require=${preload}` },
  });
  expect(stderr).toContain('The process ended before the command did.');
  expect(code).toBe(70);
});
