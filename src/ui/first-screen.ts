import { eraseBelow } from './erase.ts';
import { listenForStops, type SignalSource } from './job-control.ts';
import { beginUpdate, endUpdate } from './synchronized.ts';
import { widthOf } from './text.ts';

/** The terminal, from the first moment until the screen proper takes it over. */
export interface FirstScreen {
  /** Draws other lines in the place of the frame. */
  readonly draw: (lines: readonly string[]) => void;
  /**
   * Has somebody hear what was typed, at once and whenever more comes. What they give back is kept,
   * and given again together with what comes after it.
   */
  readonly hear: (listener: (typed: string) => string) => void;
  /**
   * Lets go of the terminal for who draws next: keys that nobody has heard wait in stdin.
   * @returns what erases the frame, to be written together with what takes its place
   */
  readonly handOver: () => string;
  /** Erases the frame; the terminal is as it was before. Does nothing once it was let go of. */
  readonly remove: () => void;
}

export interface FirstScreenOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Writes the frame itself, where something is quicker than the stream. */
  readonly write?: (text: string) => void;
  /** The frame; none where a screen reader would read it twice. */
  readonly lines: readonly string[];
  /** The process, for being stopped (Ctrl+Z) and going on. */
  readonly signals: SignalSource;
  /** Has something undone when the process ends; what it returns takes it off that list. */
  readonly atExit: (undo: () => void) => () => void;
  /** Ctrl+C, which is a key like others from now on. */
  readonly onCancel: () => void;
}

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
/** A paste must not answer anything, before the screen proper is there neither. */
const bracketPastes = '\u001b[?2004h';
const pastesAsTyped = '\u001b[?2004l';

/** Takes the terminal, draws the frame and keeps what is typed. */
export function openFirstScreen({
  stdin,
  stdout,
  write = (text) => void stdout.write(text),
  lines: first,
  signals,
  atExit,
  onCancel,
}: FirstScreenOptions): FirstScreen {
  let lines = first;
  /** Of the terminal for which they were laid out: they fit into it. */
  let columns = stdout.columns;
  let kept = '';
  let isOpen = true;
  let isSuspended = false;
  let listener: ((typed: string) => string) | undefined;

  const erased = () => eraser(rowsOf(lines, columns, stdout.columns));
  const take = () => {
    // Before the frame: what is typed must not be echoed into it.
    stdin.setRawMode(true);
    write(`${hideCursor}${bracketPastes}${written(lines)}`);
  };
  const giveBack = () => {
    stdout.write(`${erased()}${pastesAsTyped}${showCursor}`);
    stdin.setRawMode(false);
  };
  const stops = listenForStops(signals, stdout, async () => {
    isSuspended = true;
    giveBack();
    return {
      resume: async () => {
        isSuspended = false;
        take();
      },
    };
  });
  /** Keys that cannot wait, as long as nobody hears them. */
  const urgent: Readonly<Record<string, () => void>> = {
    '\u0003': () => {
      kept = '';
      onCancel();
    },
    '\u001a': () => stops.stopAll(),
  };
  const keep = (key: string) => {
    const act = key === '\u0003' && listener ? undefined : urgent[key];
    if (act) act();
    else kept += key;
  };
  const tell = () => {
    if (listener && kept !== '') kept = listener(kept);
  };
  const onReadable = () => {
    for (let keys = stdin.read(); keys !== null; keys = stdin.read())
      for (const key of String(keys)) keep(key);
    tell();
  };
  const close = () => {
    isOpen = false;
    forget();
    stops.dispose();
    stdin.removeListener('readable', onReadable);
    if (kept !== '') stdin.unshift(kept, 'utf8');
  };
  const remove = () => {
    if (!isOpen) return;
    close();
    giveBack();
    // Else the process would wait for keys instead of ending.
    stdin.unref();
  };

  take();
  const forget = atExit(remove);
  stdin.setEncoding('utf8');
  stdin.on('readable', onReadable);
  return {
    remove,
    draw: (next) => {
      if (!isOpen) return;
      const isNew = stdout.columns !== columns || !isSame(lines, next);
      const eraseOld = erased();
      lines = next;
      if (isSuspended || !isNew) return;
      columns = stdout.columns;
      stdout.write(`${beginUpdate}${eraseOld}${written(next)}${endUpdate}`);
    },
    hear: (next) => {
      listener = next;
      tell();
    },
    handOver: () => {
      if (!isOpen) return '';
      close();
      return isSuspended ? '' : erased();
    },
  };
}

function written(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function isSame(before: readonly string[], next: readonly string[]): boolean {
  return before.length === next.length && before.every((line, index) => line === next[index]);
}

/** Rows that lines take now which were drawn when there were `before` columns. */
function rowsOf(lines: readonly string[], before: number, now: number): number {
  if (now >= before) return lines.length;
  return lines
    .map((line) => Math.max(1, Math.ceil(widthOf(line) / Math.max(1, now))))
    .reduce((sum, count) => sum + count, 0);
}

/** Moves up over so many rows and erases them. */
function eraser(rows: number): string {
  return rows === 0 ? '' : `\r\u001b[${rows}A${eraseBelow}`;
}
