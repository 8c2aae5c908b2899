import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import { openInk } from '../../src/ui/open.tsx';
import type { WizardEvent } from '../../src/wizard/events.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import type { View } from '../../src/wizard/view.ts';

export interface FrameOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly colors?: boolean;
  readonly unicode?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What stood in the terminal before. */
  readonly above?: readonly string[];
}

/** A screen on a terminal emulator, with keys that can be pressed and a size that can change. */
export interface Frames {
  /** Lines of the terminal, scrollback included, without trailing blanks. */
  readonly lines: () => Promise<string[]>;
  /** Everything that was written. */
  readonly bytes: () => string;
  /** Lines of the newest frame, as Ink wrote it. */
  readonly show: (view: View) => Promise<string[]>;
  readonly resize: (columns: number, rows: number) => Promise<string[]>;
  readonly press: (keys: string) => Promise<readonly WizardEvent[]>;
  /** Leaves, and gives what stays in the terminal. */
  readonly leave: () => Promise<string[]>;
  readonly emulator: Emulator;
  /** How often the whole screen was cleared at once. */
  readonly clearings: () => number;
  /** Whether the terminal reads each key on its own. */
  readonly isRaw: () => boolean;
}

/** A terminal emulator with the streams of a process on it. */
export function emulateTerminal(columns: number, rows: number) {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 5000,
    allowProposedApi: true,
    convertEol: true,
  });
  let bytes = '';
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    writable: true,
    cork: () => {},
    uncork: () => {},
    write: (data: string, done?: () => void) => {
      bytes += data;
      emulator.write(data, () => done?.());
      return true;
    },
  });
  // tmux moves what is seen into its history then, again and again: a frame that fills the screen.
  let clearings = 0;
  emulator.parser.registerCsiHandler({ final: 'J' }, ([mode]) => {
    const { cursorX, cursorY } = emulator.buffer.active;
    if (mode === 2 || (mode === 0 && cursorX === 0 && cursorY === 0)) clearings += 1;
    return false;
  });
  let isRaw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => {
      isRaw = raw;
    },
    ref: () => {},
    unref: () => {},
  });
  return {
    emulator,
    stdin: stdin as typeof stdin & NodeJS.ReadStream,
    stdout: stdout as typeof stdout & NodeJS.WriteStream,
    bytes: () => bytes,
    isRaw: () => isRaw,
    clearings: () => clearings,
    signals: {
      pid: 0,
      platform: 'linux',
      on: () => {},
      removeListener: () => {},
      kill: () => {},
    },
  };
}

type Emulator = InstanceType<typeof xterm.Terminal>;

/** Every cell of the screen: its character and how it looks. */
export function cellsOf({ buffer, cols, rows }: Emulator): string[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_, column) => {
      const cell = buffer.active.getLine(row)?.getCell(column);
      const chars = cell?.getChars() ?? '';
      if (!cell?.isInverse() && (chars === '' || chars === ' ')) return ' ';
      return `${chars}${cell?.isBold()}${cell?.isDim()}${cell?.getFgColor()}`;
    })
      .join('')
      .trimEnd(),
  );
}

/** Draws a view on an emulated terminal. */
export function openFrames(
  first: View,
  {
    columns = 80,
    rows = 24,
    colors = false,
    unicode = true,
    env = {},
    above = [],
  }: FrameOptions = {},
): Frames {
  const { emulator, stdin, stdout, bytes, isRaw, clearings, signals } = emulateTerminal(
    columns,
    rows,
  );
  for (const line of above) stdout.write(`${line}\n`);
  let view = first;
  let state = { phase: { name: 'asking' }, overlays: [] } as unknown as WizardState;
  const listeners = new Set<() => void>();
  const events: WizardEvent[] = [];
  const done = openInk({
    stdin,
    stdout,
    env,
    colors,
    unicode,
    viewOf: () => view,
    signals,
  }).run({
    state: () => state,
    dispatch: (event) => void events.push(event),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const drawn = () => new Promise<void>((resolve) => emulator.write('', resolve));
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 30)).then(drawn);
  const lines = async () => {
    await drawn();
    const { active } = emulator.buffer;
    const all = Array.from({ length: active.length }, (_, row) =>
      (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
    );
    while (all.at(-1) === '') all.pop();
    return all;
  };
  const update = (phase: string) => {
    state = { phase: { name: phase }, overlays: [] } as unknown as WizardState;
    for (const listener of [...listeners]) listener();
  };
  return {
    lines,
    bytes,
    show: async (next) => {
      view = next;
      update('asking');
      await settle();
      return lines();
    },
    resize: async (toColumns, toRows) => {
      emulator.resize(toColumns, toRows);
      Object.assign(stdout, { columns: toColumns, rows: toRows });
      stdout.emit('resize');
      await settle();
      return lines();
    },
    press: async (keys) => {
      await settle();
      events.length = 0;
      stdin.write(keys);
      // Escape is a key once nothing has followed it for a while.
      for (let wait = 0; wait < 100 && keys !== '' && events.length === 0; wait += 1)
        await settle();
      await settle();
      return [...events];
    },
    leave: async () => {
      update('left');
      await done;
      return lines();
    },
    emulator,
    clearings,
    isRaw,
  };
}

/** One frame as text, and what was written for it. */
export async function drawFrame(view: View, options: FrameOptions = {}) {
  const frames = openFrames(view, options);
  const lines = await frames.lines();
  const bytes = frames.bytes();
  await frames.leave();
  return { lines, text: lines.join('\n'), bytes };
}
