import type { Api } from '../cluster/types.ts';
import { defaultGraces, type Graces, type Suspicion } from './causes/suspicion.ts';
import type { CommandTarget } from './command-text.ts';
import { findSuspicions, toDiagnoses } from './diagnose.ts';
import type { Diagnosis, ReleaseEvent } from './events.ts';
import { notice } from './outcome.ts';
import {
  addDetails,
  isPassing,
  looksWrong,
  type ReleaseShape,
  readSnapshot,
} from './read-snapshot.ts';
import { type RolloutState, rolloutState } from './rollout-state.ts';
import type { Snapshot } from './snapshot.ts';
import type { ReleaseDependencies } from './types.ts';

/** Pauses between two looks, in milliseconds: short at first, then sparing the server. */
const firstPause = 150;
const longestPause = 1000;
const pauseGrowth = 1.15;
/** How long the server may be away before that is told, in milliseconds. */
const silentlyAway = 3000;
/** Events and logs are not fetched more often than this, in milliseconds. */
const detailPause = 1000;

export interface WatchOptions {
  readonly target: CommandTarget;
  readonly shape: ReleaseShape;
  readonly timeoutSeconds: number;
  readonly graces?: Graces;
  /** Texts that must not be quoted. */
  readonly secrets?: readonly string[];
}

export type WatchDependencies = Pick<ReleaseDependencies, 'now' | 'sleep'> & { readonly api: Api };

/** How a watch ended. */
export type WatchResult =
  | { readonly kind: 'ready'; readonly state: RolloutState }
  /** A cause that will not heal. */
  | {
      readonly kind: 'failing';
      readonly state: RolloutState;
      readonly diagnoses: readonly Diagnosis[];
    }
  | {
      readonly kind: 'timeout';
      readonly state: RolloutState;
      readonly diagnoses: readonly Diagnosis[];
    }
  /** The user stopped watching. */
  | { readonly kind: 'stopped'; readonly state: RolloutState | undefined }
  /** The server can no longer be asked. */
  | { readonly kind: 'blind'; readonly message: string };

/**
 * Watches a rollout until it is ready, a cause that will not heal has shown itself for long
 * enough, or time is up. Yields an event whenever something changed that a user would see.
 */
export async function* watchRollout(
  { api, now, sleep }: WatchDependencies,
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, WatchResult> {
  const { target, shape } = options;
  const startedAt = now();
  const sightings = new Map<string, Sighting>();
  let pause = firstPause;
  let shown = '';
  let lastDetails = Number.NEGATIVE_INFINITY;
  let state: RolloutState | undefined;
  let answeredAt = startedAt;
  let isAwayTold = false;
  for (;;) {
    if (signal.aborted) return { kind: 'stopped', state };
    const read = await readSnapshot(api, target.namespace, shape, signal);
    const time = now();
    if (!read.ok && !isPassing(read.failure)) {
      if (signal.aborted) return { kind: 'stopped', state };
      return { kind: 'blind', message: read.failure.message };
    }
    if (!read.ok && !isAwayTold && time - answeredAt >= silentlyAway) {
      isAwayTold = true;
      yield notice(
        `The cluster is not answering; trying again: ${read.failure.message}`,
        'warning',
      );
    }
    if (read.ok) {
      answeredAt = time;
      if (isAwayTold) yield notice('The cluster answers again.');
      isAwayTold = false;
      state = rolloutState(read.value, time);
      const key = visibleKey(state);
      if (key !== shown) {
        shown = key;
        yield toEvent(state, (time - startedAt) / 1000);
      }
      if (state.done) return { kind: 'ready', state };
      if (looksWrong(read.value, time) && time - lastDetails >= detailPause) {
        lastDetails = time;
        const details = await addDetails(api, target.namespace, read.value, signal);
        const suspicions = findSuspicions(details, { ...options, now: time });
        const final = settled(suspicions, sightings, time, options.graces ?? defaultGraces);
        if (final.length > 0) return { kind: 'failing', state, diagnoses: toDiagnoses(final) };
      }
    }
    if (time - startedAt >= options.timeoutSeconds * 1000) {
      if (!read.ok) return { kind: 'blind', message: read.failure.message };
      return {
        kind: 'timeout',
        state: rolloutState(read.value, time),
        diagnoses: await explain(api, read.value, { ...options, now: time }),
      };
    }
    await sleep(pause, signal).catch(() => {});
    pause = Math.min(longestPause, pause * pauseGrowth);
  }
}

async function explain(
  api: Api,
  snapshot: Snapshot,
  options: WatchOptions & { readonly now: number },
): Promise<Diagnosis[]> {
  const details = await addDetails(api, options.target.namespace, snapshot);
  return toDiagnoses(findSuspicions(details, options));
}

/** Since when a suspicion is there, and when it was last; milliseconds since the epoch. */
export interface Sighting {
  readonly first: number;
  readonly last: number;
}

/** A container that ends again and again runs in between: so long it may look well. */
const forgetMilliseconds = 10_000;

/**
 * The suspicions that have lasted long enough, with those of the same group. `sightings` remembers
 * since when each one is there; one that stayed away for a while starts anew.
 */
export function settled(
  suspicions: readonly Suspicion[],
  sightings: Map<string, Sighting>,
  now: number,
  graces: Graces,
): Suspicion[] {
  for (const [key, { last }] of sightings)
    if (now - last > forgetMilliseconds) sightings.delete(key);
  for (const { key } of suspicions)
    sightings.set(key, { first: sightings.get(key)?.first ?? now, last: now });
  const isSettled = ({ key, settles }: Suspicion) =>
    settles === 'now' ||
    (settles !== 'never' && now - (sightings.get(key)?.first ?? now) >= graces[settles] * 1000);
  const groups = new Set(suspicions.filter(isSettled).map(({ group }) => group));
  return suspicions.filter(({ group }) => groups.has(group));
}

/** What a user sees, without what only time changes. */
function visibleKey({ ready, wanted, pods, claims }: RolloutState): string {
  return JSON.stringify([ready, wanted, claims, pods.map((pod) => ({ ...pod, ageSeconds: 0 }))]);
}

function toEvent({ ready, wanted, pods, claims }: RolloutState, elapsed: number): ReleaseEvent {
  return { type: 'rollout', ready, wanted, pods, claims, elapsedSeconds: Math.round(elapsed) };
}
