import type { Wanted } from '../../wizard/events.ts';
import type { CommandContext } from '../context.ts';
import type { Clusters } from './clusters.ts';
import type { Effect } from './runner.ts';

/**
 * An effect whose code is loaded when it is first wanted: the first question is on the screen before
 * that, and keys that were typed meanwhile are answered.
 */
export function lazily<Kind extends Wanted['kind']>(
  load: () => Promise<Effect<Kind>>,
): Effect<Kind> {
  let loaded: Promise<Effect<Kind>> | undefined;
  return async (wanted, doors) => {
    loaded ??= afterKeys().then(load);
    const effect = await loaded;
    if (doors.signal.aborted && wanted.kind !== 'apply') return;
    await effect(wanted, doors);
  };
}

/** The way to the cluster, loaded when it is opened. */
export function createLazyClusters(context: CommandContext, attempt: () => number): Clusters {
  let loaded: Promise<Clusters> | undefined;
  const load = async () => (await import('./clusters.ts')).createClusters(context, attempt);
  return {
    open: async (place, signal) => {
      loaded ??= load();
      return (await loaded).open(place, signal);
    },
    close: async () => (await loaded)?.close(),
  };
}

/** To load code lets nothing else run: what waits already goes first. */
function afterKeys(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
