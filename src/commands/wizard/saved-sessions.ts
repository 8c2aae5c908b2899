import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Cleanup } from '../../files/cleanup.ts';
import { describeFileProblem, errorCode } from '../../files/file-problem.ts';
import type { KeptSession } from '../../wizard/state.ts';

/** Sessions on disk: a file each, so that several wizards at once do not meet. */
export interface SavedSessions {
  /**
   * The newest session that nobody is at any more, and what is worth saying about the others.
   * @param fits whether a session is about what is wanted now; one that is not stays as it is
   */
  readonly read: (fits?: (session: KeptSession) => boolean) => Promise<{
    readonly saved: KeptSession | undefined;
    readonly notices: readonly string[];
  }>;
  /**
   * Keeps this wizard's session in the place of the one that was read.
   * @throws DeployError (1) where it cannot be written
   */
  readonly save: (session: KeptSession) => Promise<void>;
  /**
   * Takes this wizard's session away, and the one that was read.
   * @throws DeployError (1) where it cannot
   */
  readonly forget: () => Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
}

export interface SavedSessionsOptions {
  readonly directory: string;
  readonly owner: Owner;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly isRunning: (pid: number) => boolean;
  readonly cleanup: Cleanup;
}

/** Nobody goes on after a month; the cluster is another one by then. */
const lifetime = 30 * 24 * 60 * 60 * 1000;

type Found =
  | { readonly state: 'free'; readonly savedAt: number; readonly session: KeptSession }
  | { readonly state: 'held' | 'old' | 'broken' };

/** Reads and writes nothing before it is asked to. */
export function createSavedSessions(options: SavedSessionsOptions): SavedSessions {
  const { directory, owner, now, cleanup } = options;
  const own = join(directory, `session-${owner.pid}-${now().toString(36)}.json`);
  /** What the own file takes the place of. */
  let superseded: readonly string[] = [];
  // One after the other: the last one asked for is the one that stays.
  let working: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = working.then(work).catch((error: unknown) => {
      if (error instanceof DeployError || errorCode(error) === undefined) throw error;
      throw new DeployError(exitCodes.failure, describeFileProblem('write', directory, error));
    });
    working = done.catch(() => {});
    return done;
  };
  const removeSuperseded = async () => {
    await Promise.all(superseded.map((path) => rm(path, { force: true })));
    superseded = [];
  };

  return {
    read: async (fits = () => true) => {
      const files = await Promise.all(
        (await list(directory)).map(async (path) => ({ path, found: await find(path, options) })),
      );
      const free = files
        .flatMap(({ path, found }) =>
          found.state === 'free' && fits(found.session) ? [{ path, ...found }] : [],
        )
        .sort((one, other) => other.savedAt - one.savedAt);
      const broken = files.filter(({ found }) => found.state === 'broken');
      const old = files.filter(({ found }) => found.state === 'old');
      // Where they may not be taken away they are left out.
      await Promise.all(old.map(({ path }) => rm(path, { force: true }).catch(() => {})));
      superseded = [...free.slice(0, 1), ...broken].map(({ path }) => path);
      return {
        saved: free[0]?.session,
        notices: broken.map(
          ({ path }) => `The saved session ${path} cannot be read and is ignored.`,
        ),
      };
    },
    save: (session) =>
      inTurn(async () => {
        const { writeFileAtomically } = await import('../../files/write-file.ts');
        await mkdir(directory, { recursive: true, mode: 0o700 });
        const text = `${JSON.stringify({ ...owner, savedAt: now(), session })}\n`;
        await writeFileAtomically(own, text, { mode: 0o600, backup: false, cleanup });
        await removeSuperseded();
      }),
    forget: () =>
      inTurn(async () => {
        await rm(own, { force: true });
        await removeSuperseded();
      }),
  };
}

async function list(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names
      .filter((name) => /^session-[\w-]+\.json$/.test(name))
      .map((name) => join(directory, name));
  } catch (error) {
    if (errorCode(error) !== undefined) return [];
    throw error;
  }
}

async function find(path: string, { owner, now, isRunning }: SavedSessionsOptions): Promise<Found> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    // Another wizard may have taken it away meanwhile.
    return { state: errorCode(error) === 'ENOENT' ? 'held' : 'broken' };
  }
  // Loaded where there is something to parse.
  const { parseSavedSession } = await import('./parse-saved-session.ts');
  const parsed = parseSavedSession(data);
  if (!parsed) return { state: 'broken' };
  const { pid, host, savedAt, session } = parsed;
  // Of another machine (a shared home) nothing is known; it saves anew if it is still running.
  if (host === owner.host && pid !== owner.pid && isRunning(pid)) return { state: 'held' };
  if (savedAt < now() - lifetime) return { state: 'old' };
  return { state: 'free', savedAt, session };
}

/** Whether there is a process of this number, ours or somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
