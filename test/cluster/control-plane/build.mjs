import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../scripts/run.mjs';
import { findGo } from './find-go.mjs';
import { withLock } from './lock.mjs';

const SOURCE = import.meta.dirname;
const CRDS = join(SOURCE, 'crds');
const PROGRAM = process.platform === 'win32' ? 'control-plane.exe' : 'control-plane';
/** A build that nobody used for so long is removed when another one is made. */
const UNUSED_AFTER = 7 * 24 * 60 * 60 * 1000;
const SAY_EVERY = 30_000;

/**
 * @typedef {{kind: 'built', binary: string, crdsDirectory: string}} Built
 * @typedef {{kind: 'unusable', reason: string}} Unusable
 * @typedef {(message: string) => void} Log
 */

/**
 * The program that plays the roles of the control plane, and the CRDs of add-ons: built on first
 * use, which takes minutes, and kept in the cache under a hash of what they are made from.
 * @param {{cacheDirectory: string, log?: Log}} options log is told what is done and why it takes
 *   long, and nothing when there is nothing to do
 * @returns {Promise<Built | Unusable>} unusable: Go is missing or too old, with the reason
 * @throws where the build itself fails
 */
export async function ensureControlPlane({ cacheDirectory, log = () => {} }) {
  const goMod = join(SOURCE, 'go.mod');
  const go = await findGo(goMod);
  if (go.kind === 'unusable') return { kind: 'unusable', reason: go.reason };

  const platform = `${process.platform} ${process.arch} ${go.version}`;
  const programs = join(cacheDirectory, 'control-plane');
  const crds = join(cacheDirectory, 'crds');
  const [programHash, crdsHash] = await Promise.all([hashProgram(platform), hashFiles(CRDS)]);
  const [program, crdsDirectory] = await Promise.all([
    ensureFolder(programs, programHash, log, (folder) => buildProgram(go.path, folder, log)),
    ensureFolder(crds, crdsHash, log, (folder) => collectCrds(go.path, folder, log)),
  ]);
  return { kind: 'built', binary: join(program, PROGRAM), crdsDirectory };
}

/**
 * The folder with that name, made and filled unless it exists. It appears complete or not at all.
 * @param {string} parent
 * @param {string} name
 * @param {Log} log
 * @param {(folder: string) => Promise<void>} fill
 */
async function ensureFolder(parent, name, log, fill) {
  const folder = join(parent, name);
  if (await markUsed(folder)) return folder;
  await withLock(
    join(parent, `${name}.lock`),
    async () => {
      if (await markUsed(folder)) return;
      const unfinished = join(parent, `${name}.${process.pid}.unfinished`);
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true });
      try {
        await fill(unfinished);
        await rename(unfinished, folder);
      } finally {
        await rm(unfinished, { recursive: true, force: true });
      }
      await removeUnused(parent);
    },
    () => log('Waiting for another process that is building the test control plane.'),
  );
  return folder;
}

/** @param {string} folder */
async function markUsed(folder) {
  const now = new Date();
  return utimes(folder, now, now).then(
    () => true,
    () => false,
  );
}

/** @param {string} parent */
async function removeUnused(parent) {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    const used = await stat(path).catch(() => undefined);
    if (used && Date.now() - used.mtimeMs > UNUSED_AFTER)
      await rm(path, { recursive: true, force: true });
  }
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

/**
 * @param {string} go
 * @param {string} folder
 * @param {Log} log
 */
async function buildProgram(go, folder, log) {
  const goMod = await readFile(join(SOURCE, 'go.mod'), 'utf8');
  const version = /k8s\.io\/kubernetes (v1\.(\d+)\.\S+)/.exec(goMod);
  if (!version) throw new Error('go.mod does not name the version of Kubernetes');
  log(
    `Building the test control plane (Kubernetes ${version[1]}). All of Kubernetes is compiled ` +
      'for it, which takes 4 to 10 minutes; the result is kept.',
  );
  const began = Date.now();
  const timer = setInterval(() => {
    log(`Still building the test control plane (${Math.round((Date.now() - began) / 1000)} s).`);
  }, SAY_EVERY);
  // Without these the server would not know its own version.
  const stamp = [`gitVersion=${version[1]}`, 'gitMajor=1', `gitMinor=${version[2]}`].map(
    (pair) => `-X k8s.io/component-base/version.${pair}`,
  );
  try {
    await runGo(go, [
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
  log(`Built the test control plane in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/**
 * Copies the CRDs out of the Go modules that are pinned in crds/modules.json, and our own.
 * @param {string} go
 * @param {string} folder
 * @param {Log} log
 */
async function collectCrds(go, folder, log) {
  /** @type {{name: string, module: string, version: string, sum: string, path: string}[]} */
  const pins = JSON.parse(await readFile(join(CRDS, 'modules.json'), 'utf8'));
  log(`Fetching the CRDs of ${pins.map((pin) => pin.name).join(', ')}.`);
  await Promise.all(
    pins.map(async ({ name, module, version, sum, path }) => {
      const answer = await runGo(go, ['mod', 'download', '-json', `${module}@${version}`]);
      const { Dir: source, Sum: found } = JSON.parse(answer);
      if (found !== sum)
        throw new Error(`${module}@${version} has the sum ${found}; ${sum} was expected`);
      const from = join(source, path);
      const to = join(folder, name);
      const isFile = (await stat(from)).isFile();
      await cp(from, isFile ? join(to, 'crds.yaml') : to, { recursive: true });
      await makeWritable(to);
    }),
  );
  await cp(join(CRDS, 'linkerd'), join(folder, 'linkerd'), { recursive: true });
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

/**
 * @param {string} go
 * @param {string[]} args
 */
async function runGo(go, args) {
  const { code, stdout, stderr } = await run(go, args, {
    cwd: SOURCE,
    env: { ...process.env, CGO_ENABLED: '0' },
    capture: true,
  });
  if (code === 0) return stdout;
  const reason = `${stderr}${stdout}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`go ${args.slice(0, 2).join(' ')} failed (${code}):\n${reason}`);
}
