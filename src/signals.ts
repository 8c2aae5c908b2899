import { setMaxListeners } from 'node:events';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const exitCodeOfSignal = {
  SIGINT: exitCodes.cancelled,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hangup,
} as const satisfies Partial<Record<NodeJS.Signals, ExitCode>>;

export interface Cancellation {
  /** Aborts on the first signal; everything that waits or runs listens to it. */
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, or undefined. */
  readonly exitCode: () => ExitCode | undefined;
  /** Cancels as Ctrl+C does, for a prompt that reads it as a key. */
  readonly cancel: () => void;
  /** Nothing is left to cancel: from now on a signal only hastens the end, whose code stands. */
  readonly end: () => void;
}

/**
 * What the process ends with. After a signal that is the signal's code, but where a change has told
 * how it ended: what is done in spite of the signal is done, what failed has failed.
 * @param code what the command returned
 * @param signalled the code of the signal that came
 * @param concluded what the outcome that was told ended with
 */
export function endsWith(
  code: ExitCode,
  signalled: ExitCode | undefined,
  concluded: ExitCode | undefined,
): ExitCode {
  if (concluded !== undefined && concluded !== exitCodes.cancelled) return concluded;
  return signalled ?? code;
}

/**
 * Turns signals into one abort. A second signal ends the process at once; what must not stay
 * behind hangs on its `exit` event.
 * @param proc the process
 */
export function listenForSignals(proc: NodeJS.Process): Cancellation {
  let controller: AbortController | undefined;
  let received: ExitCode | undefined;
  let isOver = false;
  const open = () => {
    const opened = new AbortController();
    // Every request and child listens; that many is no leak.
    setMaxListeners(0, opened.signal);
    if (received !== undefined) opened.abort();
    return opened;
  };
  const cancel = (code: ExitCode) => {
    if (isOver) return proc.exit();
    if (received !== undefined) proc.exit(received);
    received = code;
    controller?.abort();
  };
  // They stay: without one, Node would let a signal kill a process that has told its success.
  for (const [name, code] of Object.entries(exitCodeOfSignal)) proc.on(name, () => cancel(code));
  return {
    // Made when it is asked for: Node loads what makes it then, and a frame need not wait for that.
    get signal() {
      controller ??= open();
      return controller.signal;
    },
    exitCode: () => received,
    cancel: () => cancel(exitCodes.cancelled),
    end: () => {
      isOver = true;
    },
  };
}
