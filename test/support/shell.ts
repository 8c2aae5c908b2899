import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { eventually } from './cluster.ts';
import { openTerminal, program, type TerminalOptions, type TerminalRun } from './terminal.ts';

/** A shell with job control, on a terminal, in which the program was started by its name. */
export interface ShellRun extends TerminalRun {
  /** Waits until the program was stopped and the shell asks for the next command. */
  readonly stopped: () => Promise<void>;
  /** Sends the program a signal, from outside of the terminal. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Has the shell go on with the program; waits for it to show `pattern`. */
  readonly goOn: (pattern: RegExp) => Promise<void>;
  /** What was written since the program was started, or went on. */
  readonly since: () => string;
  /** Whether each key goes to the program at once and is not echoed. */
  readonly isRaw: () => boolean;
  /** Makes the terminal what a shell makes of it: lines, echoed. */
  readonly makeCooked: () => void;
  /** Waits until the program has ended. */
  readonly exitCode: () => Promise<number>;
}

const prompt = 'shell> ';

/** Starts the program in an interactive bash. */
export async function runInShell(
  args: readonly string[],
  { env = {}, node = process.execPath, ...options }: Omit<TerminalOptions, 'inShell'> = {},
): Promise<ShellRun> {
  // With an editor of its own bash would take the keys as raw as we do.
  const terminal = openTerminal('bash', ['--norc', '--noprofile', '--noediting', '-i'], {
    ...options,
    env: { ...env, PS1: prompt },
  });
  onTestFinished(() => {
    for (const pid of [...childrenOf(terminal.pid), terminal.pid]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
  });
  await terminal.until(new RegExp(`${prompt.trim()}$`));
  const tty = readlinkSync(`/proc/${terminal.pid}/fd/0`);
  let started = 0;
  const since = () => terminal.screen().slice(started);
  const until = (pattern: RegExp) =>
    eventually(async () => {
      if (pattern.test(since())) return true;
      throw new Error(`no ${pattern} since then:\n${since()}`);
    }, 60_000);
  const command = (words: string) => {
    started = terminal.screen().length;
    terminal.write(`${words}\r`);
  };
  command([node, program, ...args].join(' '));
  return {
    ...terminal,
    since,
    stopped: async () => {
      await eventually(async () => (childrenOf(terminal.pid).some(isStopped) ? true : undefined));
      await until(new RegExp(`Stopped[\\s\\S]*\n${prompt.trim()}$`));
    },
    signal: (name) => {
      for (const pid of childrenOf(terminal.pid)) process.kill(pid, name);
    },
    goOn: async (pattern) => {
      command('fg');
      await until(pattern);
    },
    isRaw: () => {
      const settings = execFileSync('stty', ['-F', tty, '-a'], { encoding: 'utf8' });
      return /(^|\s)-icanon/.test(settings) && /(^|\s)-echo\s/.test(settings);
    },
    makeCooked: () => void execFileSync('stty', ['-F', tty, 'sane']),
    exitCode: async () => {
      await eventually(async () => (childrenOf(terminal.pid).length === 0 ? true : undefined));
      // What it wrote last is on the screen by then.
      await until(new RegExp(`\n${prompt.trim()}$`));
      command('echo "code $?"');
      await until(/code \d+/);
      return Number(/code (\d+)/.exec(since())?.[1]);
    },
  };
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function isStopped(pid: number): boolean {
  // After the name in parentheses, which may hold anything.
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('T') === true;
}
