import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { toSvg } from '../../scripts/pictures/svg.mjs';
import { steady } from '../../scripts/pictures/terminal.mjs';
import { openFrames } from '../support/frames.ts';
import { review, viewWith } from '../support/views.ts';

test('a screen becomes a picture whose text is text', async () => {
  const frames = openFrames(viewWith(review), { colors: true });
  const lines = await frames.lines();
  const svg = toSvg(frames.emulator, { title: 'The review & its <consent>' });
  await frames.leave();
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="700" height="/);
  expect(svg).toContain('<title>The review &amp; its &lt;consent&gt;</title>');
  const rows = new Set(Array.from(svg.matchAll(/<text x="[\d.]+" y="(\d+)"/g), ([, y]) => y));
  expect(rows.size).toBe(lines.filter((line) => line !== '').length);
  expect(svg).toMatch(/<text [^>]*fill="#56d4dd"[^>]*>XERV<\/text>/);
  expect(svg).toMatch(/<text [^>]*font-weight="bold"[^>]*>[^<]*Type prod-eu to go on:<\/text>/);
  // The caret.
  expect(svg).toMatch(/<rect [^>]*fill="#d7dae0"\/>/);
  expect(svg).not.toContain('\u001b');
});

test('shows the same in each run', () => {
  const line = '   xerv-3  starting  node-6  image being pulled                      12s';
  const other = '   xerv-3  starting  node-2  image being pulled                       3s';
  expect(steady(line)).toBe(steady(other));
  expect(steady(line)).toHaveLength(line.length);
  expect(steady('https://127.0.0.1:32781  x')).toBe('https://127.0.0.1:6443   x');
});

test('the README shows the pictures that are there, and nothing of a machine is in them', async () => {
  const readme = await readFile('README.md', 'utf8');
  const shown = [...readme.matchAll(/src="docs\/pictures\/([^"]+)" [^>]*alt="[^"]+"/g)];
  const names = await readdir('docs/pictures');
  expect(shown.map(([, name]) => name).sort()).toEqual(names.sort());
  for (const name of names) {
    const svg = await readFile(`docs/pictures/${name}`, 'utf8');
    expect(svg.length).toBeLessThan(20_000);
    expect(svg).not.toMatch(/\/(tmp|home|root|Users|work)\/|127\.0\.0\.1:(?!6443\b)/);
  }
});
