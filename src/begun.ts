import type { Invocation } from './cli/invocation.ts';
import type { Terminal } from './cli/terminal.ts';
import type { Cleanup } from './files/cleanup.ts';
import type { HeadStart } from './head-start/head-start.ts';
import type { Cancellation } from './signals.ts';
import type { FirstScreen } from './ui/first-screen.ts';

/** What the second stage goes on with. */
export interface Begun {
  readonly invocation: Invocation;
  readonly terminal: Terminal;
  readonly cancellation: Cancellation;
  /** Runs when the process ends. */
  readonly cleanup: Cleanup;
  /** Where the wizard is going to be drawn. */
  readonly firstScreen: FirstScreen | undefined;
  readonly headStart: HeadStart | undefined;
  /** Gives a piece of the program by its name; it is loaded then. */
  readonly load: (piece: string) => unknown;
}
