import type { FrontEnd } from '../wizard/front-end.ts';
import type { WizardState } from '../wizard/state.ts';
import type { WizardStore } from '../wizard/store.ts';
import { createTheme } from './looks.ts';
import type { InkOptions, openInk } from './open.tsx';
import { openPainter } from './painter.ts';
import { readsScreen } from './screen-reader.ts';

export interface ScreenOptions extends InkOptions {
  /** Ink, which takes as long to load as all else together. */
  readonly loadInk: () => Promise<{ readonly openInk: typeof openInk }>;
}

/** How long the cluster may take to be heard of before Ink is loaded. */
const patienceMilliseconds = 400;
/** How long nothing must have happened: to load Ink lets nothing else run for a while. */
const quietMilliseconds = 50;

/**
 * The wizard on a terminal, drawn in place. Until Ink is loaded, a painter draws the same lines and
 * answers the keys; who reads the screen with a reader waits for Ink, which tells what is what.
 */
export function openScreen({ loadInk, ...options }: ScreenOptions): FrontEnd {
  return {
    run: async (store) => {
      const isPainted = await paint(store, options, loadInk);
      if (isPainted === 'left') return;
      await (await loadInk()).openInk(options).run(store);
    },
  };
}

async function paint(
  store: WizardStore,
  options: InkOptions,
  loadInk: ScreenOptions['loadInk'],
): Promise<'left' | 'handed over'> {
  const { firstScreen, env, colors, unicode } = options;
  if (!firstScreen || readsScreen(env)) return 'handed over';
  const theme = createTheme({ colors, unicode, isSpoken: false });
  const painter = openPainter(store, { ...options, firstScreen, theme });
  const settled = settling(store);
  const first = await Promise.race([
    painter.left.then(() => 'left' as const),
    painter.stuck,
    settled.promise,
  ]);
  settled.dispose();
  if (first === 'left') return first;
  await loadInk();
  // What was due meanwhile comes first: an Escape that nothing has followed is a key by now.
  await new Promise((resolve) => setTimeout(resolve, 1));
  // It may have been left while Ink was read.
  if (store.state().phase.name === 'left') return painter.left.then(() => 'left');
  painter.close();
  return 'handed over';
}

/** Until the cluster was heard of and nobody types, but not for long. */
function settling(store: WizardStore) {
  let dispose = () => {};
  const promise = new Promise<void>((resolve) => {
    let quiet: NodeJS.Timeout | undefined;
    const patience = setTimeout(resolve, patienceMilliseconds);
    const wait = () => {
      clearTimeout(quiet);
      if (isSettled(store.state())) quiet = setTimeout(resolve, quietMilliseconds);
    };
    const unsubscribe = store.subscribe(wait);
    dispose = () => {
      clearTimeout(quiet);
      clearTimeout(patience);
      unsubscribe();
    };
    wait();
  });
  return { promise, dispose };
}

function isSettled({ world }: WizardState): boolean {
  return world.connection === 'offline' || world.kubernetes !== undefined;
}
