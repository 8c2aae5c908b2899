import { chmod, cp, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runGo } from './go.mjs';

/**
 * A folder with the CRDs of an add-on within a Go module.
 * @typedef {{name: string, module: string, version: string, sum: string, path: string,
 *   only?: string[]}} Pin sum: as in a go.sum; only: parts of the names of the files that are
 *   wanted
 */

/**
 * Copies the CRDs of add-ons out of the Go modules that modules.json pins, and our own.
 * @param {{go: string, source: string, folder: string, log: (message: string) => void}} options
 *   go: path of the go command; source: where modules.json lies; folder: gets a folder for each
 * @throws where a module cannot be had or is another than the pinned one
 */
export async function collectCrds({ go, source, folder, log }) {
  /** @type {Pin[]} */
  const pins = JSON.parse(await readFile(join(source, 'modules.json'), 'utf8'));
  log(`Fetching the CRDs of ${pins.map((pin) => pin.name).join(', ')}.`);
  await Promise.all([
    ...pins.map((pin) => collect(go, source, pin, join(folder, pin.name))),
    cp(join(source, 'linkerd'), join(folder, 'linkerd'), { recursive: true }),
  ]);
}

/**
 * @param {string} go
 * @param {string} source
 * @param {Pin} pin
 * @param {string} to
 */
async function collect(go, source, { module, version, sum, path, only }, to) {
  const answer = await runGo(go, source, ['mod', 'download', '-json', `${module}@${version}`]);
  const { Dir: directory, Sum: found } = JSON.parse(answer);
  if (found !== sum)
    throw new Error(`${module}@${version} has the sum ${found}; ${sum} was expected`);
  const from = join(directory, path);
  const isFile = (await stat(from)).isFile();
  await cp(from, isFile ? join(to, 'crds.yaml') : to, {
    recursive: true,
    filter: (file) => file === from || !only || only.some((part) => file.includes(`_${part}.`)),
  });
  await makeWritable(to);
}

/**
 * Files in the module cache are read-only, and so are copies of them, which nobody could remove.
 * @param {string} folder
 */
async function makeWritable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
