import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

/** What nobody used for so long is removed when something new is made. */
const UNUSED_AFTER = 7 * 24 * 60 * 60 * 1000;

/**
 * The folder of that name, made and filled unless it exists. It appears complete or not at all,
 * and processes that want it at once wait for the first of them.
 * @param {string} parent
 * @param {string} name a hash of what the content is made from
 * @param {(folder: string) => Promise<void>} fill
 * @param {() => void} [onWait] called once, when another process is at it
 * @returns {Promise<string>} its path
 */
export async function ensureFolder(parent, name, fill, onWait) {
  const folder = join(parent, name);
  if (await markUsed(folder)) return folder;
  const make = async () => {
    if (await markUsed(folder)) return;
    const unfinished = join(parent, `${name}.${process.pid}.unfinished`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    try {
      await fill(unfinished);
      await rename(unfinished, folder);
    } catch (error) {
      // Where two took over the lock of a process that had died, the first one's is as good.
      if (!(await markUsed(folder))) throw error;
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    await removeUnused(parent);
  };
  await withLock(join(parent, `${name}.lock`), make, onWait);
  return folder;
}

/** @param {string} folder */
function markUsed(folder) {
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
