import type { ExitCode } from './exit-codes.ts';

/** One thing that is wrong, in words that a user knows. Never holds a secret. */
export interface Problem {
  /** What happened, one sentence. */
  readonly message: string;
  /** Why, where that is known and not part of the message. */
  readonly why?: string;
  /** What to do next: a sentence or a command. */
  readonly next?: string;
  /** The file, flag or value path that it is about. */
  readonly where?: string;
}

/**
 * A failure that the user can understand and act on; everything else that is
 * thrown is a bug. Carries every problem that was found, so that an invocation
 * lists them all at once.
 */
export class DeployError extends Error {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];

  /**
   * @param exitCode what the process ends with
   * @param problems at least one; the first one's message is the error's message
   */
  constructor(exitCode: ExitCode, problems: Problem | readonly Problem[]) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list[0]?.message ?? 'unknown problem');
    this.name = 'DeployError';
    this.exitCode = exitCode;
    this.problems = list;
  }
}
