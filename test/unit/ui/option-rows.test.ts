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

it('contexts that differ at their end are told from each other', () => {
  const cluster = (name: string) => ({
    value: name,
    label: `arn:aws:eks:eu-central-1:123456789012:cluster/${name}`,
    description: 'https://127.0.0.1:6443',
    blockedBy: undefined,
    isLive: false,
    isCurrent: false,
  });
  const options = [cluster('prod'), cluster('staging')];
  const lines = optionPart(options, 0, { width: 76, rows: 2, theme }).lines.map(rowText);
  expect(lines[0]).toContain('cluster/prod');
  expect(lines[1]).toContain('cluster/staging');
});
