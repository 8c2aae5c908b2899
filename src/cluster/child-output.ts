import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

interface Collecting {
  /** How many bytes are kept. */
  readonly limit: number;
  /** Called where more comes; the rest is read and dropped. */
  readonly tooLong: () => void;
  /** Called with each line as it comes, its end left out. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * Reads what a child writes.
 * @param stream null where the child has none
 * @returns what has been read so far
 */
export function collectOutput(
  stream: Readable | null,
  { limit, tooLong, onLine }: Collecting,
): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  const decoder = onLine && new StringDecoder('utf8');
  let line = '';
  const passLines = (text: string): void => {
    const lines = (line + text).split(/\r?\n/);
    line = lines.pop() ?? '';
    for (const whole of lines) onLine?.(whole);
  };
  stream?.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, limit - length);
    if (kept.length > 0) chunks.push(kept);
    length += kept.length;
    if (decoder) passLines(decoder.write(kept));
    if (kept.length < chunk.length) tooLong();
  });
  stream?.once('end', () => {
    if (decoder) passLines(decoder.end());
    if (line !== '') onLine?.(line);
  });
  return () => Buffer.concat(chunks).toString();
}
