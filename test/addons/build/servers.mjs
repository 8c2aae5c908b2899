import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../scripts/run.mjs';
import { ensureFolder } from '../../cluster/control-plane/cached-folder.mjs';

/** The programs, and where Debian's and Ubuntu's packages have them. */
const PROGRAMS = {
  'redis-server': 'usr/bin',
  'redis-cli': 'usr/bin',
  'nats-server': 'usr/sbin',
  prometheus: 'usr/bin',
  promtool: 'usr/bin',
};
/** Those packages, with the libraries of Redis that are rarely there already. */
const PACKAGES = [
  ...['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1'],
  ...['nats-server', 'prometheus'],
];
/** A folder made of other packages is another one. */
const FOLDER = PACKAGES.join('+');

/**
 * @typedef {keyof typeof PROGRAMS} ServerName
 * @typedef {{paths: Record<ServerName, string>, env: Record<string, string>}} Servers env: what
 *   they need in their environment
 */

/**
 * Redis, NATS and Prometheus: those on PATH, or else the packages of Debian or Ubuntu, unpacked
 * into the cache folder. They are not installed, so that it takes no root.
 * @param {{cacheDirectory: string, log?: (message: string) => void}} options
 * @returns {Promise<Servers>}
 * @throws where one cannot be had, with what to do
 */
export async function ensureServers({ cacheDirectory, log = () => {} }) {
  const onPath = place((name) => name);
  if ((await findBroken(onPath)).length === 0) return onPath;
  const folder = await ensureFolder(join(cacheDirectory, 'servers'), FOLDER, (to) => {
    log('Fetching Redis, NATS and Prometheus from the packages of this system (25 MB).');
    return unpackPackages(to);
  });
  const libraries = ['usr/lib', 'lib'].map((path) => join(folder, path, triplet()));
  const unpacked = place((name) => join(folder, PROGRAMS[name], name), {
    LD_LIBRARY_PATH: libraries.join(':'),
  });
  const broken = await findBroken(unpacked);
  if (broken.length > 0)
    throw new Error(`${broken.join(', ')} of ${folder} do not run here. ${advice(broken)}`);
  return unpacked;
}

/**
 * @param {(name: ServerName) => string} path
 * @param {Record<string, string>} [env]
 * @returns {Servers}
 */
function place(path, env = {}) {
  const names = /** @type {ServerName[]} */ (Object.keys(PROGRAMS));
  return {
    paths: /** @type {Servers['paths']} */ (
      Object.fromEntries(names.map((name) => [name, path(name)]))
    ),
    env,
  };
}

/** @param {Servers} servers @returns {Promise<string[]>} the names of those that do not run */
async function findBroken({ paths, env }) {
  const options = { env: { ...process.env, ...env }, capture: true };
  const answers = await Promise.all(
    Object.entries(paths).map(async ([name, path]) => {
      const { code } = await run(path, ['--version'], options);
      return code === 0 ? [] : [name];
    }),
  );
  return answers.flat();
}

function triplet() {
  return `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
}

/** @param {string} folder */
async function unpackPackages(folder) {
  const downloads = join(folder, 'downloads');
  const lists = join(downloads, 'lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(downloads, 'archives', 'partial'), { recursive: true });
  // Lists of our own: those of the system may be missing, and only root could fetch them.
  const own = [`-oDir::State::Lists=${lists}`, `-oDir::Cache=${downloads}`];
  await must('apt-get', ['update', ...own], downloads);
  await must('apt-get', ['download', ...own, ...PACKAGES], downloads);
  for (const name of await readdir(downloads))
    if (name.endsWith('.deb'))
      await must('dpkg-deb', ['-x', join(downloads, name), folder], folder);
  await rm(downloads, { recursive: true });
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {string} cwd
 */
async function must(file, args, cwd) {
  const { code, stdout, stderr } = await run(file, args, { cwd, capture: true });
  if (code === 0) return;
  const said = `${stderr}${stdout}`.trim().slice(-1000);
  throw new Error(
    `${Object.keys(PROGRAMS).join(', ')} are not all on PATH, and the packages of this system ` +
      `cannot be had (${file} ${args[0]}): ${said}\n${advice(Object.keys(PROGRAMS))}`,
  );
}

/** @param {readonly string[]} names */
function advice(names) {
  return `The tests of add-ons need them: install ${names.join(', ')}.`;
}
