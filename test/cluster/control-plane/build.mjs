import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildProgram, PROGRAM } from './build-program.mjs';
import { ensureFolder } from './cached-folder.mjs';
import { collectCrds } from './collect-crds.mjs';
import { findGo } from './go.mjs';

const SOURCE = import.meta.dirname;
const CRDS = join(SOURCE, 'crds');

/**
 * @typedef {{kind: 'built', binary: string, crdsDirectory: string}} Built
 * @typedef {{kind: 'unusable', reason: string}} Unusable
 */

/**
 * The program that plays the roles of the control plane, and the CRDs of add-ons: made on first
 * use, which takes minutes, and kept in the cache under a hash of what they are made from.
 * @param {{cacheDirectory: string, log?: (message: string) => void}} options log is told what is
 *   done and why it takes long, and nothing when there is nothing to do
 * @returns {Promise<Built | Unusable>} unusable: Go is missing or too old, with the reason
 * @throws where the build itself fails
 */
export async function ensureControlPlane({ cacheDirectory, log = () => {} }) {
  const found = await findGo(join(SOURCE, 'go.mod'));
  if (found.kind === 'unusable') return found;

  const go = found.path;
  const platform = `${process.platform} ${process.arch} ${found.version}`;
  const [programHash, crdsHash] = await Promise.all([hashProgram(platform), hashFiles(CRDS)]);
  const [program, crdsDirectory] = await Promise.all([
    ensureFolder(
      join(cacheDirectory, 'control-plane'),
      programHash,
      (folder) => buildProgram({ go, source: SOURCE, folder, log }),
      () => log('Waiting for another process that is building the test control plane.'),
    ),
    ensureFolder(join(cacheDirectory, 'crds'), crdsHash, (folder) =>
      collectCrds({ go, source: CRDS, folder, log }),
    ),
  ]);
  return { kind: 'built', binary: join(program, PROGRAM), crdsDirectory };
}

/** @param {string} platform */
async function hashProgram(platform) {
  const names = (await readdir(SOURCE)).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name)).sort();
  return hash([platform, ...(await readAll(names.map((name) => join(SOURCE, name))))]);
}

/** @param {string} folder */
async function hashFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return hash(await readAll(files.map((file) => join(file.parentPath, file.name)).sort()));
}

/** @param {string[]} files */
function readAll(files) {
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}

/** @param {string[]} texts */
function hash(texts) {
  // Line endings differ between checkouts on different systems.
  const normal = texts.map((text) => text.replaceAll('\r\n', '\n')).join('\0');
  return createHash('sha256').update(normal).digest('hex').slice(0, 16);
}
