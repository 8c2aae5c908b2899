import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Cleanup } from '../../files/cleanup.ts';
import { cacheDirectory } from '../../files/user-directories.ts';
import type { HelmResult, HelmVersion } from '../types.ts';
import { parseHelmVersion } from './version.ts';

export interface HelmVersionPlace {
  /** Of helm. */
  readonly path: string;
  /** Where what it said is kept. */
  readonly file: string;
}

/** First bytes of programs for Linux (ELF) and macOS (Mach-O, for one processor or for several). */
const magics: readonly string[] = ['7f454c46', 'cffaedfe', 'cafebabe'];

/** Where a user's helm versions are kept. */
export function helmVersionFile(surroundings: Parameters<typeof cacheDirectory>[0]): string {
  return join(cacheDirectory(surroundings), 'helm-version.json');
}

/**
 * The version of a helm that has told it before, so that no process need be started: it takes as
 * long as everything that is asked of a cluster. Only a program itself is known again; what stands
 * in for others (a script, a version manager under the name of helm) is asked each time.
 * @param ask asks helm
 */
export async function knownHelmVersion(
  { cleanup, ...place }: HelmVersionPlace & { readonly cleanup: Cleanup },
  ask: () => Promise<HelmResult<HelmVersion>>,
): Promise<HelmResult<HelmVersion>> {
  const version = rememberedHelmVersion(place);
  if (version) return { ok: true, value: version };
  const answer = await ask();
  const program = identify(place.path);
  if (answer.ok && program) await keep(place.file, fileText(program, answer.value), cleanup);
  return answer;
}

/** The version that helm has told before. Does not wait. @returns undefined where helm must be asked */
export function rememberedHelmVersion({ path, file }: HelmVersionPlace): HelmVersion | undefined {
  const kept = read(file);
  const version = parseHelmVersion(/"version":"([^"]+)"\}\n$/.exec(kept)?.[1] ?? '');
  const program = version && identify(path);
  // Of the same program, and to the last letter what we would write: it needs no parsing then.
  return program && kept === fileText(program, version) ? version : undefined;
}

/** What tells a program from what stood or will stand at its path. */
interface Program {
  readonly path: string;
  readonly size: number;
  readonly inode: number;
  /** In milliseconds since 1970, with their fraction. */
  readonly changedAt: number;
}

function fileText({ path, size, inode, changedAt }: Program, { version }: HelmVersion): string {
  return `${JSON.stringify({ program: { path, size, inode, changedAt }, version })}\n`;
}

/** @returns undefined for what may run another program tomorrow */
function identify(path: string): Program | undefined {
  // What tells a program from a stand-in is not known of Windows.
  if (process.platform === 'win32') return undefined;
  try {
    const real = realpathSync(path);
    if (!basename(real).startsWith('helm') || !isNative(real)) return undefined;
    const { size, ino, mtimeMs } = statSync(real);
    return { path: real, size, inode: ino, changedAt: mtimeMs };
  } catch {
    return undefined;
  }
}

function isNative(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(4);
    readSync(file, start, 0, start.length, 0);
    return magics.includes(start.toString('hex'));
  } finally {
    closeSync(file);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Where it cannot be kept, it is asked again. */
async function keep(file: string, text: string, cleanup: Cleanup): Promise<void> {
  try {
    const { mkdir } = await import('node:fs/promises');
    const { writeFileAtomically } = await import('../../files/write-file.ts');
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomically(file, text, { mode: 0o600, backup: false, cleanup });
  } catch {
    // A home that nobody may write to is no reason to stop.
  }
}
