import { type CommandName, commandNames, commandTable } from '../command-table.ts';
import type { Flag } from '../flag.ts';
import { flagsOf } from '../flags.ts';

/** The program as users type it. */
export const program = 'create-xerv-deploy';

/** What can be typed after a flag, or as a command's operand. */
export type Values =
  /** Something that nobody but the user knows. */
  | { readonly kind: 'free' }
  | { readonly kind: 'file' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export interface CompletedFlag {
  /** With their dashes; the opposite is one of them. */
  readonly names: readonly string[];
  readonly help: string;
  /** Undefined for a flag that takes none. */
  readonly values: Values | undefined;
  readonly placeholder: string;
  readonly mayRepeat: boolean;
}

export interface CompletedCommand {
  readonly name: CommandName;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** Undefined where it takes no operand. */
  readonly operand: Values | undefined;
}

/** Names that stand in no table of the command line. */
export interface KnownNames {
  readonly presets: readonly string[];
  readonly checks: readonly string[];
  readonly shells: readonly string[];
}

/** What every shell is told. A script holds all of it, so that no key press starts the program. */
export function completedCommands(known: KnownNames): readonly CompletedCommand[] {
  const operands: Partial<Record<CommandName, readonly string[]>> = {
    explain: known.checks,
    presets: known.presets,
    completion: known.shells,
  };
  return commandNames.map((name) => {
    const words = operands[name];
    return {
      name,
      summary: commandTable[name].summary,
      flags: flagsOf(commandTable[name].groups).map((flag) => completedFlag(flag, known)),
      operand: words && { kind: 'words', words },
    };
  });
}

function completedFlag(flag: Flag, known: KnownNames): CompletedFlag {
  return {
    names: [
      ...(flag.short ? [`-${flag.short}`] : []),
      `--${flag.name}`,
      ...(flag.hasOpposite ? [`--no-${flag.name}`] : []),
    ],
    help: flag.help,
    values: flag.kind === 'boolean' ? undefined : valuesOf(flag, known),
    placeholder: flag.placeholder ?? '',
    mayRepeat: flag.kind === 'list',
  };
}

function valuesOf({ name, choices, placeholder }: Flag, known: KnownNames): Values {
  if (choices) return { kind: 'words', words: choices };
  if (name === 'preset') return { kind: 'words', words: known.presets };
  // A chart may be a directory or an archive.
  return { kind: placeholder === 'FILE' || placeholder === 'CHART' ? 'file' : 'free' };
}
