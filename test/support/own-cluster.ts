import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startControlPlane } from '../cluster/control-plane/start.mjs';
import type { ClusterUser, SharedCluster } from './cluster.ts';

interface OwnClusterOptions {
  readonly nodes?: { readonly count: number; readonly zones: number };
}

/** A control plane for tests that break it, or that need one to themselves. */
export async function startOwnCluster(
  { binary, crdsDirectory, tools }: SharedCluster,
  options: OwnClusterOptions = {},
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

/**
 * The same for the tests of a block, which follow each other on it.
 * @param take is given it before the first of them
 */
export function useOwnCluster(
  shared: SharedCluster,
  take: (cluster: SharedCluster) => void,
  options: OwnClusterOptions = {},
): void {
  let own: Awaited<ReturnType<typeof startOwnCluster>> | undefined;
  beforeAll(async () => {
    own = await startOwnCluster(shared, options);
    take(own);
  });
  afterAll(() => own?.stop());
}
