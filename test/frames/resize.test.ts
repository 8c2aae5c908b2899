import { describe, expect, it } from 'vitest';
import { openFrames } from '../support/frames.ts';
import { backendQuestion, rollout, viewWith } from '../support/views.ts';

const above = ['$ kubectl get nodes', 'node-a   Ready', 'node-b   Ready', '$ npm start'];
const done = (text: string) => ({ text, tone: 'good' }) as const;
const transcript = ['values written', 'an account, a service and 3 more objects made'].map(done);

/** Sizes one after the other: narrower, lower, both, and back. */
type Terminal = readonly [columns: number, rows: number];
const changes: readonly (readonly [string, Terminal, readonly Terminal[]])[] = [
  ['narrower', [120, 40], [[60, 40]]],
  ['narrower than its lines', [80, 40], [[50, 40]]],
  [
    'narrower bit by bit',
    [120, 40],
    [
      [110, 40],
      [100, 40],
      [90, 40],
      [70, 40],
      [65, 40],
    ],
  ],
  [
    'narrower and wider again',
    [120, 40],
    [
      [60, 40],
      [120, 40],
    ],
  ],
  [
    'lower than itself, and back',
    [80, 30],
    [
      [80, 15],
      [80, 30],
    ],
  ],
  [
    'small, and back',
    [80, 24],
    [
      [40, 12],
      [80, 24],
    ],
  ],
  [
    'small by steps, and back',
    [80, 24],
    [
      [60, 18],
      [40, 12],
      [60, 18],
      [80, 24],
    ],
  ],
  [
    'tiny, and large',
    [80, 24],
    [
      [20, 5],
      [140, 45],
    ],
  ],
  [
    'small, lower, and wide',
    [80, 24],
    [
      [40, 12],
      [40, 8],
      [120, 8],
      [120, 40],
    ],
  ],
];

describe('a terminal that becomes', () => {
  it.each(changes)('%s keeps what stood above, and shows one frame', async (name, first, sizes) => {
    const [columns, rows] = first;
    const frames = openFrames(viewWith(backendQuestion), { columns, rows, above });
    await frames.lines();
    for (const size of sizes) {
      const lines = await frames.resize(...size);
      const told = `${size}\n${lines.join('\n')}`;
      // What comes back from the scrollback cannot be told from what stood above.
      if (name.startsWith('narrower'))
        expect(lines.slice(0, above.length).join('\n'), told).toBe(above.join('\n'));
      const seen = lines.slice(frames.emulator.buffer.active.baseY);
      expect(
        seen.filter((line) => line.includes('XERV  install')),
        told,
      ).toHaveLength(1);
      expect(
        seen.filter((line) => line.includes('^C')),
        told,
      ).toHaveLength(1);
    }
    await frames.leave();
  });

  it.each(changes)('%s tells what was done once', async (name, [columns, rows], sizes) => {
    const frames = openFrames(viewWith(rollout, { transcript }), { columns, rows });
    await frames.lines();
    for (const size of sizes) {
      const lines = await frames.resize(...size);
      const told = `${size}\n${lines.join('\n')}`;
      const first = lines.filter((line) => line === ' values written').length;
      if (name.startsWith('narrower')) expect(first, told).toBe(1);
      expect(first, told).toBeLessThan(2);
      expect(lines.filter((line) => /made$/.test(line)).length, told).toBeLessThan(2);
      const seen = lines.slice(frames.emulator.buffer.active.baseY);
      expect(
        seen.filter((line) => line.includes('XERV  install')),
        told,
      ).toHaveLength(1);
    }
    const more = [...transcript, done('pods ready')];
    const lines = await frames.show(viewWith(rollout, { transcript: more }));
    expect(lines.filter((line) => line === ' pods ready')).toHaveLength(1);
    await frames.leave();
  });
});
