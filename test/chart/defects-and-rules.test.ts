import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rules } from '../../src/checks/rules.ts';

/** The defects of XERV's own chart 0.1.0; numbers that are left out were never given. */
const defects = Array.from({ length: 46 }, (_, index) => index + 1)
  .filter((number) => number !== 19 && (number < 37 || number > 39))
  .map((number) => `A${String(number).padStart(2, '0')}`);

/** What the chart itself does or refuses. */
const ofTheChart = rules
  .filter(({ owners }) => owners.some((owner) => 'chart' in owner))
  .map(({ id }) => id);

/** What the names of tests and of groups of them begin with, as `A12, D34: …`. */
async function readNamedIds(...folders: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = folders.map(async (folder) => {
    const path = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
    const files = (await readdir(path)).filter((name) => name.endsWith('.test.ts'));
    const texts = await Promise.all(files.map((name) => readFile(path + name, 'utf8')));
    return texts.flatMap((text) =>
      [...text.matchAll(/['"`]((?:[ABD]\d+(?:, )?)+): /g)].flatMap(([, list = '']) =>
        list.split(', '),
      ),
    );
  });
  return new Set((await Promise.all(ids)).flat());
}

test('each defect has a test that is named after it', async () => {
  const named = await readNamedIds('chart', 'cluster', 'addons');
  expect(defects.filter((id) => !named.has(id))).toEqual([]);
});

test('each rule that the chart keeps has a rendering test that is named after it', async () => {
  const named = await readNamedIds('chart');
  expect(ofTheChart.filter((id) => !named.has(id))).toEqual([]);
});
