/** What is needed of the process. */
export interface SignalSource {
  readonly pid: number;
  readonly platform: string;
  readonly on: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly removeListener: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly kill: (pid: number, signal: NodeJS.Signals) => unknown;
}

/**
 * Gives the terminal back while the process is stopped (Ctrl+Z, SIGTSTP), and takes it again when
 * it goes on.
 * @param suspend gives the terminal back; what it resolves to takes it again
 */
export function listenForStops(
  source: SignalSource,
  suspend: () => Promise<{ readonly resume: () => Promise<void> } | undefined>,
) {
  let suspended: { readonly resume: () => Promise<void> } | undefined;
  let stayingAlive: NodeJS.Timeout | undefined;
  const stop = async () => {
    suspended ??= await suspend();
    // Without keys to wait for the process would end before it hears that it may go on.
    stayingAlive ??= setInterval(() => {}, 60_000);
    // SIGTSTP itself would be caught here again.
    source.kill(source.pid, 'SIGSTOP');
  };
  const goOn = async () => {
    const resumed = suspended;
    suspended = undefined;
    await resumed?.resume();
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
      clearInterval(stayingAlive);
      if (isSupported)
        for (const [signal, listener] of listeners) source.removeListener(signal, listener);
    },
  };
}
