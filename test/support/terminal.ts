import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
export const program = `${packageRoot}bin/create-xerv-deploy.js`;

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Another node than the one that runs the tests. */
  readonly node?: string;
  /** Runs it in a shell, which prints its exit code and the terminal's settings afterwards. */
  readonly inShell?: boolean;
}

/** What the shell prints after the settings: they may come in pieces. */
const settingsEnd = 'so far the settings';

/** The built program on a pseudo-terminal, its screen read by a terminal emulator. */
export interface TerminalRun {
  readonly pid: number;
  /** The screen's text, scrollback included, without trailing blanks. */
  readonly screen: () => string;
  /** All that was written, escape sequences included. */
  readonly raw: () => string;
  readonly write: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Waits until the screen matches; throws with the screen after `milliseconds`. */
  readonly until: (pattern: RegExp, milliseconds?: number) => Promise<string>;
  /** Where it runs in a shell: the screen once the exit code and all of the settings are on it. */
  readonly untilLeft: (code: number, milliseconds?: number) => Promise<string>;
  /** What stands on the screen now, without the scrollback. */
  readonly visible: () => string;
  /** Whether the cursor is to be seen, and the alternate screen; whether pastes are marked. */
  readonly modes: () => {
    readonly cursor: boolean;
    readonly alternate: boolean;
    readonly pastes: boolean;
  };
  readonly exit: Promise<{ readonly code: number; readonly signal: number | undefined }>;
}

/**
 * @param args of the program
 */
export function runInTerminal(
  args: readonly string[],
  { node = process.execPath, inShell = false, ...options }: TerminalOptions = {},
): TerminalRun {
  if (!inShell) return openTerminal(node, [program, ...args], options);
  // A shell that ended could take its last words with it: they are lost where nobody has read them yet.
  const script = `"$0" "$@"; echo "code $?"; stty -a; echo "${settingsEnd}"; read -r seen`;
  return openTerminal('/bin/sh', ['-c', script, node, program, ...args], options);
}

/** Any program on a pseudo-terminal. */
export function openTerminal(
  file: string,
  words: readonly string[],
  { env = {}, columns = 80, rows = 24, cwd }: Omit<TerminalOptions, 'node' | 'inShell'>,
): TerminalRun {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 5000,
    allowProposedApi: true,
  });
  const child = spawn(file, [...words], {
    cols: columns,
    rows,
    ...(cwd === undefined ? {} : { cwd }),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: tmpdir(),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...env,
    },
  });
  let raw = '';
  child.onData((data) => {
    raw += data;
    emulator.write(data);
  });
  const linesFrom = (first: number) => {
    const { active } = emulator.buffer;
    return Array.from({ length: active.length - first }, (_, row) =>
      (active.getLine(first + row)?.translateToString(true) ?? '').trimEnd(),
    )
      .join('\n')
      .trimEnd();
  };
  const screen = () => linesFrom(0);
  const until = async (pattern: RegExp, milliseconds = 30_000) => {
    const end = Date.now() + milliseconds;
    while (!pattern.test(screen())) {
      if (Date.now() > end) throw new Error(`no ${pattern} on the screen:\n${screen()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return screen();
  };
  const exit = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    child.onExit(({ exitCode, signal }) =>
      // The emulator works through its queue after the last byte has come.
      emulator.write('', () => resolve({ code: exitCode, signal })),
    );
  });
  return {
    pid: child.pid,
    screen,
    raw: () => raw,
    write: (keys) => child.write(keys),
    exit,
    resize: (nextColumns, nextRows) => {
      emulator.resize(nextColumns, nextRows);
      child.resize(nextColumns, nextRows);
    },
    visible: () => linesFrom(emulator.buffer.active.baseY),
    modes: () => ({
      // Of all that came: what is read at once may end within a sequence.
      cursor: raw.lastIndexOf('\u001b[?25h') >= raw.lastIndexOf('\u001b[?25l'),
      alternate: emulator.buffer.active.type === 'alternate',
      pastes: emulator.modes.bracketedPasteMode,
    }),
    until,
    untilLeft: async (code, milliseconds) => {
      await until(new RegExp(`code ${code}`), milliseconds);
      const left = await until(new RegExp(settingsEnd));
      child.write('\r');
      return left;
    },
  };
}

/** The version in package.json. */
export async function packageVersion(): Promise<string> {
  return JSON.parse(await readFile(`${packageRoot}package.json`, 'utf8')).version;
}
