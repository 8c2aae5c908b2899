import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chart } from '../support/render.ts';

const folder = join(chart, 'templates');
const names = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name));
const texts = new Map(
  await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  ),
);

test('the cluster is never asked: what is rendered without one is what will be', () => {
  expect(texts.size).toBeGreaterThan(50);
  for (const [name, text] of texts)
    expect([name, text]).toEqual([name, expect.not.stringMatching(/\blookup\b/)]);
});

test('no helper is longer than 40 lines', () => {
  const helpers = [...texts].flatMap(([file, text]) =>
    text
      .split(/^\{\{-? define /m)
      .slice(1)
      .map((helper) => {
        const [name = ''] = helper.split(' ');
        // A comment above the next helper is not part of this one.
        const body = helper.replace(/^\{\{-? end -?\}\}\n+(\{\{\/\*[\s\S]*)?$/m, '');
        return { file, name, lines: body.split('\n').length };
      }),
  );
  expect(helpers.length).toBeGreaterThan(100);
  expect(helpers.filter(({ lines }) => lines > 40)).toEqual([]);
});
