/** What is needed of the process. */
export interface SignalSource {
  readonly pid: number;
  readonly platform: string;
  readonly on: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly removeListener: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly kill: (pid: number, signal: NodeJS.Signals) => unknown;
}

interface Suspended {
  readonly resume: () => Promise<void>;
}

/**
 * Gives the terminal back while the process is stopped (Ctrl+Z, SIGTSTP), and takes it again when
 * it goes on. SIGSTOP cannot be heard: after that the terminal may be as the shell wants it, and
 * what stood on the screen is out of reach. It is taken anew then, below what it shows.
 * @param suspend gives the terminal back; what it resolves to takes it again
 */
export function listenForStops(
  source: SignalSource,
  stdout: Pick<NodeJS.WriteStream, 'rows' | 'write'>,
  suspend: () => Promise<Suspended>,
) {
  /** While it stops, is stopped and goes on. */
  let suspended: Promise<Suspended> | undefined;
  let isGoingOn = false;
  let isDisposed = false;
  let stayingAlive: NodeJS.Timeout | undefined;
  const stop = async () => {
    // Told twice, it must not be stopped again by the second word once it goes on.
    if (suspended) return;
    suspended = suspend();
    await suspended;
    // Somebody else has the terminal by now, and would not give it back.
    if (isDisposed) return;
    // Without keys to wait for the process would end before it hears that it may go on.
    stayingAlive = setInterval(() => {}, 60_000);
    // SIGTSTP itself would be caught here again.
    source.kill(source.pid, 'SIGSTOP');
  };
  const goOn = async () => {
    if (isGoingOn) return;
    isGoingOn = true;
    if (!suspended) {
      // All that is seen goes into the scrollback, where nothing is drawn over it.
      stdout.write(`${'\n'.repeat(stdout.rows)}\u001b[H`);
      suspended = suspend();
    }
    const { resume } = await suspended;
    await resume();
    suspended = undefined;
    isGoingOn = false;
    clearInterval(stayingAlive);
    stayingAlive = undefined;
  };
  const listeners = [
    ['SIGTSTP', () => void stop()],
    ['SIGCONT', () => void goOn()],
  ] as const;
  const isSupported = source.platform !== 'win32';
  if (isSupported) for (const [signal, listener] of listeners) source.on(signal, listener);
  return {
    /** As the terminal does for Ctrl+Z: the shell waits for npx, not for us. */
    stopAll: () => {
      if (isSupported) source.kill(0, 'SIGTSTP');
    },
    dispose: () => {
      isDisposed = true;
      clearInterval(stayingAlive);
      if (isSupported)
        for (const [signal, listener] of listeners) source.removeListener(signal, listener);
    },
  };
}
