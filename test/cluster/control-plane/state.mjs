import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What is written down of a control plane that runs.
 * @typedef {{directory: string, server: string, pids: Record<string, number>, users: string[],
 *   profile: string, isReady: boolean}} State isReady: whether its start was finished
 */

/** @param {string} directory */
function stateFile(directory) {
  return join(directory, 'control-plane.json');
}

/** @param {State} state */
export async function writeState(state) {
  const file = stateFile(state.directory);
  await writeFile(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/**
 * @param {string} directory
 * @returns {Promise<State | undefined>} undefined where nothing was written
 */
export async function readState(directory) {
  try {
    return JSON.parse(await readFile(stateFile(directory), 'utf8'));
  } catch {
    return undefined;
  }
}
