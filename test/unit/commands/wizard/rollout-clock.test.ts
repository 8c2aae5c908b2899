import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRolloutClock } from '../../../../src/commands/wizard/rollout-clock.ts';
import type { ReleaseEvent } from '../../../../src/release/events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rollout: ReleaseEvent = {
  type: 'rollout',
  ready: 0,
  wanted: 1,
  pods: [{ name: 'xerv-0', state: 'starting', reason: 'image', restarts: 0, ageSeconds: 2 }],
  claims: [],
  elapsedSeconds: 3,
};
const outcome: ReleaseEvent = {
  type: 'outcome',
  outcome: 'done',
  message: '',
  state: '',
  diagnoses: [],
  problems: [],
  next: [],
};

test('a rollout in which nothing happens is told with the time that goes by, until its end', () => {
  const told: ReleaseEvent[] = [];
  const clock = createRolloutClock((event) => told.push(event));
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([]);
  clock.tell(rollout);
  vi.advanceTimersByTime(2000);
  expect(told).toMatchObject([
    rollout,
    { elapsedSeconds: 4, pods: [{ ageSeconds: 3 }] },
    { elapsedSeconds: 5, pods: [{ ageSeconds: 4 }] },
  ]);
  clock.tell(outcome);
  vi.advanceTimersByTime(5000);
  expect(told).toHaveLength(4);
});
