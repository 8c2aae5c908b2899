import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { takeAll } from '../../../../src/cluster/facts/gathering.ts';

const fail = async (milliseconds: number, message: string): Promise<never> => {
  await sleep(milliseconds);
  throw new Error(message);
};

test('of several failures the first in the list is told, whichever came first', async () => {
  await expect(takeAll([fail(20, 'first'), fail(0, 'second')])).rejects.toThrow('first');
});

test('answers keep their places', async () => {
  expect(await takeAll([sleep(5, 'a'), Promise.resolve(1)])).toEqual(['a', 1]);
});
