import { closeSync, openSync, readSync } from 'node:fs';

/** Where a part of a file begins, and how long it is, in bytes. */
export type Place = readonly [start: number, length: number];

/**
 * Parts of a file that came with this program, joined. At once: to wait for a thread takes longer.
 * @throws Error where the file ends before a part does
 */
export function readParts(file: string, places: readonly Place[]): Buffer {
  const total = places.reduce((sum, [, length]) => sum + length, 0);
  const buffer = Buffer.allocUnsafe(total);
  const descriptor = openSync(file, 'r');
  let done = 0;
  try {
    for (const [start, length] of places) done += readSync(descriptor, buffer, done, length, start);
  } finally {
    closeSync(descriptor);
  }
  if (done !== total || total === 0)
    throw new Error(`${file} is incomplete; reinstall the package.`);
  return buffer;
}
