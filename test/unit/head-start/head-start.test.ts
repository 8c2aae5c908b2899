import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundledChart } from '../../../src/bundled-chart.ts';
import { commandTable } from '../../../src/cli/command-table.ts';
import { parseInvocation } from '../../../src/cli/parse.ts';
import { childEnvironment } from '../../../src/cluster/child-environment.ts';
import { templateArguments } from '../../../src/cluster/helm/arguments.ts';
import { helmLimits } from '../../../src/cluster/helm/limits.ts';
import { makeHeadStart } from '../../../src/head-start/head-start.ts';
import { usualCluster } from '../../../src/values/chart-capabilities.ts';

const packageRoot = '/package';
const chart = { reference: bundledChart(packageRoot) };
const place = { release: 'xerv', namespace: 'xerv', chart };

let directory: string;
let env: Record<string, string>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'head-start-'));
  // They say what they were given, and that they are there.
  const program = async (name: string, text: string) => {
    const path = join(directory, name);
    await writeFile(path, `#!/bin/sh\necho "$0 $*" >> "${join(directory, 'calls')}"\n${text}\n`);
    await chmod(path, 0o755);
    return path;
  };
  await writeFile(join(directory, 'kubeconfig'), 'current-context: work\n');
  env = {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    KUBECONFIG: join(directory, 'kubeconfig'),
    XERV_DEPLOY_HELM: await program('helm', 'cat'),
    XERV_DEPLOY_KUBECTL: await program('kubectl', 'echo Starting to serve on /s; exec sleep 60'),
  };
});
afterEach(() => rm(directory, { recursive: true }));

const make = (...args: string[]) => {
  const invocation = parseInvocation(args, {});
  const { startsWith } = commandTable[invocation.command];
  return makeHeadStart(startsWith, invocation, { env, homeDirectory: directory, packageRoot });
};

/** Each program that was started, with its arguments; once there are so many. */
async function calls(count: number): Promise<string[]> {
  for (;;) {
    const text = await readFile(join(directory, 'calls'), 'utf8').catch(() => '');
    const lines = text.split('\n').filter(Boolean);
    if (lines.length >= count) return lines.sort();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe.skipIf(process.platform === 'win32')('helm', () => {
  const call = () => ({
    args: templateArguments({ ...place, ...usualCluster }),
    options: {
      input: 'a: 1\n',
      env: childEnvironment(env, {}, 'short'),
      timeoutMilliseconds: helmLimits.render,
    },
  });
  const run = (headStart: ReturnType<typeof make>, { args, options } = call()) =>
    headStart.exec(env.XERV_DEPLOY_HELM ?? '', args, options);

  test('is started once for the call that follows, and given its values', async () => {
    const headStart = make('check', '--preset', 'production-raft');
    await calls(2);
    expect(await run(headStart)).toMatchObject({ exitCode: 0, stdout: 'a: 1\n' });
    headStart.end();
    expect(await calls(2)).toHaveLength(2);
  });

  test.each([
    ['namespace', { ...place, namespace: 'other' }],
    ['cluster', { ...place, kubeVersion: 'v1.30.0' }],
  ])('is started anew for another call: %s', async (_, other) => {
    const headStart = make('check', '--preset', 'production-raft');
    const { options } = call();
    const args = templateArguments({ ...usualCluster, ...other });
    expect(await run(headStart, { args, options })).toMatchObject({ stdout: 'a: 1\n' });
    headStart.end();
    const helms = (await calls(3)).filter((line) => line.includes('helm template'));
    expect(helms).toHaveLength(2);
  });

  test('serves one call only', async () => {
    const headStart = make('check', '-f', 'values.yaml');
    await run(headStart);
    expect(await run(headStart)).toMatchObject({ exitCode: 0, stdout: 'a: 1\n' });
    headStart.end();
  });

  test.each([
    ['without values', ['check']],
    ['for another chart', ['check', '--preset', 'production-raft', '--chart', './mine']],
    ['for a command that does not render', ['status']],
  ])('is not started %s', async (_, args) => {
    const headStart = make(...args);
    expect(await calls(1)).toEqual([expect.stringContaining('kubectl')]);
    headStart.end();
  });
});

describe.skipIf(process.platform === 'win32')('kubectl', () => {
  const options = (context: string) => ({
    kubectl: env.XERV_DEPLOY_KUBECTL ?? '',
    access: { context, impersonateUser: undefined, impersonateGroups: [] },
    environment: childEnvironment(env, { kubeconfig: env.KUBECONFIG }, 'proxy'),
    temporaryDirectory: tmpdir(),
    onStderrLine: () => {},
  });

  test('is started once for the context that the kubeconfig names', async () => {
    const headStart = make('status');
    const start = await headStart.startProxy(options('work'));
    expect(await calls(1)).toEqual([expect.stringContaining('--context=work')]);
    if (!start.started) throw new Error(start.message);
    headStart.end();
    expect(start.proxy.hasEnded()).toBe(false);
    await start.proxy.close();
  });

  test('is started anew for another context', async () => {
    const headStart = make('status');
    const start = await headStart.startProxy(options('other'));
    const contexts = (await calls(2)).map((line) => /--context=(\w+)/.exec(line)?.[1]);
    expect(contexts.sort()).toEqual(['other', 'work']);
    headStart.end();
    if (start.started) await start.proxy.close();
  });

  test('is not started for what needs no cluster', async () => {
    const headStart = make('check', '--facts', 'facts.json', '--preset', 'production-raft');
    expect(await calls(1)).toEqual([expect.stringContaining('helm')]);
    headStart.end();
  });
});
