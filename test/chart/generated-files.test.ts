import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateChartFiles } from '../../scripts/generate-chart.mjs';
import type { Tree } from '../../src/values/tree.ts';
import { validateValues } from '../../src/values/validate.ts';
import { chartSchema } from '../support/chart-schema.ts';
import { helms, render } from '../support/render.ts';

const presets = fileURLToPath(new URL('../../presets', import.meta.url));
const presetFiles = (await readdir(presets)).filter((name) => name.endsWith('.yaml'));

test('the generated files are fresh: npm run generate changes nothing', async () => {
  const files = await generateChartFiles();
  const names = [...files.keys()].map((path) => basename(path));
  expect(names.sort()).toEqual(['Chart.yaml', 'README.md', 'values.schema.json', 'values.yaml']);
  for (const [path, text] of files) expect(await readFile(path, 'utf8'), path).toBe(text);
});

describe.each(presetFiles)('preset %s', (name) => {
  const text = readFile(join(presets, name), 'utf8');

  test('has only values that the schema knows', async () => {
    expect(validateValues(chartSchema, parse(await text) as Tree)).toEqual([]);
  });

  test.concurrent.each(helms)('renders with %s', async (helm) => {
    const rendering = await render(await text, { helm });
    const { replicaCount = 1, keda } = parse(await text) as {
      replicaCount?: number;
      keda?: object;
    };
    expect(rendering.workload.spec.replicas).toBe(keda ? undefined : replicaCount);
  });
});
