import type { Wanted, WizardEvent } from '../../wizard/events.ts';
import type { WizardState } from '../../wizard/state.ts';
import type { WizardStore } from '../../wizard/store.ts';

/** What an effect is given besides what is wanted. */
export interface EffectDoors {
  /** Aborts once it is wanted no longer. */
  readonly signal: AbortSignal;
  readonly state: () => WizardState;
  /** Tells the wizard; what is told after the abort is dropped, but for what was carried out. */
  readonly tell: (event: WizardEvent) => void;
}

/** Carries out one kind of wanted thing. It throws for bugs only: what fails is told. */
export type Effect<Kind extends Wanted['kind'] = Wanted['kind']> = (
  wanted: Extract<Wanted, { kind: Kind }>,
  doors: EffectDoors,
) => Promise<void>;

export type Effects = { readonly [Kind in Wanted['kind']]: Effect<Kind> };

export interface Runner {
  /** Aborts what runs, and waits until all of it has ended. */
  readonly stop: () => Promise<void>;
  /** Rejects with the first bug of an effect; never resolves. */
  readonly broken: Promise<never>;
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Follows the state: starts what has newly come to be wanted, and aborts what is wanted no longer.
 * What has ended is not started again while it stays wanted.
 * @param wantedOf what a state wants, the most urgent first
 */
export function followWanted(
  store: WizardStore,
  effects: Effects,
  wantedOf: (state: WizardState) => readonly Wanted[],
): Runner {
  const running = new Map<string, Running>();
  /** Aborted, and not ended yet. */
  const ending = new Set<Promise<void>>();
  let stopped = false;
  let fail: (bug: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Who waits for it is told; who does not must not end the process.
  broken.catch(() => {});

  const start = (wanted: Wanted): Running => {
    const controller = new AbortController();
    const { signal } = controller;
    const tellsOn = wanted.kind === 'apply';
    const effect = effects[wanted.kind] as Effect;
    const doors: EffectDoors = {
      signal,
      state: store.state,
      tell: (event) => {
        if (tellsOn || !signal.aborted) store.dispatch(event);
      },
    };
    // Never within the dispatch that made it wanted: what it tells at once comes after.
    const ended = Promise.resolve()
      .then(() => effect(wanted, doors))
      .catch((error: unknown) => {
        if (!signal.aborted || !isAbort(error)) fail(error);
      });
    return { controller, ended };
  };

  const drop = (key: string, { controller, ended }: Running) => {
    running.delete(key);
    ending.add(ended);
    void ended.then(() => ending.delete(ended));
    controller.abort();
  };

  const followOnce = () => {
    const wanted = new Map(wantedOf(store.state()).map((one) => [`${one.kind} ${one.key}`, one]));
    for (const [key, one] of running) if (!wanted.has(key)) drop(key, one);
    for (const [key, one] of wanted) if (!running.has(key)) running.set(key, start(one));
  };
  // What listens to an abort may change the state in the middle of it.
  let isFollowing = false;
  let isBehind = false;
  const follow = () => {
    isBehind = true;
    if (isFollowing) return;
    isFollowing = true;
    while (isBehind && !stopped) {
      isBehind = false;
      followOnce();
    }
    isFollowing = false;
  };

  const unsubscribe = store.subscribe(follow);
  follow();
  return {
    broken,
    stop: async () => {
      stopped = true;
      unsubscribe();
      for (const [key, one] of running) drop(key, one);
      await Promise.all(ending);
    },
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
