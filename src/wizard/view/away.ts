import type { Problem } from '../../errors.ts';
import type { World } from '../state.ts';

/** Why the cluster cannot be asked; of one that was there, since when, and what that means. */
export function whyAway({ problems, lostSince, looksAgain }: World): Problem | undefined {
  const [trouble] = problems;
  if (lostSince === undefined) return trouble;
  const next = looksAgain ? 'It is retried now and then.' : trouble?.next;
  return {
    message: `The cluster has not answered since ${lostSince}: what is shown is from before.`,
    ...(trouble && { why: trouble.message }),
    ...(next === undefined ? {} : { next }),
  };
}

/** What happens by itself while something stands in the way of a plan. */
export function whatIsAwaited({ connection, looksAgain }: World): string | undefined {
  const isAwaited = (connection === 'offline' || connection === 'lost') && looksAgain;
  return isAwaited ? 'It is retried now and then; once it answers, this continues.' : undefined;
}
