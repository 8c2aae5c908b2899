import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startControlPlane } from '../cluster/control-plane/start.mjs';
import type { ClusterUser, SharedCluster } from './cluster.ts';

/** A control plane for tests that break it, or that need one to themselves. */
export async function startOwnCluster(
  { binary, crdsDirectory, tools }: SharedCluster,
  options: { readonly nodes?: { readonly count: number; readonly zones: number } } = {},
): Promise<SharedCluster & { readonly stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-own-cluster-'));
  const context = 'own-cluster';
  const started = await startControlPlane({
    binary,
    crdsDirectory,
    directory,
    name: context,
    ...options,
  });
  const users: readonly ClusterUser[] = ['admin', 'viewer', 'editor', 'nobody', 'expired'];
  return {
    kind: 'running',
    server: started.server,
    context,
    tools,
    binary,
    crdsDirectory,
    kubeconfigs: Object.fromEntries(
      users.map((user) => [user, started.kubeconfigFor(user)]),
    ) as SharedCluster['kubeconfigs'],
    stop: () => started.stop(),
  };
}
