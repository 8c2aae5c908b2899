import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { cacheDirectory } from '../../../scripts/cache.mjs';
import { ensureTools } from '../../../scripts/tools.mjs';
import { ensureControlPlane } from '../../cluster/control-plane/build.mjs';
import { startControlPlane } from '../../cluster/control-plane/start.mjs';
import { kubectl, type SharedCluster } from '../../support/cluster.ts';
import { ensureProgram } from '../build/build.mjs';
import { type GuardedProcess, type ProcessOptions, startGuarded } from './guarded-process.ts';

/** Milliseconds until an add-on must have done what is waited for; seconds, unless cores are busy. */
export const PATIENCE = 90_000;

/** A control plane of a test file's own, with processes beside it. */
export interface AddOnCluster extends SharedCluster {
  readonly directory: string;
  /** A server certificate for localhost, and the authority that signed it. */
  readonly certificate: {
    readonly crt: string;
    readonly key: string;
    readonly ca: string;
    /** The authority as webhook configurations hold it. */
    readonly caBundle: string;
  };
  /** An add-on's program and its files, built where it is missing. */
  readonly program: (name: Parameters<typeof ensureProgram>[0]) => ReturnType<typeof ensureProgram>;
  /** Starts a process that ends with the cluster. */
  readonly start: (options: Omit<ProcessOptions, 'directory'>) => GuardedProcess;
}

/**
 * Starts a control plane for the tests of this file, and what `setUp` starts beside it; all of it
 * ends after them. The add-ons change objects of every namespace, so no file shares its cluster.
 * @returns gives the cluster, within tests
 */
export function useAddOnCluster(setUp: (cluster: AddOnCluster) => Promise<void>): AddOnCluster {
  const place: { cluster?: AddOnCluster } = {};
  let stop = async () => {};
  beforeAll(async () => {
    const started = await startCluster();
    stop = started.stop;
    place.cluster = started.cluster;
    await setUp(started.cluster);
  });
  afterAll(() => stop());
  return new Proxy({} as AddOnCluster, {
    get: (_, key) => Reflect.get(place.cluster ?? {}, key),
  });
}

async function startCluster(): Promise<{ cluster: AddOnCluster; stop: () => Promise<void> }> {
  const options = { cacheDirectory: cacheDirectory(), log: (line: string) => console.error(line) };
  const built = await ensureControlPlane(options);
  if (built.kind === 'unusable') throw new Error(built.reason);
  const directory = await mkdtemp(join(tmpdir(), 'xerv-add-ons-'));
  const context = 'add-ons';
  const [tools, controlPlane] = await Promise.all([
    ensureTools(),
    startControlPlane({ ...built, directory, name: context, nodes: { count: 3, zones: 3 } }),
  ]);
  const processes: GuardedProcess[] = [];
  const { kubeconfigFor } = controlPlane;
  return {
    cluster: {
      kind: 'running',
      server: controlPlane.server,
      context,
      tools,
      binary: built.binary,
      crdsDirectory: built.crdsDirectory,
      kubeconfigs: {
        admin: kubeconfigFor('admin'),
        viewer: kubeconfigFor('viewer'),
        editor: kubeconfigFor('editor'),
        nobody: kubeconfigFor('nobody'),
        expired: kubeconfigFor('expired'),
      },
      directory,
      certificate: await makeCertificate(built.binary, directory),
      program: (name) => ensureProgram(name, options),
      start(process) {
        const started = startGuarded({ ...process, directory });
        processes.push(started);
        return started;
      },
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
      await controlPlane.stop();
    },
  };
}

async function makeCertificate(binary: string, directory: string) {
  const folder = join(directory, 'webhook-certificates');
  await mkdir(folder);
  await promisify(execFile)(binary, ['certificates', folder]);
  const ca = join(folder, 'ca.crt');
  return {
    crt: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
    ca,
    caBundle: (await readFile(ca)).toString('base64'),
  };
}

/**
 * Applies manifests as the admin, and waits for the kinds among them.
 * @param source a folder or a file, or objects
 * @throws with what kubectl said
 */
export async function apply(
  cluster: AddOnCluster,
  source: string | readonly object[],
  ...args: string[]
): Promise<void> {
  const items = typeof source === 'string' ? '' : JSON.stringify(list(source));
  const file = typeof source === 'string' ? source : '-';
  const { code, stderr } = await kubectl(
    cluster,
    // KEDA's kinds are too large for what a client-side apply would note on them.
    ['apply', '--server-side', '--force-conflicts', '-f', file, ...args],
    { input: items },
  );
  if (code !== 0) throw new Error(stderr);
}

/** Applies a folder or file of CRDs, and waits until the kinds are served. */
export async function applyCrds(cluster: AddOnCluster, path: string): Promise<void> {
  await apply(cluster, path);
  const wait = ['wait', '--for=condition=Established', '--timeout=60s', '-f', path];
  const { code, stderr } = await kubectl(cluster, wait);
  if (code !== 0) throw new Error(stderr);
}

function list(items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}
