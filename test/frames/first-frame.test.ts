import xterm from '@xterm/headless';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { expect, test } from 'vitest';
import { mapTexts, toPrintable } from '../../src/printable.ts';
import { Drawn } from '../../src/ui/Drawn.tsx';
import { firstFrame, firstView } from '../../src/ui/first-frame.ts';
import { createTheme } from '../../src/ui/looks.ts';
import { screenLines } from '../../src/ui/screen-lines.ts';
import { sizeOf } from '../../src/ui/size.ts';
import { styledLine } from '../../src/ui/styled-line.ts';
import { cellsOf, openFrames } from '../support/frames.ts';

const target = {
  title: 'install',
  context: 'prod-eu',
  namespace: 'xerv',
  release: 'other',
} as const;
const first = firstView(target);

async function draw(
  lines: readonly string[],
  columns: number,
  rows: number,
): Promise<InstanceType<typeof xterm.Terminal>> {
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => emulator.write(`${lines.join('\r\n')}\r\n`, resolve));
  return emulator;
}

/** Every layout, and where one becomes another. */
const widths = [
  24, 31, 38, 40, 45, 52, 59, 60, 66, 73, 75, 76, 77, 80, 100, 101, 102, 132, 133, 134, 200,
];

test.each([
  { rows: 24, colors: true, unicode: true },
  { rows: 24, colors: false, unicode: false },
  { rows: 12, colors: true, unicode: true },
])('the first stage draws what Ink draws: %o', async ({ rows, ...look }) => {
  for (const columns of widths) {
    const view = mapTexts(first, (text) => toPrintable(text, look.unicode));
    const theme = createTheme({ ...look, isSpoken: false });
    const size = sizeOf(columns, rows);
    const lines = screenLines(view, size, theme).map((line) => styledLine(line, size.width, theme));
    const text = renderToString(createElement(Drawn, { lines }), { columns });
    const inks = await draw(text.split('\n'), columns, rows);
    const ours = await draw(firstFrame(first, { columns, rows, ...look }), columns, rows);
    expect(cellsOf(ours), `${columns} columns`).toEqual(cellsOf(inks));
    expect(ours.buffer.active.cursorY).toBe(inks.buffer.active.cursorY);
  }
});

test('Ink begins with it, and leaves the cursor where it was left', async () => {
  const frames = openFrames(first, { colors: true });
  await frames.lines();
  const ours = await draw(
    firstFrame(first, { columns: 80, rows: 24, colors: true, unicode: true }),
    80,
    24,
  );
  expect(cellsOf(ours)).toEqual(cellsOf(frames.emulator));
  expect(ours.buffer.active.cursorY).toBe(frames.emulator.buffer.active.cursorY);
  await frames.leave();
});
