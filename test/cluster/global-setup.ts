import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { cacheDirectory } from '../../scripts/cache.mjs';
import { ensureTools } from '../../scripts/tools.mjs';
import type { SharedCluster, SkippedCluster } from '../support/cluster.ts';
import { ensureControlPlane } from './control-plane/build.mjs';
import { startControlPlane } from './control-plane/start.mjs';

interface Shared {
  readonly provided: SharedCluster | SkippedCluster;
  readonly stop: () => Promise<void>;
}

/**
 * Several of vitest's projects use the control plane, and each loads this file anew: what they
 * share hangs on the process.
 */
const place = globalThis as { testCluster?: { users: number; readonly shared: Promise<Shared> } };

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  place.testCluster ??= { users: 0, shared: start() };
  const { testCluster } = place;
  testCluster.users += 1;
  const { provided, stop } = await testCluster.shared;
  project.provide('cluster', provided);
  return async () => {
    testCluster.users -= 1;
    if (testCluster.users > 0) return;
    delete place.testCluster;
    await stop();
  };
}

/** @throws in CI, where Go must be there */
async function start(): Promise<Shared> {
  const log = (message: string) => console.log(message);
  const built = await ensureControlPlane({ cacheDirectory: cacheDirectory(), log });
  if (built.kind === 'unusable') {
    if (process.env.CI) throw new Error(built.reason);
    log(`Tests that need the control plane are skipped: ${built.reason}`);
    return { provided: { kind: 'skipped', reason: built.reason }, stop: async () => {} };
  }
  const context = 'test-cluster';
  const [tools, cluster] = await Promise.all([
    ensureTools({ log }),
    mkdtemp(join(tmpdir(), 'xerv-cluster-')).then((directory) =>
      startControlPlane({ ...built, directory, name: context, nodes: { count: 6, zones: 3 } }),
    ),
  ]);
  return {
    provided: {
      kind: 'running',
      server: cluster.server,
      context,
      tools,
      binary: built.binary,
      crdsDirectory: built.crdsDirectory,
      kubeconfigs: {
        admin: cluster.kubeconfigFor('admin'),
        viewer: cluster.kubeconfigFor('viewer'),
        editor: cluster.kubeconfigFor('editor'),
        nobody: cluster.kubeconfigFor('nobody'),
        expired: cluster.kubeconfigFor('expired'),
      },
    },
    stop: () => cluster.stop(),
  };
}
