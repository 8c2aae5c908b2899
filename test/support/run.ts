import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';
import { program as ours } from './terminal.ts';

export interface ProgramOptions extends CommandOptions {
  readonly node?: string;
  /** Another place where the program is installed. */
  readonly program?: string;
}

/** Runs the built program without a terminal, with nothing of this process's environment but PATH. */
export function runProgram(
  args: readonly string[],
  { env = {}, cwd, input = '', node = process.execPath, program = ours }: ProgramOptions = {},
): Promise<CommandResult> {
  return runCommand(node, [program, ...args], { env, cwd, input });
}
