import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Cleanup } from './cleanup.ts';
import { describeFileProblem } from './file-problem.ts';

/** A temporary directory that only this user can enter. */
export interface PrivateDirectory {
  readonly path: string;
  /**
   * Writes a file that only this user can read, and returns its path.
   * @throws DeployError (failure) where it cannot be written
   */
  write(name: string, text: string): Promise<string>;
  /** Removes it with everything in it; safe to call twice. */
  dispose(): Promise<void>;
}

/**
 * Makes a private (0700) directory, for values on their way to helm and for sockets.
 *
 * @param cleanup removes it where the process ends before `dispose`
 * @param parent where it is made; the system's temporary directory by default
 * @throws DeployError (failure) where it cannot be made
 */
export async function makePrivateDirectory(
  cleanup: Cleanup,
  parent: string = tmpdir(),
): Promise<PrivateDirectory> {
  let path: string;
  try {
    // mkdtemp gives 0700 by itself, whatever the umask.
    path = await mkdtemp(join(parent, 'xerv-'));
  } catch (error) {
    throw cannot('make a temporary directory in', parent, error);
  }
  const done = cleanup.add(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    async write(name, text) {
      const file = join(path, name);
      try {
        await writeFile(file, text, { mode: 0o600 });
      } catch (error) {
        throw cannot('write', file, error);
      }
      return file;
    },
    async dispose() {
      await rm(path, { recursive: true, force: true });
      done();
    },
  };
}

function cannot(verb: string, path: string, error: unknown): DeployError {
  const problem = describeFileProblem(verb, path, error);
  const next = 'Point TMPDIR to a writable directory with free space.';
  return new DeployError(exitCodes.failure, { ...problem, next });
}
