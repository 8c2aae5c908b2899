import { meetsTerms, tolerates } from '../../cluster/facts/node-rules.ts';
import { type Amounts, sumOfPod } from './containers.ts';
import type { Place, Room } from './places.ts';
import type { OwnPlace, Rule } from './pod-rules.ts';
import type { PodGroup } from './pods.ts';

/** The first pod that finds no place, and why not on how many nodes. */
export interface Unplaced {
  readonly group: PodGroup;
  /** How many of the group found a place before it. */
  readonly placed: number;
  /** In the scheduler's words, the most frequent first. */
  readonly reasons: readonly (readonly [reason: string, nodes: number])[];
}

/** A label of nodes, and its values of which a volume wants one. */
export interface Tie {
  readonly key: string;
  readonly values: readonly string[];
}

/** What the volumes of a pod hold it to; empty where they do not. */
export type TiesOf = (group: PodGroup, ordinal: number) => readonly Tie[];

interface Seat extends Place {
  left: Room;
  /** Whether pods of others keep pods of a workload away. */
  readonly isKeptAway: (workload: string) => boolean;
  /** Pods of each group. */
  readonly holds: Map<string, number>;
  /** Those among them that were there before, of another template. */
  readonly before: ReadonlyMap<string, number>;
}

interface Candidate {
  readonly group: PodGroup;
  /** All that are placed, this one among them. */
  readonly groups: readonly PodGroup[];
  readonly requests: Amounts;
  readonly ties: readonly Tie[];
}

/** What the scheduler counts, beside the number of pods. */
const scheduled = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** Rounding of sums of fractions of a core. */
const epsilon = 1e-9;

/**
 * Places pods as the scheduler does: one after the other, each where the fewest of its kind and
 * the most room are. Pods that a volume holds somewhere come first, since they have least choice.
 * @returns undefined where all find a place
 */
export function pack(
  groups: readonly PodGroup[],
  places: readonly Place[],
  tiesOf: TiesOf = () => [],
): Unplaced | undefined {
  const closed = closedDomains(places);
  const seats = places.map((place): Seat => {
    // Found once: each pod asks each seat.
    const here = closed.filter(({ key, value }) => place.labels[key] === value);
    const staying = groups.slice(0, 1).map(({ name }) => [name, place.staying] as const);
    return {
      ...place,
      isKeptAway: (workload) => here.some(({ of }) => !of || of.includes(workload)),
      left: place.room,
      holds: new Map(staying),
      before: new Map(staying),
    };
  });
  for (const group of groups) {
    const requests = sumOfPod(group, 'requests');
    const pods = Array.from({ length: group.replicas }, (_, ordinal) => tiesOf(group, ordinal));
    const ordered = [...pods].sort((one, other) => freedom(one) - freedom(other));
    for (const [placed, ties] of ordered.entries()) {
      const pod = { group, groups, requests, ties };
      const obstacles = seats.map((seat) => obstaclesOf(seat, pod, seats));
      const free = seats.filter((_, index) => obstacles[index]?.length === 0);
      const seat = best(free, pod, seats);
      if (!seat) return { group, placed, reasons: count(obstacles) };
      take(seat, pod);
    }
  }
  return undefined;
}

/** How many places the ties of a pod leave it, as far as they say. */
const freedom = (ties: readonly Tie[]) =>
  ties.reduce((least, { values }) => Math.min(least, values.length), Number.MAX_SAFE_INTEGER);

/** Why the pod cannot be there; several resources may lack at once. */
function obstaclesOf(seat: Seat, pod: Candidate, seats: readonly Seat[]): readonly string[] {
  const { group, requests, ties } = pod;
  if (seat.unschedulable) return ['node(s) were unschedulable'];
  const taint = untolerated(seat, group);
  if (taint) return [`node(s) had untolerated taint {${taint.key}: ${taint.value}}`];
  if (!seat.ready) return ['node(s) were not ready'];
  if (!matchesNode(seat, group)) return ["node(s) didn't match Pod's node affinity/selector"];
  if (ties.some(({ key, values }) => !values.includes(seat.labels[key] ?? '')))
    return ['node(s) had volume node affinity conflict'];
  if (seat.isKeptAway(group.name))
    return ["node(s) didn't satisfy existing pods anti-affinity rules"];
  if (!isNearEnough(seat, pod, seats)) return ["node(s) didn't match pod affinity rules"];
  if (!isFarEnough(seat, pod, seats)) return ["node(s) didn't match pod anti-affinity rules"];
  if (!keepsSpread(seat, pod, seats))
    return ["node(s) didn't match pod topology spread constraints"];
  const lacking = scheduled.filter(
    (resource) => (requests[resource] ?? 0) > (seat.left[resource] ?? Infinity) + epsilon,
  );
  return [
    ...(seat.left.pods < 1 ? ['Too many pods'] : []),
    ...lacking.map((resource) => `Insufficient ${resource}`),
  ];
}

/** Labels of the places, nodes or whole zones, that pods of others keep ours away from. */
function closedDomains(places: readonly Place[]) {
  return places.flatMap(({ repelling, labels }) =>
    repelling.flatMap(({ key, of }) => {
      const value = labels[key];
      return value === undefined ? [] : [{ key, value, of }];
    }),
  );
}

/**
 * Every rule needs a pod that it is about in the same place. The first of pods that are about
 * themselves only needs none.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
function isNearEnough(seat: Seat, { group, groups }: Candidate, seats: readonly Seat[]): boolean {
  const { near, labels } = group;
  if (near.some(({ topologyKey }) => seat.labels[topologyKey] === undefined)) return false;
  const isFirst =
    near.every(({ isAbout }) => isAbout(labels)) &&
    !near.some((rule) => seats.some((one) => holdsFor(one, rule, groups)));
  return (
    isFirst ||
    near.every((rule) =>
      domainOf(seats, seat, rule.topologyKey).some((one) => holdsFor(one, rule, groups)),
    )
  );
}

/** Of its own kind one in a place where it is to be apart, of others those that the rules name. */
function isFarEnough(seat: Seat, { group, groups }: Candidate, seats: readonly Seat[]): boolean {
  const others = groups.filter(({ name }) => name !== group.name);
  return (
    group.apart.every((rule) => holdsInDomain(seats, seat, rule, group) === 0) &&
    !group.away.some((rule) =>
      domainOf(seats, seat, rule.topologyKey).some((one) => holdsFor(one, rule, others)),
    )
  );
}

/** Whether a pod that a rule is about is on the node: of others, or of these groups. */
const holdsFor = (
  { beside, holds, before }: Seat,
  { text, isAbout, ofOwnTemplate }: Rule,
  groups: readonly PodGroup[],
): boolean =>
  beside.includes(text) ||
  groups.some(
    ({ name, labels }) =>
      (holds.get(name) ?? 0) > (ofOwnTemplate ? (before.get(name) ?? 0) : 0) && isAbout(labels),
  );

/** The nodes with the same value of a label; none where the node has no such label. */
function domainOf(seats: readonly Seat[], { labels }: Seat, key: string): readonly Seat[] {
  const domain = labels[key];
  return domain === undefined ? [] : seats.filter((seat) => seat.labels[key] === domain);
}

/** Whether the pods may run on a node at all, whatever room it has. */
export const mayRunOn = (
  group: PodGroup,
  node: Pick<Place, 'name' | 'labels' | 'taints'>,
): boolean => !untolerated(node, group) && matchesNode(node, group);

const untolerated = ({ taints }: Pick<Place, 'taints'>, { tolerations }: PodGroup) =>
  taints.find(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' && !tolerations.some((one) => tolerates(one, taint)),
  );

function matchesNode(
  node: Pick<Place, 'name' | 'labels'>,
  { nodeSelector, nodeTerms }: PodGroup,
): boolean {
  return (
    Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value) &&
    (!nodeTerms || meetsTerms(nodeTerms, node))
  );
}

/** Pods of the group in the same domain; a node without the label is in none. */
function holdsInDomain(
  seats: readonly Seat[],
  { labels }: Place,
  { topologyKey: key, ofOwnTemplate }: OwnPlace,
  { name }: PodGroup,
): number {
  const domain = labels[key];
  if (domain === undefined) return 0;
  return seats
    .filter((seat) => seat.labels[key] === domain)
    .reduce((sum, { holds, before }) => {
      const old = ofOwnTemplate ? (before.get(name) ?? 0) : 0;
      return sum + (holds.get(name) ?? 0) - old;
    }, 0);
}

/** Source: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
function keepsSpread(seat: Seat, { group }: Candidate, seats: readonly Seat[]): boolean {
  return group.spread.every((rule) => {
    const { topologyKey, maxSkew, minDomains } = rule;
    if (seat.labels[topologyKey] === undefined) return false;
    const counting = seats.filter(
      (one) =>
        one.labels[topologyKey] !== undefined &&
        (rule.ignoresAffinity || matchesNode(one, group)) &&
        (rule.ignoresTaints || !untolerated(one, group)),
    );
    const domains = new Set(counting.map(({ labels }) => labels[topologyKey]));
    const least =
      domains.size < minDomains
        ? 0
        : Math.min(...counting.map((one) => holdsInDomain(seats, one, rule, group)));
    return holdsInDomain(seats, seat, rule, group) + 1 - least <= maxSkew;
  });
}

function best(free: readonly Seat[], { group }: Candidate, seats: readonly Seat[]) {
  const crowd = (seat: Seat) => [
    ...group.spread.map((rule) => holdsInDomain(seats, seat, rule, group)),
    seat.holds.get(group.name) ?? 0,
    -seat.left.cpu,
    -seat.left.memory,
  ];
  const ranked = free.map((seat) => ({ seat, rank: crowd(seat) }));
  ranked.sort(({ rank: one }, { rank: other }) => {
    const at = one.findIndex((value, index) => value !== other[index]);
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
  });
  return ranked[0]?.seat;
}

function take(seat: Seat, { group, requests }: Candidate): void {
  const { cpu, memory, pods, 'ephemeral-storage': disk } = seat.left;
  seat.left = {
    cpu: cpu - (requests.cpu ?? 0),
    memory: memory - (requests.memory ?? 0),
    pods: pods - 1,
    'ephemeral-storage':
      disk === undefined ? undefined : disk - (requests['ephemeral-storage'] ?? 0),
  };
  seat.holds.set(group.name, (seat.holds.get(group.name) ?? 0) + 1);
}

function count(obstacles: readonly (readonly string[])[]): Unplaced['reasons'] {
  const counts = new Map<string, number>();
  for (const reason of obstacles.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
