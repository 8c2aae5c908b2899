import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Helm } from '../../cluster/types.ts';
import type { Chart } from '../types.ts';
import { digestOf } from './fingerprint.ts';

/**
 * What tells one chart from every other: of a directory the names and contents of all files, of an
 * archive its bytes. Of a chart that helm fetches, what helm shows of it; its templates are bound by
 * what they render.
 */
export async function chartDigest(helm: Helm, chart: Chart, signal: AbortSignal): Promise<string> {
  const found = await stat(chart.reference).catch(() => undefined);
  if (found?.isDirectory()) return directoryDigest(chart.reference);
  if (found?.isFile()) return digestOf(await readFile(chart.reference));
  const [metadata, values] = await Promise.all([
    helm.showChart(chart, { signal }),
    helm.showValues(chart, { signal }),
  ]);
  return digestOf(
    JSON.stringify([metadata.ok ? metadata.value : null, values.ok ? values.value : null]),
  );
}

async function directoryDigest(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
  const contents = await Promise.all(names.map((name) => readFile(join(directory, name))));
  const hash = createHash('sha256');
  for (const [index, name] of names.entries()) {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${name.split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return `sha256:${hash.digest('hex')}`;
}
