import { changesCluster } from './cli/command-table.ts';
import type { Invocation } from './cli/invocation.ts';
import { DeployError, type Problem } from './errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { AskCancelled } from './plain/ask.ts';
import type { Palette } from './plain/palette.ts';
import { formatProblems } from './plain/problems.ts';
import { ownCommand } from './release/command-text.ts';
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
 * Tells people why a command ended before it could begin, and whoever reads JSON, too: the last
 * line is always an outcome.
 * @param signalled the exit code of the signal that ended it; undefined where there was none
 * @returns what the process ends with
 */
export function tellFailure(
  error: unknown,
  { say, print, palette }: Output,
  { flags }: Invocation,
  signalled: ExitCode | undefined,
): ExitCode {
  const conclude = (
    outcome: Outcome['outcome'],
    message: string,
    state: string,
    problems: readonly Problem[] = [],
  ) => {
    if (wantsOutcome({ flags }))
      print(outcomeLine({ outcome, message, state, problems, next: [] }));
  };
  if (error instanceof AskCancelled || (signalled !== undefined && isBeforeChange(error))) {
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

/** What a signal ends a command with while it prepares; of a change that has begun, events tell. */
function isBeforeChange(error: unknown): boolean {
  return error instanceof DeployError || (error instanceof Error && error.name === 'AbortError');
}

/**
 * Tells of a second signal, which ends the process without waiting for what is under way. Writes
 * at once: the process is ending.
 */
export function tellBrokenOff({ say, print }: Output, invocation: Invocation): void {
  if (!changesCluster(invocation.command)) return;
  const flag = (name: string, otherwise: string) => invocation.flags.text(name) ?? otherwise;
  const target = {
    context: flag('context', ''),
    namespace: flag('namespace', 'xerv'),
    release: flag('release', 'xerv'),
  };
  const message = 'Ended at once by a second signal, without waiting for work in progress.';
  const state = `It is not known whether release ${target.release} was changed; helm may still be stopping.`;
  const next = [`See the state: ${ownCommand(target, 'status')}`];
  say(`${[message, state, ...next].join('\n')}\n`);
  if (wantsOutcome(invocation))
    print(outcomeLine({ outcome: 'cancelled', message, state, problems: [], next }));
}

/** Of a command that changes nothing, too: whoever asked for JSON reads JSON. */
function wantsOutcome({ flags }: Pick<Invocation, 'flags'>): boolean {
  return flags.text('output') === 'json';
}

function outcomeLine(parts: Omit<Outcome, 'type' | 'diagnoses'>): string {
  const { outcome, message, state, problems, next } = parts;
  const event: Outcome = {
    type: 'outcome',
    outcome,
    message,
    state,
    diagnoses: [],
    problems,
    next,
  };
  return `${JSON.stringify(event)}\n`;
}
