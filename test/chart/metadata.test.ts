import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartChanges } from '../../scripts/chart/chart-metadata.mjs';
import { ensureTools } from '../../scripts/tools.mjs';
import { chart, helms } from '../support/render.ts';

const presets = fileURLToPath(new URL('../../presets', import.meta.url));
const presetFiles = (await readdir(presets)).filter((name) => name.endsWith('.yaml'));
const read = (name: string) => readFile(join(chart, name), 'utf8');
const changelog = await readFile(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

interface Metadata {
  readonly appVersion: string;
  readonly icon: string;
  readonly kubeVersion: string;
  readonly sources: readonly string[];
  readonly maintainers: readonly { readonly name: string }[];
  readonly annotations: Readonly<Record<string, string>>;
}
const metadata = parse(await read('Chart.yaml')) as Metadata;
const annotation = (name: string) => parse(metadata.annotations[`artifacthub.io/${name}`] ?? '');

describe.each(helms)('helm lint --strict (%s)', (helm) => {
  test.concurrent.each([undefined, ...presetFiles])('preset %s', async (preset) => {
    const tools = await ensureTools();
    const values = preset ? ['--values', join(presets, preset)] : [];
    const output = await new Promise<string>((resolve) => {
      const env = { PATH: process.env.PATH ?? '', HOME: tmpdir() };
      execFile(tools[helm], ['lint', '--strict', chart, ...values], { env }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    expect(output).toContain('1 chart(s) linted, 0 chart(s) failed');
    expect(output).not.toMatch(/\[(INFO|WARNING|ERROR)\]/);
  });
});

describe('A46: what Artifact Hub shows', () => {
  test('the icon is icon.svg', async () => {
    const [type, base64 = ''] = metadata.icon.split(';base64,');
    expect(type).toBe('data:image/svg+xml');
    expect(Buffer.from(base64, 'base64').toString()).toBe((await read('icon.svg')).trim());
  });

  test('the image is the one that the defaults run', async () => {
    const values = parse(await read('values.yaml')) as { image: { repository: string } };
    expect(annotation('images')).toEqual([
      { name: 'xerv', image: `${values.image.repository}:${metadata.appVersion}` },
    ]);
  });

  test('the changes are those of the changelog that concern the chart', () => {
    const changes = annotation('changes') as { kind: string; description: string }[];
    expect(changes.map(({ description }) => description)).toEqual(chartChanges(changelog));
    expect(changes.length).toBeGreaterThan(0);
    expect(
      chartChanges('# C\n\n## 2\n\n- The chart `a`\n  is *b*.\n- A flag.\n\n## 1\n\n- Chart.'),
    ).toEqual(['The chart a is b.']);
  });

  test('license, links, sources and maintainers', () => {
    expect(metadata.annotations).toMatchObject({
      'artifacthub.io/license': 'Apache-2.0',
      'artifacthub.io/prerelease': 'false',
    });
    expect(metadata.kubeVersion).toBe('>=1.25.0-0');
    for (const { url } of annotation('links')) expect(url).toMatch(/^https:\/\//);
    expect(metadata.sources).toEqual(['https://github.com/ml-rust/xerv']);
    expect(metadata.maintainers).toHaveLength(1);
  });
});
