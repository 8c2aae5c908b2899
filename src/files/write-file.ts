import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import {
  chmod,
  copyFile,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Cleanup } from './cleanup.ts';
import { describeFileProblem, errorCode } from './file-problem.ts';

export interface WriteOptions {
  /** Permissions of the file, and of a backup. */
  readonly mode: number;
  /** Whether what is replaced is kept as `<path>.1`, `<path>.2`, …: the highest is the newest. */
  readonly backup: boolean;
  /** Takes the temporary file away where the process ends in the middle. */
  readonly cleanup: Cleanup;
}

export interface WriteResult {
  readonly action: 'created' | 'replaced' | 'unchanged';
  readonly path: string;
  /** Where the former content is kept. */
  readonly backup?: string;
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, flushed to the disk, then
 * renamed. A symbolic link stays one. Nothing is written where the file says the same already.
 * What is no file (`/dev/null`, a pipe) is written to as it is: it has no end to read to, and must
 * not be replaced by a file.
 *
 * @throws DeployError (failure) where it cannot be written; what was there is untouched then
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  options: WriteOptions,
): Promise<WriteResult> {
  try {
    const target = await followLink(path);
    if (await isSpecial(target)) {
      await writeFile(target, text);
      return { action: 'created', path };
    }
    const before = await readIfThere(target);
    if (before?.equals(Buffer.from(text))) return { action: 'unchanged', path };
    const temporary = join(
      dirname(target),
      `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`,
    );
    const done = options.cleanup.add(() => rmSync(temporary, { force: true }));
    try {
      await writeAndFlush(temporary, text, options.mode);
      const backup =
        before !== undefined && options.backup ? await keepBackup(target, options.mode) : undefined;
      await rename(temporary, target);
      await flushDirectory(dirname(target));
      const action = before === undefined ? 'created' : 'replaced';
      return { action, path, ...(backup === undefined ? {} : { backup }) };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      done();
    }
  } catch (error) {
    throw new DeployError(exitCodes.failure, describeWriteProblem(path, error));
  }
}

async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

/** Whether it is a device, a pipe or a socket. */
async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeAndFlush(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepBackup(path: string, mode: number): Promise<string> {
  const prefix = `${basename(path)}.`;
  const numbers = (await readdir(dirname(path)))
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d{0,8}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
  for (let number = Math.max(0, ...numbers) + 1; ; number += 1) {
    const backup = `${path}.${number}`;
    try {
      await copyFile(path, backup, constants.COPYFILE_EXCL);
      await chmod(backup, mode);
      return backup;
    } catch (error) {
      // Somebody else took this number since the directory was read.
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Makes the rename last through a power failure; not every system can, and none must. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}

function describeWriteProblem(path: string, error: unknown) {
  const problem = describeFileProblem('write', path, error);
  if (errorCode(error) !== 'ENOENT') return problem;
  const directory = dirname(path);
  return {
    ...problem,
    why: `The directory ${directory} does not exist.`,
    next: 'Create it first.',
  };
}
