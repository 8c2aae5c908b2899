import { DeployError, type Problem } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';

/**
 * Stops where there are problems.
 * @throws DeployError with all of them
 */
export function refuseProblems(exitCode: ExitCode, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new DeployError(exitCode, problems);
}

/**
 * What a step gives, or the problems why it cannot; so that several steps' problems are listed
 * together.
 * @throws what is no DeployError
 */
export async function collect<T>(
  step: () => Promise<T>,
  problems: Problem[],
): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
