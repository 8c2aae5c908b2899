import { expect, it } from 'vitest';
import { parseDuration } from '../../../src/cli/duration.ts';

it.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['45', 45_000],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each(['', '0', '0s', '5 m', 'soon', '-5s', '1.5h'])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
