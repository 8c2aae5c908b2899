import { ConnectionError, passesByItself } from '../../cluster/connection-error.ts';
import type { WizardEvent } from '../../wizard/events.ts';

/**
 * What is to be told where the way to the cluster broke.
 * @param askedAt when the cluster was asked what it did not answer, in milliseconds
 * @returns undefined where it is something else that failed
 */
export function lossOf(error: unknown, askedAt: number): WizardEvent | undefined {
  if (!(error instanceof ConnectionError)) return undefined;
  const { problems } = error;
  return { type: 'lost', since: timeOfDay(askedAt), problems, looksAgain: passesByItself(error) };
}

/** Such as `14:03`, on the clock of whoever reads it. */
function timeOfDay(milliseconds: number): string {
  const date = new Date(milliseconds);
  return [date.getHours(), date.getMinutes()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
