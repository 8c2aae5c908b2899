import type { ReleaseEvent } from '../../release/events.ts';
import type { WizardState } from '../../wizard/state.ts';
import { createEventFormatter } from '../event-lines.ts';
import type { Palette } from '../palette.ts';

/**
 * What an apply says that it had not said before, as lines to append. The returned function
 * remembers what it told.
 * @param printable makes texts from the cluster safe to be written
 */
export function createRolloutTeller(
  palette: Palette,
  printable: <T>(shown: T) => T,
): (state: WizardState) => readonly string[] {
  const told = new WeakSet<ReleaseEvent>();
  const format = createEventFormatter(palette);
  let stopped: string | undefined;
  return ({ phase }) => {
    if (phase.name !== 'applying' && phase.name !== 'ended') return [];
    const fresh = phase.events.filter((event) => !told.has(event));
    for (const event of fresh) told.add(event);
    // The plan was read in the review.
    const lines = fresh
      .filter(({ type }) => type !== 'plan')
      .flatMap((event) => format(printable(event)));
    if (phase.name !== 'applying' || !phase.stopping || stopped === phase.id) return lines;
    stopped = phase.id;
    return [...lines, 'Stopping; the state of the cluster follows. Ctrl+C again leaves at once.'];
  };
}
