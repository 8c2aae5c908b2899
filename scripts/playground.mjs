import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../test/cluster/control-plane/lock.mjs';
import { readControlPlane, stopControlPlane } from '../test/cluster/control-plane/playground.mjs';
import { cacheDirectory } from './cache.mjs';
import { say } from './setup.mjs';

/** Where the playground's state and its kubeconfig lie. */
export function playgroundDirectory() {
  return join(cacheDirectory(), 'playground');
}

/**
 * The playground: 6 nodes in 3 zones, the StorageClasses standard (default) and fast-ssd. It stays
 * up between runs; the user's own kubeconfig is never looked at.
 * @param {{binary: string, crdsDirectory: string}} controlPlane
 * @param {(line: string) => void} log
 * @returns {Promise<{kubeconfig: string}>}
 */
export async function bringUpPlayground({ binary, crdsDirectory }, log) {
  const directory = playgroundDirectory();
  // Two first runs at once must not start two.
  return withLock(`${directory}.lock`, async () => {
    const running = await readControlPlane(directory);
    if (running) return running;
    log('Starting the playground: a real Kubernetes API with 6 pretended nodes (about 5 s)');
    const { startControlPlane } = await import('../test/cluster/control-plane/start.mjs');
    return startControlPlane({
      binary,
      crdsDirectory,
      directory,
      profile: 'playground',
      name: 'playground',
      nodes: { count: 6, zones: 3 },
      detached: true,
    });
  });
}

/**
 * Ends the playground and removes what it left.
 * @returns {Promise<number>} an exit code
 */
export async function stopPlayground() {
  const directory = playgroundDirectory();
  const wasRunning = (await readControlPlane(directory)) !== undefined;
  await stopControlPlane(directory);
  await rm(join(directory, '..', 'playground-values.yaml'), { force: true });
  await rm(join(directory, '..', 'playground-state'), { recursive: true, force: true });
  say(wasRunning ? 'The playground has ended.' : 'No playground is running.');
  return 0;
}
