// Writes what the chart takes from the zod schema of its values:
// values.yaml, values.schema.json and the parameter tables of its README; and what Chart.yaml takes
// from the changelog.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withChartMetadata } from './chart/chart-metadata.mjs';
import { withParameterTables } from './chart/parameter-tables.mjs';
import { simplifySchema } from './chart/values-schema.mjs';
import { valuesYaml } from './chart/values-yaml.mjs';
import { importBundled } from './import-bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const chart = join(root, 'charts', 'xerv');

/**
 * The files as they should be.
 *
 * @returns {Promise<Map<string, string>>} text by absolute path
 */
export async function generateChartFiles() {
  const { describeValues, toJSONSchema, valuesSchema, documentation } = await loadSchema();
  const groups = describeValues();
  const readme = join(chart, 'README.md');
  const metadata = join(chart, 'Chart.yaml');
  const [chartYaml, icon, changelog] = await Promise.all(
    [metadata, join(chart, 'icon.svg'), join(root, 'CHANGELOG.md')].map((file) =>
      readFile(file, 'utf8'),
    ),
  );
  // `input`: with `output` every value with a default would be required, and
  // `--set key=null`, which takes a default away, would be refused.
  const schema = toJSONSchema(valuesSchema, {
    io: 'input',
    target: 'draft-7',
    metadata: documentation,
  });
  return new Map([
    [metadata, withChartMetadata(chartYaml ?? '', icon ?? '', changelog ?? '')],
    [join(chart, 'values.yaml'), valuesYaml(groups)],
    [join(chart, 'values.schema.json'), `${JSON.stringify(simplifySchema(schema), null, 2)}\n`],
    [readme, withParameterTables(await readFile(readme, 'utf8'), groups)],
  ]);
}

/** Writes the files that differ, and names them. */
async function writeChartFiles() {
  for (const [path, text] of await generateChartFiles()) {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
}

/**
 * The schema, with the zod that it uses.
 *
 * @returns {Promise<typeof import('../src/values/schema/index.ts')
 *   & typeof import('../src/values/schema/describe.ts')
 *   & Pick<typeof import('zod/mini'), 'toJSONSchema'>>}
 */
async function loadSchema() {
  return importBundled({
    stdin: {
      contents: `export * from './src/values/schema/index.ts';
        export * from './src/values/schema/describe.ts';
        export { toJSONSchema } from 'zod/mini';`,
      resolveDir: root,
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeChartFiles();
