import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AccessArguments, kubectlAccessArguments } from './access-arguments.ts';
import { createStderrFilter } from './klog.ts';
import { endGroup, ownGroup } from './process-group.ts';
import { proxyScript } from './proxy-script.ts';

/**
 * Longest path of a unix socket that every platform takes, in bytes: sun_path holds 104 on macOS
 * and 108 on Linux, with its end mark.
 */
export const longestSocketPath = 100;

/** How long kubectl may take from its start to its socket, in milliseconds. */
const startLimit = 15_000;
/** How long it may take to end after it was told to, in milliseconds. */
const endLimit = 2_000;

export interface ProxyOptions {
  readonly kubectl: string;
  readonly access: AccessArguments;
  /** The child's whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the private directory of the socket is made. */
  readonly temporaryDirectory: string;
  /** What people need to see: credential plugins that ask for a login. */
  readonly onStderrLine: (line: string) => void;
}

/** A running `kubectl proxy`. */
export interface KubectlProxy {
  readonly socketPath: string;
  /** Whether it ended, by itself or by us. */
  hasEnded(): boolean;
  /** Whether it ends within so many milliseconds; true at once where it has ended. */
  endsWithin(milliseconds: number): Promise<boolean>;
  /** What kubectl said last, for the case that it ended. */
  lastWords(): string;
  /** When a credential plugin last spoke to the user, as Date.now(); 0 for never. */
  spokeAt(): number;
  /**
   * @param isIdle whether nothing of kubectl's, such as a login, can be under way: then it is ended
   *   at once, and nobody waits for it
   */
  close(isIdle?: boolean): Promise<void>;
}

export type ProxyStart =
  | { readonly started: true; readonly proxy: KubectlProxy }
  /** `no-socket`: this machine has no place for one; `failed`: kubectl said why. */
  | { readonly started: false; readonly why: 'no-socket' | 'failed'; readonly message: string };

/**
 * Starts `kubectl proxy` on a unix socket in a new directory that only we may enter. It runs in
 * a process group of its own, so that Ctrl+C does not end it before us, and under a shell that
 * ends it when our end of a pipe closes: it cannot outlive us, even after SIGKILL.
 */
export async function startProxy(options: ProxyOptions): Promise<ProxyStart> {
  let directory: string;
  try {
    // Not later: until its callback came to run, other work would keep kubectl from starting.
    directory = mkdtempSync(join(options.temporaryDirectory, 'xerv-'));
  } catch (error) {
    return { started: false, why: 'no-socket', message: (error as Error).message };
  }
  const socketPath = join(directory, 's');
  if (Buffer.byteLength(socketPath) > longestSocketPath) {
    remove(directory);
    return { started: false, why: 'no-socket', message: `${socketPath} is too long for a socket` };
  }
  const proxy = launch(options, directory, socketPath);
  const failure = await proxy.ready;
  if (failure === undefined) return { started: true, proxy };
  await proxy.close();
  return { started: false, why: 'failed', message: failure };
}

function launch(options: ProxyOptions, directory: string, socketPath: string) {
  // Not through exec: this child is talked to while it runs.
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      proxyScript,
      'xerv-kubectl-proxy',
      directory,
      options.kubectl,
      'proxy',
      `--unix-socket=${socketPath}`,
      ...kubectlAccessArguments(options.access),
    ],
    { env: options.environment, stdio: ['pipe', 'pipe', 'pipe'], ...ownGroup(process.platform) },
  );
  let ended = false;
  let closing = false;
  let spokeAt = 0;
  const stderr = createStderrFilter((line) => {
    if (closing) return;
    spokeAt = Date.now();
    options.onStderrLine(line);
  });
  child.stderr.setEncoding('utf8').on('data', stderr.write);
  child.stdin.on('error', () => {});
  const end = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      stderr.write(`${error.message}\n`);
      resolve();
    });
    child.once('close', () => resolve());
  }).then(() => {
    ended = true;
  });
  const ready = waitForStart(child.stdout, end, stderr.lastWords);
  // A forgotten close must not keep the process alive; its end ends the proxy.
  void ready.then(() => {
    child.unref();
    for (const stream of child.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  });
  return {
    socketPath,
    ready,
    hasEnded: () => ended,
    endsWithin: async (milliseconds: number) => {
      // The child keeps nothing alive: without this the process would end while somebody waits.
      const waiting = new AbortController();
      const { signal } = waiting;
      const over = sleep(milliseconds, undefined, { signal }).catch(() => {});
      await Promise.race([end, over]).finally(() => waiting.abort());
      return ended;
    },
    lastWords: stderr.lastWords,
    spokeAt: () => spokeAt,
    close: async (isIdle = false) => {
      closing = true;
      if (!ended && isIdle) endGroup(child.pid, 'SIGKILL');
      else if (!ended) {
        child.stdin.end();
        const timer = setTimeout(() => endGroup(child.pid, 'SIGKILL'), endLimit);
        await end;
        clearTimeout(timer);
      }
      remove(directory);
    },
  };
}

function remove(directory: string): void {
  // Two entries: quicker than to load fs/promises at the end of every command.
  rmSync(directory, { recursive: true, force: true });
}

/** What kubectl says once it serves. */
const serving = /^Starting to serve on /m;

/**
 * kubectl listens before it says so, so no connection is tried in vain. What else it prints, such as
 * that it asks for a user name, is no sign that it serves.
 *
 * @returns undefined when it serves, else why it does not
 */
function waitForStart(
  stdout: NodeJS.ReadableStream,
  end: Promise<void>,
  lastWords: () => string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('kubectl proxy did not start in time'), startLimit);
    const settle = (failure: string | undefined): void => {
      clearTimeout(timer);
      resolve(failure);
    };
    let printed = '';
    stdout.setEncoding('utf8').on('data', function listen(text: string) {
      printed += text;
      if (!serving.test(printed)) return;
      stdout.off('data', listen);
      settle(undefined);
    });
    void end.then(() => {
      const words = [printed.trim(), lastWords()].filter((text) => text !== '').join('\n');
      settle(words || 'kubectl proxy ended at once');
    });
  });
}
