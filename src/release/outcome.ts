import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Diagnosis, ReleaseEvent } from './events.ts';

export type OutcomeEvent = Extract<ReleaseEvent, { type: 'outcome' }>;

/** How an action ended: what its generator returns, after the event that tells it. */
export interface Outcome {
  readonly outcome: OutcomeEvent['outcome'];
  /** For a cancelled one that of Ctrl+C; the process knows which signal it really was. */
  readonly exitCode: ExitCode;
}

interface OutcomeParts {
  /** What happened, one sentence. */
  readonly message: string;
  /** What the cluster holds now, one sentence. */
  readonly state: string;
  readonly next?: readonly string[];
  readonly diagnoses?: readonly Diagnosis[];
  readonly problems?: readonly Problem[];
}

/** Tells how an action ended, and ends its generator. */
export async function* conclude(
  outcome: OutcomeEvent['outcome'],
  exitCode: ExitCode,
  { message, state, next = [], diagnoses = [], problems = [] }: OutcomeParts,
): AsyncGenerator<ReleaseEvent, Outcome> {
  yield { type: 'outcome', outcome, message, state, diagnoses, problems, next };
  return { outcome, exitCode };
}

export const concludeDone = (parts: OutcomeParts) => conclude('done', exitCodes.done, parts);

/** @param wrote whether anything in the cluster was changed before it failed */
export const concludeFailed = (wrote: boolean, parts: OutcomeParts) =>
  conclude('failed', wrote ? exitCodes.applyFailed : exitCodes.unfit, parts);

export const concludeCancelled = (parts: OutcomeParts) =>
  conclude('cancelled', exitCodes.cancelled, parts);

export function notice(message: string, level: 'info' | 'warning' = 'info'): ReleaseEvent {
  return { type: 'notice', level, message };
}

export function step(name: string, state: 'started' | 'done'): ReleaseEvent {
  return { type: 'step', step: name, state };
}
