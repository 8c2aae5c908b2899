import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheDirectory } from './cache.mjs';
import { run } from './run.mjs';

/**
 * Prometheus' promtool: the one on PATH, else the one of Debian's package `prometheus`, unpacked
 * into the cache folder. That needs no root where the package lists are there.
 * @param {{cache?: string, path?: string}} [options]
 * @returns {Promise<string>} its path
 * @throws where there is none to be had
 */
export async function ensurePromtool({
  cache = cacheDirectory(),
  path = process.env.PATH ?? '',
} = {}) {
  const onPath = path
    .split(delimiter)
    .map((folder) => join(folder, 'promtool'))
    .find((file) => existsSync(file));
  if (onPath) return onPath;
  const kept = join(cache, 'tools', 'promtool');
  if (existsSync(kept)) return kept;
  const work = await mkdtemp(join(tmpdir(), 'promtool-'));
  try {
    if (!(await download(work))) {
      await step('apt-get', ['update'], work);
      if (!(await download(work))) throw new Error(ADVICE);
    }
    const name = (await readdir(work)).find((file) => file.endsWith('.deb'));
    if (!name) throw new Error(ADVICE);
    // Inside the cache, so that the last step is a rename: of several at once, each is whole.
    await mkdir(join(cache, 'tools'), { recursive: true });
    const unpacked = await mkdtemp(join(cache, 'tools', 'promtool-new-'));
    try {
      if (!(await step('dpkg', ['-x', name, unpacked], work))) throw new Error(ADVICE);
      await rename(join(unpacked, 'usr/bin/promtool'), kept);
    } finally {
      await rm(unpacked, { recursive: true, force: true });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return kept;
}

const ADVICE =
  "promtool is not on PATH and Debian's package prometheus could not be downloaded: install Prometheus (https://prometheus.io/download/).";

/** @param {string} directory */
const download = (directory) => step('apt-get', ['download', 'prometheus'], directory);

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
async function step(program, args, cwd) {
  return (await run(program, args, { cwd, capture: true })).code === 0;
}
