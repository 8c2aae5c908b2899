import type { Options, ResultPromise } from 'execa';
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
    // Loaded late: it costs 20 ms, and a command that only asks the API needs no child.
    const { execa } = await import('execa');
    if (options.signal?.aborted) return notRun({ cancelled: true });
    const child = execa(file, args, childOptions(options)) as Child;
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

type Child = ResultPromise<ReturnType<typeof childOptions>>;

function childOptions(options: ExecOptions) {
  const { input, onStderrLine } = options;
  return {
    env: definedOnly(options.env),
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(onStderrLine && { stderr: passLines(onStderrLine) }),
    stripFinalNewline: false,
    maxBuffer: options.maxOutputBytes ?? defaultMaxOutputBytes,
    forceKillAfterDelay: options.killAfterMilliseconds ?? defaultKillAfterMilliseconds,
    reject: false,
    ...ownGroup(process.platform),
  } satisfies Options;
}

/**
 * Time limit and abort are ours rather than execa's, since its own stop collecting the output:
 * what helm says after it was told to end is what the user needs.
 */
async function superviseChild(child: Child, options: ExecOptions): Promise<ExecResult> {
  let ended: 'cancelled' | 'timedOut' | undefined;
  const end = (why: 'cancelled' | 'timedOut'): void => {
    if (ended || child.exitCode !== null || child.signalCode !== null) return;
    ended = why;
    child.once('exit', () => endGroup(child.pid));
    child.kill('SIGTERM');
  };
  const onAbort = (): void => end('cancelled');
  const timer = setTimeout(() => end('timedOut'), options.timeoutMilliseconds);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await child;
    return {
      exitCode: result.exitCode,
      stdout: String(result.stdout ?? ''),
      stderr: String(result.stderr ?? ''),
      timedOut: ended === 'timedOut',
      cancelled: ended === 'cancelled',
      ...startFailure(result, child),
      ...(result.isMaxBuffer && { outputTooLong: true }),
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function startFailure(
  result: { failed: boolean; code?: string | undefined; originalMessage?: string | undefined },
  child: Child,
): Pick<ExecResult, 'startFailure'> {
  if (!result.failed || child.pid !== undefined) return {};
  return {
    startFailure: { code: result.code ?? 'UNKNOWN', message: result.originalMessage ?? '' },
  };
}

/** execa hands each line over and keeps it. */
function passLines(onLine: (line: string) => void) {
  return function* (line: unknown) {
    onLine(String(line));
    yield line;
  };
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
