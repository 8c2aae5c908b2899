import type { Problem } from '../errors.ts';
import type { Tree } from '../values/tree.ts';

/**
 * One question about the deployment, as data: a lens on the values. The flag is the same question
 * without a terminal.
 */
export interface Question {
  readonly id: string;
  readonly flag: string;
  readonly placeholder: string;
  readonly choices?: readonly string[];
  readonly help: string;
  /** The values that an answer stands for, or what is wrong with it. */
  readonly write: (answer: string) => Answer;
}

export type Answer =
  | { readonly ok: true; readonly values: Tree }
  | { readonly ok: false; readonly problem: Problem };

/** An answer that is fine. */
export function accept(values: Tree): Answer {
  return { ok: true, values };
}

/** An answer that is not; `message` must not repeat what may be secret. */
export function reject(message: string, next?: string): Answer {
  return { ok: false, problem: next === undefined ? { message } : { message, next } };
}
