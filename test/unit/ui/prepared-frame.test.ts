import { expect, test } from 'vitest';
import { firstFrame, firstView } from '../../../src/ui/first-frame.ts';
import { usualTarget } from '../../../src/ui/first-target.ts';
import { preparedFrame } from '../../../src/ui/prepared-frame.ts';

const looks = [
  { colors: true, unicode: true },
  { colors: false, unicode: true },
];

test.each(looks)('is the frame that is laid out, at every size: %o', (look) => {
  for (const rows of [18, 24, 30, 100])
    for (let columns = 60; columns <= 300; columns += 1) {
      const size = { columns, rows, ...look };
      const laidOut = firstFrame(firstView(usualTarget), size);
      expect(preparedFrame(usualTarget, size), `${columns} x ${rows}`).toEqual(laidOut);
    }
});

const targets = [
  { namespace: 'demo' },
  { context: 'dev', namespace: 'demo', release: 'other' },
  { context: 'admin@prod.example' },
  { context: `arn:aws:eks:eu-west-1:123456789012:cluster/${'x'.repeat(120)}` },
];

test.each(targets)('is the frame that is laid out for %j, where there is room', (names) => {
  const target = { ...usualTarget, ...names };
  let prepared = 0;
  for (const look of looks)
    for (let columns = 60; columns <= 300; columns += 1) {
      const size = { columns, rows: 24, ...look };
      const frame = preparedFrame(target, size);
      if (frame === undefined) continue;
      prepared += 1;
      expect(frame, `${columns}`).toEqual(firstFrame(firstView(target), size));
    }
  expect(prepared).toBeGreaterThan(450);
});

test('is there for no uninstall, no small terminal, no ASCII, and no names of other letters', () => {
  const look = { columns: 80, rows: 24, colors: true, unicode: true };
  const others = [
    { title: 'uninstall' },
    { context: 'прод' },
    { context: 'one\u001b[31m' },
    { namespace: 'n'.repeat(63) },
  ] as const;
  for (const other of others)
    expect(preparedFrame({ ...usualTarget, ...other }, look), JSON.stringify(other)).toBe(
      undefined,
    );
  for (const other of [{ columns: 59 }, { rows: 17 }, { unicode: false }])
    expect(preparedFrame(usualTarget, { ...look, ...other }), JSON.stringify(other)).toBe(
      undefined,
    );
});
