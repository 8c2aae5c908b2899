import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runOrThrow } from './run.mjs';

/**
 * Downloads an npm package with the user's npm (registry, proxy and credentials are npm's), holds
 * it against its pinned integrity and unpacks it. Not `npm install`: no peer dependencies, no
 * install scripts. Done once: a folder that exists is complete, because it appears by a rename.
 * @param {{name: string, version: string, integrity: string}} pin integrity as npm writes it
 * @param {string} folder where the package's content goes
 * @param {(unpacked: string) => Promise<void>} [finish] prepares the unpacked content before the rename
 * @returns {Promise<void>}
 * @throws where the download fails or is not what the pin says
 */
export async function unpackNpmPackage(pin, folder, finish) {
  if (await exists(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    await runOrThrow('npm', ['pack', `${pin.name}@${pin.version}`, '--silent'], { cwd: work });
    const archive = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (!archive) throw new Error(`npm pack left no archive of ${pin.name}@${pin.version}`);
    await verifyIntegrity(join(work, archive), pin);
    await runOrThrow('tar', ['-xzf', archive], { cwd: work });
    await finish?.(join(work, 'package'));
    await rename(join(work, 'package'), folder);
  } catch (error) {
    // Another process may have been faster; what it made is the same.
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {{name: string, version: string, integrity: string}} pin
 */
async function verifyIntegrity(file, { name, version, integrity }) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity)
    throw new Error(`${name}@${version} is not the pinned one: ${found} instead of ${integrity}`);
}

/** @param {string} path */
async function exists(path) {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
