import { chmod, cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { list } from 'tar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chartArchive, placesIn } from '../../../scripts/bundle/chart.mjs';
import { root } from '../../../scripts/setup.mjs';
import { readParts } from '../../../src/files/read-parts.ts';

let checkout: string;
let chart: string;
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'chart-archive-'));
  chart = join(checkout, 'charts/xerv');
  await cp(join(root, 'charts/xerv'), chart, { recursive: true });
});
afterEach(() => rm(checkout, { recursive: true }));

const names = (archive: Buffer) => {
  const found: string[] = [];
  list({ sync: true, onReadEntry: ({ path }) => found.push(path) }).end(archive);
  return found;
};

test('the built archive is that of the chart as it is now', async () => {
  const built = await readFile(join(root, 'charts/xerv.tgz'));
  expect(built.equals(await chartArchive(root))).toBe(true);
});

test('the same files make the same archive, whoever has them, and since when', async () => {
  await utimes(join(chart, 'values.yaml'), 1, 1);
  await chmod(join(chart, 'values.yaml'), 0o600);
  await chmod(join(chart, 'Chart.yaml'), 0o755);
  expect((await chartArchive(checkout)).equals(await chartArchive(root))).toBe(true);
});

test('a changed file makes another one', async () => {
  await writeFile(join(chart, 'values.yaml'), 'replicaCount: 7\n');
  expect((await chartArchive(checkout)).equals(await chartArchive(root))).toBe(false);
});

test('what an editor leaves is not in it: helm would render it', async () => {
  await writeFile(join(chart, 'templates/service.yaml.orig'), 'kind: Service\n');
  await writeFile(join(chart, 'templates/more.yaml'), 'kind: Service\n');
  const found = names(await chartArchive(checkout));
  expect(found).toContain('xerv/templates/more.yaml');
  expect(found).not.toContain('xerv/templates/service.yaml.orig');
  expect(found).not.toContain('xerv/icon.svg');
});

test('a file is read out of it by its places, over the ends of blocks', async () => {
  const packed = await chartArchive(root);
  const schema = await readFile(join(root, 'charts/xerv/values.schema.json'));
  const places = placesIn(packed, schema);
  expect(places.length).toBeGreaterThan(1);
  const archive = join(checkout, 'xerv.tgz');
  await writeFile(archive, packed);
  expect(readParts(archive, places).equals(schema)).toBe(true);
  expect(gunzipSync(packed).includes(schema)).toBe(true);
  expect(() => placesIn(packed, Buffer.from('not in the chart'))).toThrow('lacks a file');

  await writeFile(archive, packed.subarray(0, 100_000));
  expect(() => readParts(archive, places)).toThrow(
    `${archive} is incomplete; reinstall the package.`,
  );
});
