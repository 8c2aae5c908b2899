import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeFileProblem } from './file-problem.ts';

export interface ReadOptions {
  /** Where `-` is read from. */
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Bytes; more is refused. helm keeps a release in an object of about 1 MiB. */
  readonly maximumBytes?: number;
}

const defaultMaximumBytes = 4 * 1024 * 1024;

/**
 * Reads a text file, or standard input for `-`. A pipe such as `<(…)` is read too. A byte order
 * mark is left out.
 *
 * @throws DeployError (usage) where it is missing, a directory, unreadable, too big or not UTF-8, and
 *   where nothing comes on standard input
 */
export async function readTextFile(path: string, options: ReadOptions): Promise<string> {
  const maximum = options.maximumBytes ?? defaultMaximumBytes;
  if (path === '-') {
    const given = await collect(options.stdin, maximum, 'standard input');
    if (given.length > 0) return decode(given, path);
    // Of a command before us that has failed, or a standard input that is closed.
    throw new DeployError(exitCodes.usage, {
      message: 'Standard input is empty.',
      next: 'Check the command before this one, or leave "-" out.',
      where: 'standard input',
    });
  }
  let bytes: Uint8Array;
  try {
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    bytes = await collect(createReadStream(path), maximum, path);
  } catch (error) {
    if (error instanceof DeployError) throw error;
    throw new DeployError(exitCodes.usage, describeFileProblem('read', path, error));
  }
  return decode(bytes, path);
}

async function collect(
  chunks: AsyncIterable<Uint8Array | string>,
  maximum: number,
  name: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > maximum) {
      throw new DeployError(exitCodes.usage, {
        message: `${name} is larger than ${Math.floor(maximum / 1024)} KiB.`,
        why: 'It is not a values file: helm could not store a release with it.',
        next: 'Check that you named the right file.',
        where: name,
      });
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function decode(bytes: Uint8Array, path: string): string {
  const name = path === '-' ? 'standard input' : path;
  try {
    // Of plain letters, UTF-16 without a mark is UTF-8, too: with a NUL beside each.
    if (hasEvenNuls(bytes)) throw new TypeError('UTF-16');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DeployError(exitCodes.usage, {
      message: `${name} is not UTF-8 text.`,
      why: looksLikeUtf16(bytes) ? 'It looks like UTF-16.' : 'It holds bytes that are not text.',
      next: 'Save it as UTF-8, or check that you named the right file.',
      where: name,
    });
  }
}

function looksLikeUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || hasEvenNuls(bytes)
  );
}

function hasEvenNuls([first, second, third, fourth]: Uint8Array): boolean {
  return (second === 0 && fourth === 0) || (first === 0 && third === 0);
}
