import { render } from 'ink';
import type { FrontEnd } from '../wizard/front-end.ts';
import type { WizardState } from '../wizard/state.ts';
import type { WizardStore } from '../wizard/store.ts';
import type { View } from '../wizard/view.ts';
import type { FirstScreen } from './first-screen.ts';
import { followSize } from './follow-size.ts';
import { listenForStops, type SignalSource } from './job-control.ts';
import { createTheme } from './looks.ts';
import { Root, type Suspend } from './Root.tsx';
import { type RowText, rowText } from './row.ts';
import { screenLines } from './screen-lines.ts';
import { readsScreen } from './screen-reader.ts';
import { sizeOf } from './size.ts';
import { beginUpdate, endUpdate } from './synchronized.ts';
import { widthOf } from './text.ts';

export interface InkOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** For `INK_SCREEN_READER`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colors: boolean;
  readonly unicode: boolean;
  readonly viewOf: (state: WizardState) => View;
  /** The process, for being stopped (Ctrl+Z) and going on. */
  readonly signals: SignalSource;
  /** What the first stage has drawn: the screen takes its place. */
  readonly firstScreen?: FirstScreen | undefined;
}

/**
 * The wizard on a terminal, drawn in place. The caller has made sure that both ends are terminals.
 * @throws (rejects) where drawing fails: a bug; the terminal is as it was before then, too
 */
export function openInk(options: InkOptions): FrontEnd {
  return { run: (store) => run(store, options) };
}

async function run(store: WizardStore, options: InkOptions): Promise<void> {
  const { stdin, stdout, env, colors, unicode, viewOf, signals, firstScreen } = options;
  const isSpoken = readsScreen(env);
  const theme = createTheme({ colors, unicode, isSpoken });
  let onSuspendable: (suspend: Suspend) => void = () => {};
  const suspendable = new Promise<Suspend>((resolve) => {
    onSuspendable = resolve;
  });
  const draw = () => (
    <Root
      size={sizeOf(stdout.columns, stdout.rows)}
      store={store}
      viewOf={viewOf}
      theme={theme}
      unicode={unicode}
      onStopKey={() => stops.stopAll()}
      onSuspendable={onSuspendable}
    />
  );
  // Before the first screen lets go: what stops the process in between must be heard.
  const stops = listenForStops(signals, stdout, async () => (await suspendable)());
  // One write: the terminal shows the first frame, then this one, and nothing between them.
  stdout.cork();
  stdout.write(`${beginUpdate}${firstScreen?.handOver() ?? ''}`);
  const app = render(draw(), {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: isSpoken,
    // The default of 30 lets a held key run ahead of what is seen.
    maxFps: 120,
    // Whether to ask at all was decided before; Ink would be silent where CI is set.
    interactive: true,
  });
  stdout.write(endUpdate);
  stdout.uncork();
  const view = () => viewOf(store.state());
  const sizes = followSize(stdout, {
    widthsOf: (size) => screenLines(view(), size, theme).map(drawnWidth),
    forget: () => app.clear(),
    redraw: () => app.rerender(draw()),
  });
  try {
    await app.waitUntilExit();
  } finally {
    sizes.dispose();
    stops.dispose();
  }
}

/** Columns that a row takes: blanks at its end are not written. */
function drawnWidth(row: RowText): number {
  return widthOf(rowText(row).trimEnd());
}
