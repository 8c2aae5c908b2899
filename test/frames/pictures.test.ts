import { expect, test } from 'vitest';
import { toSvg } from '../../scripts/pictures/svg.mjs';
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
