import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertNames } from '../../src/values/schema/monitoring.ts';
import { chart, render } from '../support/render.ts';
import { type Metric, readMetricsTable, readYamlBlocks } from './support/upstream-readme.ts';

const root = join(chart, '../..');
const readme = await readFile(join(chart, 'README.md'), 'utf8');
/** Before the tables of parameters, which are generated. */
const prose = readme.slice(0, readme.indexOf('## Parameters'));
const commands = [
  ...prose
    .replaceAll(/\\\n\s*/g, '')
    .matchAll(/^helm (?:install|upgrade) xerv \.\/charts\/xerv(.*)$/gm),
].map(([, rest = '']) => rest.trim().split(/\s+/).filter(Boolean));

/** Files of presets as they are found from here; a values.yaml of the reader's is left out. */
const toArguments = (words: readonly string[]) =>
  words.flatMap((word, index) => {
    if (word === '-n' || words[index - 1] === '-n') return [];
    if (word === 'values.yaml' || words[index + 1] === 'values.yaml') return [];
    return [words[index - 1] === '-f' ? join(root, word) : word];
  });

test('it has commands', () => {
  expect(commands.length).toBeGreaterThan(7);
});

test.concurrent.each(commands.map((words) => [words.join(' '), words] as const))(
  'helm takes: %s',
  async (_, words) => {
    const { names } = await render({}, { args: toArguments(words) });
    expect(names).toContain('Service/xerv');
    if (words.includes('serviceMesh.provider=istio'))
      expect(names).toContain('DestinationRule/xerv');
    if (words.includes('keda.enabled=true')) expect(names).toContain('ScaledObject/xerv');
  },
);

test.each(readYamlBlocks(prose))(
  'the example of values has its effect: $name',
  async ({ text }) => {
    const { names } = await render(text);
    expect(names).toEqual(
      expect.arrayContaining([
        'ConfigMap/xerv-dashboard',
        'PrometheusRule/xerv',
        'ServiceMonitor/xerv',
      ]),
    );
  },
);

test('it lists the metrics, alerts and presets that there are', async () => {
  const metrics = parse(await readFile(join(chart, 'files/metrics.yaml'), 'utf8')) as Metric[];
  expect(readMetricsTable(prose)).toEqual(
    metrics.map(({ name, type, description }) => ({ name, type, description })),
  );
  expect(prose.match(/`Xerv\w+`/g)).toEqual(alertNames.map((name) => `\`${name}\``));
  const presets = (await readdir(join(root, 'presets'))).map((file) => file.replace('.yaml', ''));
  for (const preset of presets) expect(prose).toContain(`\`${preset}\``);
});
