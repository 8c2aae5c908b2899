import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** How many files are kept: those of the last builds and versions of Node that ran. */
const kept = 40;
/** Bytes before the code: a checksum, the code's length, and the commands that it was made by. */
const headerLength = 256;

/** Compiled code as it was found. */
export interface CachedCode {
  readonly data: Buffer;
  /** The commands in whose runs it was compiled: what only others use is not in it. */
  readonly uses: readonly string[];
  /** What the code was made of, where the program has it packed: to unpack it takes longer. */
  readonly source?: Buffer | undefined;
}

/** Keeps what V8 made of the pieces of a program, so that the next run need not make it again. */
export interface CodeCache {
  /** @returns undefined where there is none, or none that may be trusted */
  read(piece: string): CachedCode | undefined;
  /** Keeps it; does nothing where that cannot be. */
  write(piece: string, code: CachedCode): void;
}

/**
 * V8 runs what stands in such a file without a look at it. So it lies where only this user can
 * write, never in a temporary directory; and it is named by the state of the file that it was made
 * of, since V8 compares no more than its length, and by the version of Node. V8 itself refuses what
 * another V8 or other flags of it have made.
 * @param directory made where it is missing
 * @param state names the state of the program
 * @param file holds the program
 */
export function createCodeCache(directory: string, state: string, file: string): CodeCache {
  const pathOf = (piece: string): string => {
    const { size, mtimeMs } = statSync(file);
    return join(directory, [piece, state, size, mtimeMs, process.version, process.arch].join('-'));
  };
  return {
    read(piece) {
      try {
        const content = readFileSync(pathOf(piece));
        if (!isOurs(directory)) return undefined;
        const header = content.toString('latin1', 0, headerLength).trim();
        const [sum, length, ...uses] = header.split(' ');
        const rest = content.subarray(headerLength);
        if (sum !== checksum(rest)) return undefined;
        const data = rest.subarray(0, Number(length));
        const source = rest.subarray(data.length);
        return { data, uses, source: source.length > 0 ? source : undefined };
      } catch {
        return undefined;
      }
    },
    write(piece, { data, uses, source }) {
      try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        if (!isOurs(directory)) return;
        const path = pathOf(piece);
        const temporary = `${path}.${process.pid}`;
        // The code comes first: V8 copies what does not begin at a multiple of eight.
        const rest = source ? Buffer.concat([data, source]) : data;
        const words = [checksum(rest), data.length, ...uses].join(' ');
        const header = Buffer.alloc(headerLength, words.padEnd(headerLength));
        writeFileSync(temporary, Buffer.concat([header, rest]), { mode: 0o600, flag: 'wx' });
        renameSync(temporary, path);
        removeOldest(directory);
      } catch {
        // A full disk, a home that is read-only: the next run takes as long as this one.
      }
    },
  };
}

/**
 * Of one byte in 64. V8 checks the length alone, and crashes on what is not its own code; what a
 * power cut leaves undone are whole sectors, and to add up every byte takes as long as V8 takes to
 * use them.
 */
function checksum(data: Buffer): string {
  let sum = data.length;
  for (let offset = 0; offset < data.length; offset += 64)
    sum = (Math.imul(sum, 31) + (data[offset] ?? 0)) | 0;
  return String(sum);
}

/** Whether nobody else can put something there. Windows keeps a user's folders from others. */
function isOurs(directory: string): boolean {
  if (process.platform === 'win32') return true;
  const found = lstatSync(directory);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

function removeOldest(directory: string): void {
  const files = readdirSync(directory).map((name) => {
    const path = join(directory, name);
    return { path, time: statSync(path).mtimeMs };
  });
  const surplus = files.sort((a, b) => b.time - a.time).slice(kept);
  for (const { path } of surplus) rmSync(path, { force: true });
}
