import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureFolder } from '../../cluster/control-plane/cached-folder.mjs';
import { findGo, runGo } from '../../cluster/control-plane/go.mjs';
import { withLock } from '../../cluster/control-plane/lock.mjs';
import { PROGRAMS } from './programs.mjs';

const SOURCE = import.meta.dirname;
const SAY_EVERY = 60_000;

/**
 * @typedef {{binary: string, files: string}} BuiltProgram files: where what comes along lies,
 *   under the paths that it has in its module
 */

/**
 * An add-on's program: compiled on first use, which takes minutes, and kept in the cache under a
 * hash of what it is made from.
 * @param {import('./programs.mjs').ProgramName} name
 * @param {{cacheDirectory: string, log?: (message: string) => void}} options
 * @returns {Promise<BuiltProgram>}
 * @throws where Go is missing or the build fails, with the reason
 */
export async function ensureProgram(name, { cacheDirectory, log = () => {} }) {
  const source = join(SOURCE, PROGRAMS[name].build);
  const goMod = join(source, 'go.mod');
  const found = await findGo(goMod);
  if (found.kind === 'unusable')
    throw new Error(`the test add-on ${name} cannot be built: ${found.reason}`);
  const made = await Promise.all([goMod, join(source, 'go.sum')].map((file) => readFile(file)));
  const hash = createHash('sha256')
    .update(JSON.stringify([PROGRAMS[name], process.platform, process.arch, found.version]))
    .update(Buffer.concat(made).toString().replaceAll('\r\n', '\n'))
    .digest('hex')
    .slice(0, 16);
  const parent = join(cacheDirectory, 'add-ons');
  const folder = await ensureFolder(
    join(parent, name),
    hash,
    // One after another: they share most of what is compiled, and each uses all cores.
    (to) => withLock(join(parent, 'build.lock'), () => build(found.path, name, to, log)),
    () => log(`Waiting for another process that is building ${name}.`),
  );
  return { binary: join(folder, name), files: join(folder, 'files') };
}

/**
 * All of them.
 * @param {{cacheDirectory: string, log?: (message: string) => void}} options
 */
export async function ensurePrograms(options) {
  for (const name of Object.keys(PROGRAMS))
    await ensureProgram(/** @type {import('./programs.mjs').ProgramName} */ (name), options);
}

/**
 * @param {string} go
 * @param {import('./programs.mjs').ProgramName} name
 * @param {string} folder
 * @param {(message: string) => void} log
 */
async function build(go, name, folder, log) {
  const { package: main, build: at, module, files = [] } = PROGRAMS[name];
  const source = join(SOURCE, at);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  log(`Building the test add-on ${name}; the result is kept.`);
  const timer = setInterval(() => log(`Still building ${name} (${seconds()} s).`), SAY_EVERY);
  try {
    const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags=-s -w'];
    await runGo(go, source, ['build', ...flags, `-o=${join(folder, name)}`, main]);
    const directory = (await runGo(go, source, ['list', '-m', '-f={{.Dir}}', module])).trim();
    for (const path of files) await copy(join(directory, path), join(folder, 'files', path));
  } finally {
    clearInterval(timer);
  }
  log(`Built ${name} in ${seconds()} s.`);
}

/**
 * Files in the module cache are read-only, and so are copies of them, which nobody could remove.
 * @param {string} from
 * @param {string} to
 */
async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true });
  if ((await stat(to)).isFile()) return chmod(to, 0o644);
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
