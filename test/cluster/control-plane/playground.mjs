import { readFile, rm } from 'node:fs/promises';
import { createClient } from './api.mjs';
import { endProcesses, findOwnProcesses } from './processes.mjs';
import { LAYOUT } from './roles.mjs';
import { readState } from './state.mjs';

/**
 * @typedef {import('./state.mjs').State & {kubeconfig: string,
 *   kubeconfigFor: (user: string) => string}} RunningControlPlane
 */

/**
 * The control plane that runs in the directory.
 * @param {string} directory
 * @returns {Promise<RunningControlPlane | undefined>} undefined unless all its processes live and
 *   the server answers
 */
export async function readControlPlane(directory) {
  const state = await readState(directory);
  if (!state?.isReady) return undefined;
  const pids = Object.values(state.pids);
  const [own, answers] = await Promise.all([
    findOwnProcesses(pids, state.directory),
    isAnswering(state),
  ]);
  if (own.length !== pids.length || !answers) return undefined;
  return {
    ...state,
    kubeconfig: LAYOUT.kubeconfig(state.directory, 'admin'),
    kubeconfigFor: (user) => LAYOUT.kubeconfig(state.directory, user),
  };
}

/** @param {import('./state.mjs').State} state */
async function isAnswering({ directory, server }) {
  try {
    const certificateAuthority = await readFile(LAYOUT.certificateAuthority(directory), 'utf8');
    const kubeconfig = await readFile(LAYOUT.kubeconfig(directory, 'admin'), 'utf8');
    const token = /token: (\S+)/.exec(kubeconfig)?.[1] ?? '';
    const client = createClient({ server, certificateAuthority, token });
    try {
      const answer = await client.send('GET', '/readyz', { timeout: 5000 });
      return answer.status === 200;
    } finally {
      client.close();
    }
  } catch {
    return false;
  }
}

/**
 * Ends the control plane of the directory, whatever is left of it, and removes the directory.
 * @param {string} directory
 * @returns {Promise<boolean>} whether there was one
 */
export async function stopControlPlane(directory) {
  const state = await readState(directory);
  if (!state) return false;
  await endProcesses(Object.values(state.pids), state.directory);
  await rm(directory, { recursive: true, force: true });
  return true;
}
