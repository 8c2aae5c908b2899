import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUp, setUpControlPlane } from '../scripts/setup.mjs';
import { startControlPlane } from '../test/cluster/control-plane/start.mjs';

/**
 * Starts a real control plane for a bench, with helm 4 and kubectl for the program under test.
 * @returns what to run with, a directory for files of the bench, and how to end all of it
 * @throws where this machine cannot build the control plane
 */
export async function startPlayground() {
  const { helm4, kubectl } = await setUp();
  const built = await setUpControlPlane();
  if ('unusable' in built) throw new Error(built.unusable);
  const directory = await mkdtemp(join(tmpdir(), 'xerv-bench-'));
  const controlPlane = await startControlPlane({ ...built, directory, profile: 'playground' });
  return {
    helm4,
    kubectl,
    directory,
    env: {
      ...process.env,
      KUBECONFIG: controlPlane.kubeconfig,
      XERV_DEPLOY_HELM: helm4,
      XERV_DEPLOY_KUBECTL: kubectl,
    },
    stop: async () => {
      await controlPlane.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
