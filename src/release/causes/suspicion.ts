import type { CommandTarget } from '../command-text.ts';
import type { Diagnosis } from '../events.ts';
import type { ClusterEvent, Metadata } from '../kinds.ts';
import type { Snapshot } from '../snapshot.ts';

/** How long, in seconds, a cause must last before it counts as one that will not heal. */
export interface Graces {
  /** An image that cannot be pulled for a reason that may pass: rate limit, registry down. */
  readonly image: number;
  /** A container that ended once or twice: its peers or its backend may still be starting. */
  readonly crash: number;
  /** A Secret or ConfigMap that another controller may still be making. */
  readonly config: number;
  /** No node takes the pod: others may be stopping, an autoscaler may be at work. */
  readonly unschedulable: number;
  /** A provisioner that failed may try again with more luck. */
  readonly claim: number;
  /** A quota that stopping pods will free, a webhook that is restarting. */
  readonly refused: number;
  /** An old pod that never becomes ready holds up an ordered update. */
  readonly blocked: number;
  /** A workload that was deleted: whoever did it may be making it anew. */
  readonly gone: number;
}

export const defaultGraces: Graces = {
  image: 15,
  crash: 20,
  config: 8,
  unschedulable: 20,
  claim: 30,
  refused: 10,
  blocked: 30,
  gone: 8,
};

/** Something that looks wrong, found in one snapshot. */
export interface Suspicion {
  /** The same cause of the same object has the same key in every snapshot. */
  readonly key: string;
  /** Final at once, or only after it has lasted. `never`: worth telling, but it may heal. */
  readonly settles: 'now' | keyof Graces | 'never';
  /** Suspicions of one group are told once, with the number of objects that share it. */
  readonly group: string;
  readonly diagnosis: Diagnosis;
}

/** What the rules are given beside the object that they look at. */
export interface CauseContext {
  readonly target: CommandTarget;
  readonly snapshot: Snapshot;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Takes secrets out of what is quoted. */
  readonly redact: (line: string) => string;
}

/** Events of an object, newest last. */
export function eventsOf(
  snapshot: Snapshot,
  object: Pick<Metadata, 'uid'>,
  reasons?: RegExp,
): ClusterEvent[] {
  return snapshot.events
    .filter(({ involvedObject }) => involvedObject.uid === object.uid)
    .filter(({ reason }) => !reasons || reasons.test(reason ?? ''))
    .sort((one, other) => eventTime(one) - eventTime(other));
}

/** Milliseconds since the epoch, by the server's clock; 0 where the event has no time. */
export function eventTime(event: ClusterEvent): number {
  const time =
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp;
  return time ? Date.parse(time) || 0 : 0;
}

/** Quotes an event: `Failed: Back-off pulling image "x" (4 times)`. */
export function quoteEvent(event: ClusterEvent): string {
  const times = event.series?.count ?? event.count ?? 1;
  return `${event.reason ?? 'Event'}: ${oneLine(event.message)}${times > 1 ? ` (${times} times)` : ''}`;
}

/** A message of the cluster on one line, at most 600 characters. */
export function oneLine(text: string | null | undefined): string {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line.length > 600 ? `${line.slice(0, 599)}…` : line;
}
