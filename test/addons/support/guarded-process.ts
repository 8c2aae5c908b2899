import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../support/cluster.ts';

export interface ProcessOptions {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Where its log goes, and where it works unless `cwd` is given. */
  readonly directory: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GuardedProcess {
  /** What it wrote so far. */
  readonly log: () => Promise<string>;
  /** Asks until the answer is not undefined. @throws with its log, where it ended or takes long */
  readonly until: <T>(what: string, ask: () => Promise<T | undefined>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/**
 * The program and all that it starts form one group, which ends when the shell's standard input
 * closes: with us, however we end. The shell ends when the program does.
 */
const GUARD = '("$@" </dev/null; kill -TERM 0) & cat >/dev/null; kill -KILL 0';
const START_TIMEOUT = 180_000;

/** Starts a program that ends with this process, however that ends. */
export function startGuarded(options: ProcessOptions): GuardedProcess {
  const { name, file, args, directory, cwd = directory, env = {} } = options;
  const logFile = join(directory, `${name}.log`);
  const output = openSync(logFile, 'a', 0o600);
  const child: ChildProcess = spawn('sh', ['-c', GUARD, name, file, ...args], {
    cwd,
    // Nothing of ours that could steer it: no proxies, no kubeconfig.
    env: { PATH: process.env.PATH ?? '', HOME: directory, ...env },
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  const ended = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const log = () => readFile(logFile, 'utf8');

  return {
    log,
    async until(what, ask) {
      let last: unknown;
      try {
        return await eventually(async () => {
          if (hasEnded()) return { answer: undefined };
          const answer = await ask().catch((error: unknown) => {
            last = error;
            return undefined;
          });
          return answer === undefined ? undefined : { answer };
        }, START_TIMEOUT).then(({ answer }) => {
          if (answer === undefined) throw new Error(`${name} ended`);
          return answer;
        });
      } catch (error) {
        const reason = hasEnded() ? 'it ended' : String(last ?? error);
        throw new Error(`${name}: no ${what}: ${reason}\n${(await log()).slice(-4000)}`);
      }
    },
    async stop() {
      child.stdin?.end();
      if (!hasEnded()) await ended;
    },
  };
}
