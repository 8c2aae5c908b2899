import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generateChartFiles } from '../../scripts/generate-chart.mjs';
import { parseDocument } from '../../src/values/parse-document.ts';
import { parsePath } from '../../src/values/path.ts';
import { getNode } from '../../src/values/tree.ts';

const chart = new URL('../../charts/xerv/', import.meta.url);
const readme = new URL('../fixtures/xerv-chart-readme.md', import.meta.url);

it('values.yaml, values.schema.json and the tables are what the schema says (npm run generate)', async () => {
  for (const [path, text] of await generateChartFiles())
    expect(await readFile(path, 'utf8'), path).toBe(text);
});

/** The sections of the README whose parameters the chart has so far. */
const sections = [
  'Common Parameters',
  'Dispatch Backend',
  'Server',
  'Concurrency & Performance',
  'Storage (Raft backend)',
  'Resources',
];

describe('defaults are those that the README promised', async () => {
  const promised = (await readFile(readme, 'utf8')).split(/^### /m);
  const parsed = parseDocument(
    await readFile(new URL('values.yaml', chart), 'utf8'),
    'values.yaml',
  );
  if (!parsed.ok) throw new Error('values.yaml cannot be read');
  const values = parsed.document.toTree();
  const rows = sections.flatMap((title) => {
    const section = promised.find((text) => text.startsWith(`${title}\n`)) ?? '';
    const found = [...section.matchAll(/^\| `([^`]+)`\s+\|[^|]+(?:`\|`[^|]+)*\|\s+`([^`]*)`/gm)];
    if (found.length === 0) throw new Error(`no table under ${title}`);
    return found.map(([, path = '', text = '']) => ({ path, text }));
  });

  it('finds every table', () => {
    expect(rows.length).toBe(21);
  });

  it.each(rows)('$path is $text', ({ path, text }) => {
    expect(String(getNode(values, parsePath(path) ?? []))).toBe(text === '""' ? '' : text);
  });
});
