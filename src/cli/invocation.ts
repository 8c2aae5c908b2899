import type { Problem } from '../errors.ts';
import type { CommandName } from './command-table.ts';
import type { FlagValues } from './flag-values.ts';

/** One call of the program, as far as the command line tells. */
export interface Invocation {
  readonly command: CommandName;
  /** Whether the command was typed, or is the default of none. */
  readonly commandGiven: boolean;
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** Flags whose value came from the environment, not from the argument list. */
  readonly fromEnvironment: ReadonlySet<string>;
  /** Everything that is wrong with it. */
  readonly problems: readonly Problem[];
}

/** Without a command. */
export const defaultCommand = 'install';
