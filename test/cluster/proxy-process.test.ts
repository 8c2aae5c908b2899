import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { versionInfo } from '../../src/cluster/objects.ts';
import { describeCluster, eventually, kubectl, type SharedCluster } from '../support/cluster.ts';
import { connect, makeDirectory, value } from '../support/cluster-connection.ts';
import { findProcesses } from '../support/processes.ts';

/** How many milliseconds it takes. */
async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = Date.now();
  await work();
  return Date.now() - startedAt;
}

/** A process of its own that connects, prints "connected", and waits or comes to its end. */
async function startParent(
  cluster: SharedCluster,
  temporaryDirectory: string,
  endsByItself: boolean,
): Promise<ChildProcess> {
  const directory = await makeDirectory();
  const outfile = join(directory, 'parent.mjs');
  await build({
    stdin: {
      contents: `
        import { openApi } from './src/cluster/connection.ts';
        import { versionInfo } from './src/cluster/objects.ts';
        const [, , kubeconfig, kubectl, temporaryDirectory, ends] = process.argv;
        const access = { kubeconfig, impersonateGroups: [], requestTimeoutMilliseconds: 9000 };
        const api = await openApi(access, { kubectl, env: process.env, temporaryDirectory });
        console.log(await api.get('/version', versionInfo));
        if (ends !== 'true') setInterval(() => {}, 1000);
      `,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['cross-spawn', 'yaml'],
    outfile,
    logLevel: 'silent',
  });
  const { kubeconfigs, tools } = cluster;
  const args = [kubeconfigs.admin, tools.kubectl, temporaryDirectory, String(endsByItself)];
  const child = spawn(process.execPath, [outfile, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

describeCluster('the proxy process', (cluster) => {
  test('serves many requests on one process and is gone after close', async () => {
    const temporaryDirectory = await makeDirectory();
    const api = await connect(cluster, { temporaryDirectory });
    await value(api.get('/version', versionInfo));
    const mine = findProcesses(temporaryDirectory);
    // The shell, its watcher and kubectl.
    expect(mine).toHaveLength(3);
    const ofRequests = await timed(async () => {
      for (let i = 0; i < 50; i += 1) await value(api.get('/version', versionInfo));
    });
    expect(findProcesses(temporaryDirectory)).toEqual(mine);
    const ofProcesses = await timed(async () => {
      for (let i = 0; i < 5; i += 1) await kubectl(cluster, ['get', '--raw', '/version']);
    });
    // A kubectl for each would take ten times as long as these five.
    expect(ofRequests).toBeLessThan(5 * ofProcesses);
    await api.close();
    await eventually(async () => findProcesses(temporaryDirectory).length === 0 || undefined);
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  describe.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'forgotten close'] as const)('%s', (how) => {
    test('leaves no process and no directory behind', async () => {
      const temporaryDirectory = await makeDirectory();
      const parent = await startParent(cluster, temporaryDirectory, how === 'forgotten close');
      await once(parent.stdout as NodeJS.ReadableStream, 'data');
      if (how !== 'forgotten close') {
        expect(findProcesses(temporaryDirectory).length).toBeGreaterThanOrEqual(3);
        parent.kill(how);
      }
      if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit');
      await eventually(async () => findProcesses(temporaryDirectory).length === 0 || undefined);
      await eventually(async () => (await readdir(temporaryDirectory)).length === 0 || undefined);
    });
  });
});
