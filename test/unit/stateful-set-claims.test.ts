import { expect, it } from 'vitest';
import { claimNames, ordinalOf } from '../../src/stateful-set-claims.ts';

it('names the claims of each pod, and reads the pod from the name', () => {
  const names = claimNames('data', 'xerv', 12);
  expect(names.slice(0, 2)).toEqual(['data-xerv-0', 'data-xerv-1']);
  expect(names.map((name) => ordinalOf(name, 'data', 'xerv'))).toEqual([...names.keys()]);
});

it.each([
  ['of another StatefulSet', 'data-other-0'],
  ['of one whose name goes on', 'data-xerv-canary-0'],
  ['of another template', 'log-xerv-0'],
  ['without an ordinal', 'data-xerv-'],
  ['with more than an ordinal', 'data-xerv-0-old'],
])('knows no pod of a claim %s', (_, claim) => {
  expect(ordinalOf(claim, 'data', 'xerv')).toBeUndefined();
});
