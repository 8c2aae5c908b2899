import type { WizardState } from '../../wizard/state.ts';
import type { WizardStore } from '../../wizard/store.ts';
import type { LineReader } from '../line-reader.ts';

/**
 * Waits until something holds, until a line is there, or the time is over.
 * @param reader undefined: lines change nothing
 * @param milliseconds undefined: as long as it takes
 */
export function waitFor(
  store: WizardStore,
  reader: Pick<LineReader, 'isReady' | 'onReady'> | undefined,
  holds: (state: WizardState) => boolean,
  milliseconds?: number,
): Promise<void> {
  const isOver = () => holds(store.state()) || reader?.isReady() === true;
  if (isOver()) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      stopWatching();
      stopReading?.();
      resolve();
    };
    const timer = milliseconds === undefined ? undefined : setTimeout(settle, milliseconds);
    const stopWatching = store.subscribe(() => isOver() && settle());
    const stopReading = reader?.onReady(settle);
  });
}
