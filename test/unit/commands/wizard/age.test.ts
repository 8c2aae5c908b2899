import { describe, expect, it } from 'vitest';
import { createAge, isTooOld } from '../../../../src/commands/wizard/age.ts';
import type { KeptPlan } from '../../../../src/commands/wizard/plans.ts';
import type { WizardEvent } from '../../../../src/wizard/events.ts';

const seenAt = 1_000_000;
const review = { kind: 'uninstall', seenAt } as KeptPlan;
const file = { kind: 'offline' } as KeptPlan;

/** Runs with a clock that goes on by a minute a tick. */
async function follow(plans: ReadonlyMap<string, KeptPlan>, signal = new AbortController().signal) {
  const told: WizardEvent[] = [];
  let time = seenAt;
  const now = () => {
    time += 60_000;
    return time;
  };
  const age = createAge(new Map(plans), { tick: 1, now });
  const doors = { signal, tell: (event: WizardEvent) => told.push(event), state: () => ({}) };
  await age({ kind: 'age', key: 'age:plan:1', id: 'plan:1' }, doors as never);
  return { told, minutes: (time - seenAt) / 60_000 };
}

describe('what is reviewed', () => {
  it('is told to be too old by the clock, once', async () => {
    const { told, minutes } = await follow(new Map([['plan:1', review]]));
    expect(told).toEqual([{ type: 'aged', id: 'plan:1' }]);
    expect(minutes).toBe(11);
  });

  it('is not followed where it is applied already', async () => {
    expect((await follow(new Map())).told).toEqual([]);
  });

  it('never ages where no cluster was asked', () => {
    expect(isTooOld(file, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isTooOld(review, seenAt + 600_000)).toBe(false);
    expect(isTooOld(review, seenAt + 600_001)).toBe(true);
  });
});
