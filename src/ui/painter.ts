import { mapTexts, toPrintable } from '../printable.ts';
import type { Key } from '../wizard/events.ts';
import type { WizardState } from '../wizard/state.ts';
import type { WizardStore } from '../wizard/store.ts';
import type { View } from '../wizard/view.ts';
import type { FirstScreen } from './first-screen.ts';
import type { Theme } from './looks.ts';
import { lastLines, screenLines, toldRows } from './screen-lines.ts';
import { sizeOf } from './size.ts';
import { styledLine } from './styled-line.ts';
import { loneEscape, readTyped } from './typed-keys.ts';

export interface PainterOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly firstScreen: FirstScreen;
  readonly theme: Theme;
  readonly unicode: boolean;
  readonly viewOf: (state: WizardState) => View;
}

/** Draws the wizard and hears its keys where Ink is not loaded yet. */
export interface Painter {
  /** Resolves once the wizard is left; what stays is in the terminal then. */
  readonly left: Promise<void>;
  /** Resolves once something was typed that only Ink understands. */
  readonly stuck: Promise<void>;
  /** Draws and hears nothing any more: somebody else takes the first screen over. */
  readonly close: () => void;
}

/** How long a key that begins with Escape may take to come, as Ink has it. */
const escapeMilliseconds = 20;
const escapeKey: readonly Key[] = [{ name: 'escape' }];

/** Takes the first screen, draws the state in it and answers what was typed meanwhile. */
export function openPainter(
  store: WizardStore,
  { stdout, firstScreen, theme, unicode, viewOf }: PainterOptions,
): Painter {
  let isOpen = true;
  let isAsked = false;
  let timer: NodeJS.Timeout | undefined;
  let leave: () => void = () => {};
  let stick: () => void = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const stuck = new Promise<void>((resolve) => {
    stick = resolve;
  });

  const draw = () => {
    const view = mapTexts(viewOf(store.state()), (text) => toPrintable(text, unicode));
    const size = sizeOf(stdout.columns, stdout.rows);
    const styled = (rows: ReturnType<typeof screenLines>) =>
      rows.map((row) => styledLine(row, size.width, theme));
    if (store.state().phase.name !== 'left')
      return firstScreen.draw(styled(screenLines(view, size, theme)));
    close();
    firstScreen.remove();
    const told = view.transcript.flatMap((line) => toldRows(line, size.width));
    const last = styled([...told, ...lastLines(view.body, size, theme)]);
    stdout.write(last.map((line) => `${line}\n`).join(''));
    leave();
  };
  // Keys and news that come together are drawn once.
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      if (isOpen) draw();
    });
  };
  const press = (typed: string): string => {
    const hasWaited = timer !== undefined && typed === loneEscape;
    clearTimeout(timer);
    timer = undefined;
    const { keys, rest } = readTyped(typed);
    for (const key of hasWaited ? escapeKey : keys) store.dispatch({ type: 'key', key });
    if (hasWaited) return '';
    // Told anew what is kept, it is a key of its own if nothing has come after it.
    if (rest === loneEscape) timer = setTimeout(() => firstScreen.hear(press), escapeMilliseconds);
    else if (rest !== '') stick();
    return rest;
  };
  const unsubscribe = store.subscribe(ask);
  stdout.on('resize', ask);
  const close = () => {
    isOpen = false;
    clearTimeout(timer);
    unsubscribe();
    stdout.removeListener('resize', ask);
  };

  firstScreen.hear(press);
  ask();
  return { left, stuck, close };
}
