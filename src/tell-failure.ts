import { changesCluster } from './cli/command-table.ts';
import type { Invocation } from './cli/invocation.ts';
import { DeployError, type Problem } from './errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { AskCancelled } from './plain/ask.ts';
import type { Palette } from './plain/palette.ts';
import { formatProblems } from './plain/problems.ts';
import type { ReleaseEvent } from './release/events.ts';

interface Output {
  /** To standard error. */
  readonly say: (text: string) => void;
  /** To standard output. */
  readonly print: (text: string) => void;
  readonly palette: Palette;
}

type Outcome = Extract<ReleaseEvent, { type: 'outcome' }>;

const unchanged = 'Nothing was changed.';

/**
 * Tells people why a command ended before it could begin, and whoever reads its events, too: the
 * last one is always an outcome.
 * @param signalled the exit code of the signal that ended it; undefined where there was none
 * @returns what the process ends with
 */
export function tellFailure(
  error: unknown,
  { say, print, palette }: Output,
  { command, flags }: Invocation,
  signalled: ExitCode | undefined,
): ExitCode {
  const conclude = (
    outcome: Outcome['outcome'],
    message: string,
    state: string,
    problems: readonly Problem[] = [],
  ) => {
    if (!changesCluster(command) || flags.text('output') !== 'json') return;
    const event: Outcome = {
      type: 'outcome',
      outcome,
      message,
      state,
      diagnoses: [],
      problems,
      next: [],
    };
    print(`${JSON.stringify(event)}\n`);
  };
  if (error instanceof AskCancelled || signalled !== undefined) {
    say(`Cancelled. ${unchanged}\n`);
    conclude('cancelled', 'Cancelled.', unchanged);
    return signalled ?? exitCodes.cancelled;
  }
  if (error instanceof DeployError) {
    for (const line of formatProblems(error.problems, palette)) say(`${line}\n`);
    conclude('failed', error.message, unchanged, error.problems);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const isBug = 'This is a bug in create-xerv-deploy';
  const state = 'the cluster may or may not have been changed.';
  say(
    [
      `${isBug}; ${state}`,
      stack,
      `node ${process.versions.node}, ${process.platform} ${process.arch}`,
      'Please report it with these lines: https://github.com/ml-rust/create-xerv-deploy/issues',
      '',
    ].join('\n'),
  );
  conclude('failed', `${isBug}.`, `It is unknown: ${state}`);
  return exitCodes.bug;
}
