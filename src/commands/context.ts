import type { FlagValues } from '../cli/flag-values.ts';
import type { Invocation } from '../cli/invocation.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Cleanup } from '../files/cleanup.ts';
import type { HeadStart } from '../head-start/head-start.ts';
import type { Ask } from '../plain/ask.ts';
import type { Palette } from '../plain/palette.ts';
import type { FrontEnd } from '../wizard/front-end.ts';

/** What every command is given: the invocation and the doors to the outside. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly flags: FlagValues;
  readonly terminal: Terminal;
  readonly palette: Palette;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly workingDirectory: string;
  /** Where `charts/` of this package lies, and in a checkout `presets/`. */
  readonly packageRoot: string;
  /** Programs that were started before; undefined where none could be. */
  readonly headStart?: HeadStart | undefined;
  readonly stdin: NodeJS.ReadStream;
  /** Data, byte for byte, on standard output. */
  readonly print: (text: string) => void;
  /** Text for people on standard output, broken where the terminal ends. */
  readonly show: (text: string) => void;
  /** The same on standard error: what accompanies data, such as warnings. */
  readonly say: (text: string) => void;
  readonly ask: Ask;
  /** Loads what draws the wizard. */
  readonly frontEnd: () => Promise<FrontEnd>;
  /** Aborts on Ctrl+C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** What must not stay behind, however the process ends. */
  readonly cleanup: Cleanup;
  /** Ends the process as a second Ctrl+C does: nothing that runs is waited for. */
  readonly endAtOnce: () => void;
  /** Says what a change has ended with, once that is told: a signal does not alter it any more. */
  readonly concluded: (code: ExitCode) => void;
}

/** Whether stdout is for machines. */
export function wantsJson({ flags }: CommandContext): boolean {
  return flags.text('output') === 'json';
}
