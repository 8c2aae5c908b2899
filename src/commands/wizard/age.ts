import { setTimeout as pause } from 'node:timers/promises';
import type { KeptPlan, KeptPlans } from './plans.ts';
import type { Effect } from './runner.ts';

/** Milliseconds after which others may have changed what was seen: time to read it, and to ask. */
export const longestAge = 10 * 60_000;
/** Between two looks at the clock: a machine that sleeps lets no timer go on. */
const tickMilliseconds = 1000;

/** Whether a plan is of what was seen too long ago. One that asks no cluster never is. */
export function isTooOld(plan: KeptPlan, now: number, longest = longestAge): boolean {
  return plan.kind !== 'offline' && now - plan.seenAt > longest;
}

/** Tells when what is reviewed was seen too long ago. */
export function createAge(
  plans: KeptPlans,
  { longest = longestAge, tick = tickMilliseconds, now = Date.now } = {},
): Effect<'age'> {
  return async ({ id }, { signal, tell }) => {
    for (;;) {
      const plan = plans.get(id);
      if (!plan) return;
      if (isTooOld(plan, now(), longest)) return tell({ type: 'aged', id });
      await pause(tick, undefined, { signal });
    }
  };
}
