import { expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { obstacleChecks } from '../../../src/checks/concerns/obstacles.ts';
import { runCheck, statusesOf } from '../../support/check-input.ts';

const obstacle = {
  check: 'XV-902',
  message: 'Service xerv was not made by helm.',
  why: 'helm does not take over objects of others.',
  next: 'Choose another release name.',
};

test('an obstacle is told by its own check, with what to do', () => {
  expect(runCheck('XV-902', { facts: { obstacles: [obstacle, obstacle] } })).toEqual(
    Array(2).fill({
      status: 'fail',
      message: obstacle.message,
      evidence: [obstacle.why],
      remedies: [{ text: obstacle.next }],
    }),
  );
  expect(statusesOf('XV-903', { facts: { obstacles: [obstacle] } })).toEqual(['pass']);
});

test('without a look at the cluster nothing is said to be in order', () => {
  for (const { id } of obstacleChecks)
    expect(statusesOf(id, { unknown: ['obstacles'] })).toEqual(['unknown']);
});

test('no id stands twice', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
});
