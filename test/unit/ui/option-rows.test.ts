import { expect, it } from 'vitest';
import { createTheme } from '../../../src/ui/looks.ts';
import { optionPart } from '../../../src/ui/option-rows.ts';
import { rowText } from '../../../src/ui/row.ts';

const theme = createTheme({ colors: false, unicode: true, isSpoken: false });

it('what is so now is marked beside a label that is cut off, too', () => {
  const option = {
    value: 'redis',
    label: 'High throughput with Redis and more',
    description: 'Ten replicas.',
    blockedBy: undefined,
    isLive: false,
  };
  const draw = (isCurrent: boolean) =>
    rowText(
      optionPart([{ ...option, isCurrent }], 0, { width: 76, rows: 1, theme }).lines[0] ?? [],
    );
  expect(draw(false)).toBe('  ❯ High throughput with Redis an…  Ten replicas.');
  expect(draw(true)).toBe('  ❯ High throughput with Re… (now)  Ten replicas.');
});
