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

test('is there for no other target, no small terminal and no ASCII', () => {
  const look = { columns: 80, rows: 24, colors: true, unicode: true };
  const others = [
    { title: 'uninstall' },
    { context: 'prod' },
    { namespace: 'other' },
    { release: 'other' },
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
