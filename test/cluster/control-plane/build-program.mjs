import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGo } from './go.mjs';

const SAY_EVERY = 30_000;

/** The name of the built file. */
export const PROGRAM = process.platform === 'win32' ? 'control-plane.exe' : 'control-plane';

/**
 * Builds the program that plays all roles.
 * @param {{go: string, source: string, folder: string, log: (message: string) => void}} options
 *   go: path of the go command; source: where go.mod lies; folder: where the program goes
 * @throws with Go's own words
 */
export async function buildProgram({ go, source, folder, log }) {
  const goMod = await readFile(join(source, 'go.mod'), 'utf8');
  const version = /k8s\.io\/kubernetes (v1\.(\d+)\.\S+)/.exec(goMod);
  if (!version) throw new Error('go.mod does not name the version of Kubernetes');
  log(
    `Building the test control plane (Kubernetes ${version[1]}). All of Kubernetes is compiled ` +
      'for it, which takes 4 to 10 minutes; the result is kept.',
  );
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const timer = setInterval(
    () => log(`Still building the test control plane (${seconds()} s).`),
    SAY_EVERY,
  );
  // Without these the server would not know its own version.
  const stamp = [`gitVersion=${version[1]}`, 'gitMajor=1', `gitMinor=${version[2]}`].map(
    (pair) => `-X k8s.io/component-base/version.${pair}`,
  );
  try {
    await runGo(go, source, [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-mod=readonly',
      `-ldflags=-s -w ${stamp.join(' ')}`,
      `-o=${join(folder, PROGRAM)}`,
      '.',
    ]);
  } finally {
    clearInterval(timer);
  }
  log(`Built the test control plane in ${seconds()} s.`);
}
