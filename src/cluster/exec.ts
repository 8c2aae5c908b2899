import { type SpawnOptions, spawn } from 'node:child_process';
import { collectOutput } from './child-output.ts';
import { endGroup, ownGroup } from './process-group.ts';
import type { Exec, ExecOptions, ExecResult } from './types.ts';

const defaultMaxOutputBytes = 64 * 1024 * 1024;
const defaultKillAfterMilliseconds = 10_000;

/**
 * Makes the function that runs child processes to their end. Each one gets an argument array
 * (never a shell), exactly the environment given, a time limit and an abort signal, and runs in
 * a process group of its own: the terminal's Ctrl+C reaches only us, and we tell the child.
 * What a child leaves running in its group (a credential plugin, say) is ended with it when it
 * was cancelled or ran out of time. What children print is never logged.
 *
 * @returns a function that resolves for every outcome, also when the program cannot be started
 */
export function createExec(): Exec {
  const running = new Set<Child>();
  const endAll = (): void => {
    for (const child of running) child.kill('SIGTERM');
  };
  return async (file, args, options) => {
    if (options.signal?.aborted) return notRun({ cancelled: true });
    // Started at once, where nothing has to be loaded for it.
    const start = process.platform === 'win32' ? await windowsStarter() : spawn;
    if (options.signal?.aborted) return notRun({ cancelled: true });
    let child: Child;
    try {
      child = start(file, [...args], childOptions(options));
    } catch (error) {
      // Most failures come as an event; some, such as too long an argument list, at once.
      return { ...notRun({ cancelled: false }), startFailure: describeFailure(error as Error) };
    }
    if (running.size === 0) process.once('exit', endAll);
    running.add(child);
    options.onStarted?.();
    try {
      return await superviseChild(child, options);
    } finally {
      running.delete(child);
      if (running.size === 0) process.removeListener('exit', endAll);
    }
  };
}

/** Windows starts no script (`helm.cmd`) by itself: cross-spawn asks cmd.exe, and quotes for it. */
async function windowsStarter(): Promise<Start> {
  return (await import('cross-spawn')).default;
}

type Child = ReturnType<typeof spawn>;
type Start = (file: string, args: string[], options: SpawnOptions) => Child;

function childOptions({ env, input }: ExecOptions): SpawnOptions {
  return {
    env: definedOnly(env),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...ownGroup(process.platform),
  };
}

type Ending = 'cancelled' | 'timedOut' | 'outputTooLong';

/**
 * What helm says after it was told to end is what the user needs: output is collected to the end,
 * whatever ended it.
 */
async function superviseChild(child: Child, options: ExecOptions): Promise<ExecResult> {
  let ended: Ending | undefined;
  let killing: NodeJS.Timeout | undefined;
  const end = (why: Ending): void => {
    if (ended || child.exitCode !== null || child.signalCode !== null) return;
    ended = why;
    child.once('exit', () => endGroup(child.pid));
    child.kill('SIGTERM');
    const patience = options.killAfterMilliseconds ?? defaultKillAfterMilliseconds;
    killing = setTimeout(() => child.kill('SIGKILL'), patience);
  };
  const onAbort = (): void => end('cancelled');
  const timer = setTimeout(() => end('timedOut'), options.timeoutMilliseconds);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const limit = options.maxOutputBytes ?? defaultMaxOutputBytes;
  const tooLong = (): void => end('outputTooLong');
  const stdout = collectOutput(child.stdout, { limit, tooLong });
  const stderr = collectOutput(child.stderr, { limit, tooLong, onLine: options.onStderrLine });
  try {
    // A child that ends early may not want all of its input.
    child.stdin?.on('error', () => {});
    void Promise.resolve(options.input).then((input) => child.stdin?.end(input));
    const failure = await closed(child);
    return {
      exitCode: child.exitCode !== null && child.exitCode >= 0 ? child.exitCode : undefined,
      stdout: stdout(),
      stderr: stderr(),
      timedOut: ended === 'timedOut',
      cancelled: ended === 'cancelled',
      ...(failure && { startFailure: describeFailure(failure) }),
      ...(ended === 'outputTooLong' && { outputTooLong: true }),
    };
  } finally {
    clearTimeout(timer);
    clearTimeout(killing);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** Until it ended and its output is read. @returns why it could not be started, where it could not */
function closed(child: Child): Promise<Error | undefined> {
  return new Promise((resolve) => {
    // A signal that could not be sent is told the same way.
    child.on('error', (error) => child.pid === undefined && resolve(error));
    child.once('close', () => resolve(undefined));
  });
}

function describeFailure(error: NodeJS.ErrnoException): { code: string; message: string } {
  return { code: error.code ?? 'UNKNOWN', message: error.message };
}

function definedOnly(env: ExecOptions['env']): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

function notRun(why: { cancelled: boolean }): ExecResult {
  return { exitCode: undefined, stdout: '', stderr: '', timedOut: false, ...why };
}
