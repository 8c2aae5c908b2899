import { createInterface } from 'node:readline';

/** What a terminal's input has that lines and secrets are read from. */
export interface LineInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
}

export type Read =
  | { readonly kind: 'line'; readonly text: string }
  /** The input is over: Ctrl+D, or the terminal is gone. */
  | { readonly kind: 'end' }
  /** Ctrl+C while a secret was typed; everywhere else it is a signal. */
  | { readonly kind: 'interrupt' };

/** Lines of a terminal, those included that were typed before they were asked for. */
export interface LineReader {
  /**
   * The next line. What was typed while `signal` gave up waiting is kept for the next call.
   * @param isHidden of a secret: what is typed is not echoed
   * @returns undefined where `signal` came first
   */
  readonly next: (isHidden: boolean, signal: AbortSignal) => Promise<Read | undefined>;
  /** Whether something was typed, or the input is over. */
  readonly isReady: () => boolean;
  /** Calls back as something is typed. @returns takes the listener away */
  readonly onReady: (listener: () => void) => () => void;
  /** Drops what was typed before. */
  readonly forget: () => void;
  /** Gives the terminal back as it was. */
  readonly close: () => void;
}

/**
 * Reads in the terminal's own line mode: it echoes and edits, so that not one byte of ours moves
 * a cursor. @inquirer/input was measured with TERM=dumb: for each key it writes `ESC[2K ESC[G` and
 * the whole line anew, which a dumb terminal shows and a screen reader says again.
 */
export function openLineReader(input: LineInput, echo: (text: string) => void): LineReader {
  const ready: Read[] = [];
  const listeners = new Set<() => void>();
  let isHiding = false;
  let isOver = false;

  const give = (read: Read) => {
    if (read.kind === 'end') isOver = true;
    else ready.push(read);
    for (const listener of [...listeners]) listener();
  };
  const hide = (hidden: boolean) => {
    if (hidden === isHiding) return;
    isHiding = hidden;
    if (input.isTTY) input.setRawMode?.(hidden);
  };
  const lines = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (text) => {
    if (isHiding) echo('\n');
    give({ kind: 'line', text: isHiding ? applyEditingKeys(text) : text });
  });
  lines.on('close', () => give({ kind: 'end' }));
  // A raw terminal tells of Ctrl+C and Ctrl+D as characters, before the line has ended.
  const watch = (chunk: Buffer | string) => {
    if (!isHiding || !input.isTTY) return;
    const text = chunk.toString();
    if (text.includes('\u0003')) give({ kind: 'interrupt' });
    else if (text.includes('\u0004')) give({ kind: 'end' });
  };
  input.on('data', watch);
  const take = (): Read | undefined => ready.shift() ?? (isOver ? { kind: 'end' } : undefined);
  const isReady = () => ready.length > 0 || isOver;
  const onReady = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    next: async (isHidden, signal) => {
      if (!isReady() && !signal.aborted) {
        hide(isHidden);
        await new Promise<void>((resolve) => {
          const settle = () => {
            stop();
            signal.removeEventListener('abort', settle);
            resolve();
          };
          const stop = onReady(settle);
          signal.addEventListener('abort', settle, { once: true });
        });
        hide(false);
      }
      return take();
    },
    isReady,
    onReady,
    forget: () => {
      ready.splice(0, ready.length, ...ready.filter(({ kind }) => kind !== 'line'));
    },
    close: () => {
      input.removeListener('data', watch);
      hide(false);
      lines.close();
      input.pause();
    },
  };
}

/** What backspace and Ctrl+U, which a raw terminal leaves to us, make of a line. */
function applyEditingKeys(line: string): string {
  let text: string[] = [];
  for (const character of line)
    if (character === '\u0015') text = [];
    else if (character === '\u007f' || character === '\b') text.pop();
    else if (character >= ' ') text.push(character);
  return text.join('');
}
