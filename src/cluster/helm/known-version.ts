import { mkdir, open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as z from 'zod/mini';
import type { Cleanup } from '../../files/cleanup.ts';
import type { HelmResult, HelmVersion } from '../types.ts';
import { parseHelmVersion } from './version.ts';

export interface HelmVersionPlace {
  /** Of helm. */
  readonly path: string;
  /** Where what it said is kept. */
  readonly file: string;
  readonly cleanup: Cleanup;
}

/** What tells a program from what stood or will stand at its path. */
const programSchema = z.object({
  path: z.string(),
  size: z.number(),
  inode: z.number(),
  /** In milliseconds since 1970, with their fraction. */
  changedAt: z.number(),
});
type Program = z.infer<typeof programSchema>;

const fileSchema = z.object({ program: programSchema, version: z.string() });

/** First bytes of programs for Linux (ELF) and macOS (Mach-O, for one processor or for several). */
const magics: readonly string[] = ['7f454c46', 'cffaedfe', 'cafebabe'];

/**
 * The version of a helm that has told it before, so that no process need be started: it takes as
 * long as everything that is asked of a cluster. Only a program itself is known again; what stands
 * in for others (a script, a version manager under the name of helm) is asked each time.
 * @param ask asks helm
 */
export async function knownHelmVersion(
  { path, file, cleanup }: HelmVersionPlace,
  ask: () => Promise<HelmResult<HelmVersion>>,
): Promise<HelmResult<HelmVersion>> {
  const [program, kept] = await Promise.all([identify(path), read(file)]);
  if (!program) return ask();
  const version =
    kept && areSame(kept.program, program) ? parseHelmVersion(kept.version) : undefined;
  if (version) return { ok: true, value: version };
  const answer = await ask();
  if (answer.ok) await keep({ file, cleanup }, program, answer.value.version);
  return answer;
}

/** @returns undefined for what may run another program tomorrow */
async function identify(path: string): Promise<Program | undefined> {
  // What tells a program from a stand-in is not known of Windows.
  if (process.platform === 'win32') return undefined;
  try {
    const real = await realpath(path);
    if (!basename(real).startsWith('helm') || !(await isNative(real))) return undefined;
    const { size, ino, mtimeMs } = await stat(real);
    return { path: real, size, inode: ino, changedAt: mtimeMs };
  } catch {
    return undefined;
  }
}

async function isNative(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return magics.includes(buffer.toString('hex'));
  } finally {
    await file.close();
  }
}

function areSame(one: Program, other: Program): boolean {
  return (
    one.path === other.path &&
    one.size === other.size &&
    one.inode === other.inode &&
    one.changedAt === other.changedAt
  );
}

async function read(file: string): Promise<z.infer<typeof fileSchema> | undefined> {
  try {
    return z.parse(fileSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Where it cannot be kept, it is asked again. */
async function keep(
  { file, cleanup }: Pick<HelmVersionPlace, 'file' | 'cleanup'>,
  program: Program,
  version: string,
): Promise<void> {
  try {
    const { writeFileAtomically } = await import('../../files/write-file.ts');
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomically(file, `${JSON.stringify({ program, version })}\n`, {
      mode: 0o600,
      backup: false,
      cleanup,
    });
  } catch {
    // A home that nobody may write to is no reason to stop.
  }
}
