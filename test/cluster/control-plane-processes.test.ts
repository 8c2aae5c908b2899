import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeCluster, eventually } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { readControlPlane, stopControlPlane } from './control-plane/playground.mjs';
import { findOwnProcesses } from './control-plane/processes.mjs';
import { startControlPlane } from './control-plane/start.mjs';

/** A start takes about 5 s; with another one at the same time and other tests beside, longer. */
const START_LIMIT = 40_000;

describeCluster('a control plane of its own', (shared) => {
  const { binary, crdsDirectory } = shared;

  const makeDirectory = async () => {
    const directory = await mkdtemp(join(tmpdir(), 'xerv-own-cluster-'));
    onTestFinished(async () => {
      await stopControlPlane(directory);
      await rm(directory, { recursive: true, force: true });
    });
    return directory;
  };

  /** Runs a program that starts a control plane, says so and then waits. */
  const launch = async (directory: string, detached: boolean): Promise<ChildProcess> => {
    const script = `
      const { startControlPlane } = await import(${JSON.stringify(
        new URL('control-plane/start.mjs', import.meta.url).href,
      )});
      await startControlPlane(${JSON.stringify({ binary, directory, detached, nodes: { count: 1 } })});
      console.log('started');
      ${detached ? '' : 'setInterval(() => {}, 1000);'}
    `;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      launcher.kill('SIGKILL');
    });
    await new Promise<void>((resolve, reject) => {
      launcher.stdout?.once('data', () => resolve());
      launcher.once('exit', (code) => reject(new Error(`the launcher ended with ${code}`)));
    });
    return launcher;
  };

  const readPids = async (directory: string): Promise<number[]> => {
    const { pids } = JSON.parse(await readFile(join(directory, 'control-plane.json'), 'utf8'));
    return Object.values(pids);
  };

  test('starts beside another one, serves the add-ons, and goes without a trace', async () => {
    const began = Date.now();
    const [plain, withAddOns] = await Promise.all([
      startControlPlane({ binary, directory: await makeDirectory(), nodes: { count: 1 } }),
      startControlPlane({
        binary,
        crdsDirectory,
        directory: await makeDirectory(),
        nodes: { count: 2, zones: 2 },
        crds: [
          ...['istio', 'gateway-api', 'keda', 'prometheus-operator', 'vertical-pod-autoscaler'],
          'linkerd',
        ],
      }),
    ]);
    expect(Date.now() - began).toBeLessThan(START_LIMIT);

    const kinds = await Promise.all(
      [plain, withAddOns].map(({ kubeconfig }) =>
        runCommand(shared.tools.kubectl, [
          '--kubeconfig',
          kubeconfig,
          'api-resources',
          '-o',
          'name',
        ]),
      ),
    );
    const addOnKinds = [
      'virtualservices.networking.istio.io',
      'httproutes.gateway.networking.k8s.io',
      'scaledobjects.keda.sh',
      'servicemonitors.monitoring.coreos.com',
      'verticalpodautoscalers.autoscaling.k8s.io',
      'serviceprofiles.linkerd.io',
    ];
    for (const kind of addOnKinds) {
      expect(kinds[0]?.stdout.split('\n')).not.toContain(kind);
      expect(kinds[1]?.stdout.split('\n')).toContain(kind);
    }

    for (const { directory, pids, stop } of [plain, withAddOns]) {
      expect(await findOwnProcesses(Object.values(pids), directory)).toHaveLength(6);
      await stop();
      expect(await findOwnProcesses(Object.values(pids), directory)).toEqual([]);
      expect(existsSync(directory)).toBe(false);
    }
  });

  test('ends with its launcher, even when that is killed', async () => {
    const directory = await makeDirectory();
    const launcher = await launch(directory, false);
    const pids = await readPids(directory);
    expect(await findOwnProcesses(pids, directory)).toHaveLength(6);
    launcher.kill('SIGKILL');
    await eventually(async () =>
      (await findOwnProcesses(pids, directory)).length === 0 ? true : undefined,
    );
  });

  test('outlives its launcher when detached, until it is told to stop', async () => {
    const directory = await makeDirectory();
    const launcher = await launch(directory, true);
    await eventually(async () => (launcher.exitCode === 0 ? true : undefined));
    const running = await readControlPlane(directory);
    expect(running?.kubeconfig).toBe(join(directory, 'kubeconfigs', 'admin.yaml'));
    const pids = await readPids(directory);

    expect(await stopControlPlane(directory)).toBe(true);
    expect(await findOwnProcesses(pids, directory)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
    expect(await stopControlPlane(directory)).toBe(false);
  });

  test('whose parts have died is not taken for running, and makes way for a new one', async () => {
    const directory = await makeDirectory();
    const options = { binary, directory, nodes: { count: 1 } };
    const broken = await startControlPlane(options);
    expect(await readControlPlane(directory)).toBeDefined();
    process.kill(broken.pids['kube-scheduler'] ?? 0, 'SIGKILL');
    await eventually(async () =>
      (await readControlPlane(directory)) === undefined ? true : undefined,
    );
    const fresh = await startControlPlane(options);
    expect(await readControlPlane(directory)).toBeDefined();
    expect(await findOwnProcesses(Object.values(broken.pids), directory)).toEqual([]);
    await fresh.stop();
  });

  test('says why it does not start', async () => {
    const directory = await makeDirectory();
    const broken = join(await makeDirectory(), 'broken');
    const script = `#!/bin/sh
      [ "$1" = kube-apiserver ] || exec ${binary} "$@"
      echo 'no room for it' >&2; exit 7`;
    await writeFile(broken, script, { mode: 0o755 });
    await expect(startControlPlane({ binary: broken, directory })).rejects.toThrow(
      /kube-apiserver ended \(7\)\s+no room for it/,
    );
  });
});
