import * as z from 'zod/mini';
import { parseQuantity } from '../../../values/quantity.ts';
import {
  condition,
  listOf,
  objectMetadata,
  optionalFlag,
  optionalText,
  quantities,
  text,
} from '../../objects/parts.ts';
import type { Api } from '../../types.ts';
import type { FactValue } from '../facts.ts';
import type { FactContext, FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import { readNamespaceMetadata } from '../namespace-object.ts';
import { isEligible } from '../node-choice.ts';
import { readNodePage } from '../node-page.ts';
import { createFactReader, type FactReader } from '../reader.ts';
import { byLabels } from '../selectors.ts';
import { gatherClaims } from './claims.ts';
import { type OurRelease, parallelNodes, readPods, readRoom } from './free-room.ts';
import { findNeighbours, placedPod } from './neighbours.ts';
import { withRuntimeClass } from './runtime-classes.ts';

type NodeFact = FactValue<'nodes'>['seen'][number];
type Room = NodeFact['allocatable'];

/** Where room is rare the search ends here, so that a full cluster of 5,000 nodes is not read whole. */
const mostPages = 10;
const mostNodesAsked = 200;

const zoneLabel = 'topology.kubernetes.io/zone';

const nodeObject = z.object({
  metadata: objectMetadata,
  spec: z._default(
    z.object({
      unschedulable: optionalFlag,
      taints: listOf(z.object({ key: z.string(), value: optionalText, effect: z.string() })),
    }),
    { taints: [] },
  ),
  status: z._default(
    z.object({
      allocatable: quantities,
      conditions: listOf(condition),
      nodeInfo: z._default(z.object({ containerRuntimeVersion: text }), {
        containerRuntimeVersion: '',
      }),
    }),
    { allocatable: {}, conditions: [], nodeInfo: { containerRuntimeVersion: '' } },
  ),
});

/**
 * Nodes, page by page, and the free room of those that our pods may run on, until every replica
 * and one more has found a place on a node of its own. So it costs the same on 3 nodes and on 5,000.
 */
export const gatherNodes = gathering<'nodes', FactSubject>(async (context) => {
  const { api, reader, subject, signal } = context;
  const [ownPods, zones, neighbours, namespaceLabels, pod] = await Promise.all([
    placeOwnPods(context),
    neededZones(context),
    findNeighbours(context),
    labelsOfNamespace(context),
    withRuntimeClass(reader, subject.pod),
  ]);
  const search = createSearch({ ...subject, pod, namespaceLabels }, zones);
  const seen: NodeFact[] = [];
  let token: string | undefined;
  let total = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readNodePage(api, nodeObject, token, signal);
    // A list that has expired on the way ends here: what was seen is true all the same.
    if (!page.ok && token) break;
    const { items, next, remaining } = take(page);
    const nodes = items.map((item) => toNode(item, ownPods));
    total = seen.length + nodes.length + remaining;
    seen.push(...(await fillRoom(reader, nodes, search, pages === 0 && !next)));
    token = next;
    if (!next || search.isDone(false)) break;
  }
  return {
    total,
    seen,
    complete: !token && search.skipped() === 0,
    ...(neighbours.length > 0 ? { neighbours } : {}),
  };
});

/** By which pods of others may be about ours; who may not read them takes the one that each has. */
async function labelsOfNamespace({ reader, subject: { namespace } }: FactContext) {
  const found = await readNamespaceMetadata(reader, namespace);
  return found.ok ? found.value.labels : { 'kubernetes.io/metadata.name': namespace };
}

/** Asks for the first page, and for the pods of a cluster that it holds whole. */
export async function foreseeNodes(api: Api, signal: AbortSignal): Promise<void> {
  const page = await readNodePage(api, nodeObject, undefined, signal);
  if (!page.ok || page.value.items.length === 0) return;
  if (readsAllPods(page.value.items, !page.value.next))
    await readPods(createFactReader(api, signal));
}

/** One request for the pods of all nodes takes less than one for each, where there are few. */
function readsAllPods(nodes: readonly unknown[], isWhole: boolean): boolean {
  return isWhole && nodes.length <= parallelNodes;
}

/** Keeps count of the places found. */
function createSearch(
  our: FactSubject & Pick<OurRelease, 'namespaceLabels'>,
  zones: readonly string[],
) {
  const { replicas, mostReplicas, pod } = our;
  // A rolling update needs room for one more.
  const wanted = replicas + 1;
  const found: { readonly zone: string; readonly places: number }[] = [];
  let asked = 0;
  let skipped = 0;
  // Of a large cluster nobody can say that there is no room for more, so it is not looked for.
  const isEnough = (isWhole: boolean) =>
    found.length >= wanted &&
    (!isWhole || found.reduce((sum, { places }) => sum + places, 0) >= mostReplicas) &&
    zones.every((zone) => found.some((one) => one.zone === zone && one.places > 0));
  return {
    our,
    isCandidate: (node: NodeFact) => isEligible(node, pod),
    isDone: (isWhole: boolean) => isEnough(isWhole) || asked >= mostNodesAsked,
    skip: () => {
      skipped += 1;
    },
    skipped: () => skipped,
    note: (node: NodeFact) => {
      asked += 1;
      const places = node.free ? placesIn(node.free, pod.requests) : 0;
      // One that somebody keeps ours away from is none.
      const isKeptAway = node.repelling?.some(
        ({ key, of = [our.fullname] }) =>
          of.includes(our.fullname) && node.labels[key] !== undefined,
      );
      if (isKeptAway) return;
      if (places > 0 || node.ownPods.length > 0)
        found.push({ zone: node.labels[zoneLabel] ?? '', places });
    },
  };
}

/** How many pods with these requests go into the room. */
function placesIn(free: Room, requests: FactSubject['pod']['requests']): number {
  const places = (room: number, one: number) => (one > 0 ? Math.floor(room / one) : Infinity);
  return Math.max(
    0,
    Math.min(
      places(free.cpu, requests.cpu),
      places(free.memory, requests.memory),
      places(free['ephemeral-storage'] ?? 0, requests['ephemeral-storage'] ?? 0),
      free.pods,
    ),
  );
}

/**
 * The nodes with the room of those that were asked for; in the order in which they came.
 * @param isWhole whether the cluster has no other nodes
 */
async function fillRoom(
  reader: FactReader,
  nodes: readonly NodeFact[],
  search: ReturnType<typeof createSearch>,
  isWhole: boolean,
): Promise<NodeFact[]> {
  const filled = new Map<string, NodeFact>();
  const candidates = interleaveZones(nodes.filter(search.isCandidate));
  for (let start = 0; start < candidates.length; start += parallelNodes) {
    const batch = candidates.slice(start, start + parallelNodes);
    if (search.isDone(isWhole)) {
      for (const _ of batch) search.skip();
      continue;
    }
    const asked = await readRoom(reader, batch, {
      our: search.our,
      areAll: readsAllPods(nodes, isWhole),
    });
    for (const node of asked) {
      filled.set(node.name, node);
      if (node.free) search.note(node);
      else search.skip();
    }
  }
  return nodes.map((node) => filled.get(node.name) ?? node);
}

/** Those with our own pods first, then one of each zone in turn, so that a few tell of all zones. */
function interleaveZones(nodes: readonly NodeFact[]): NodeFact[] {
  const counts = new Map<string, number>();
  const ranked = nodes.map((node) => {
    const zone = node.labels[zoneLabel] ?? '';
    const rank = counts.get(zone) ?? 0;
    counts.set(zone, rank + 1);
    return { node, rank: node.ownPods.length > 0 ? -1 : rank };
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ node }) => node);
}

function toNode(
  { metadata, spec, status }: z.infer<typeof nodeObject>,
  ownPods: ReadonlyMap<string, readonly string[]>,
): NodeFact {
  const read = (resource: string) => {
    const amount = parseQuantity(status.allocatable[resource] ?? 0);
    return Number.isFinite(amount) ? amount : 0;
  };
  return {
    name: metadata.name,
    labels: metadata.labels,
    ready: status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    unschedulable: spec.unschedulable ?? false,
    taints: spec.taints.map(({ key, value, effect }) => ({ key, value: value ?? '', effect })),
    allocatable: {
      cpu: read('cpu'),
      memory: read('memory'),
      pods: read('pods'),
      // The scheduler takes a node that does not tell for one that has none.
      'ephemeral-storage': read('ephemeral-storage'),
    },
    free: null,
    runtime: status.nodeInfo.containerRuntimeVersion,
    ownPods: [...(ownPods.get(metadata.name) ?? [])],
    ownRoom: null,
  };
}

/** Our own pods by node. Who may not list them plans as if there were none. */
async function placeOwnPods({
  reader,
  subject,
}: FactContext): Promise<ReadonlyMap<string, readonly string[]>> {
  const labels = Object.entries(subject.selector).map(([key, value]) => `${key}=${value}`);
  const byNode = new Map<string, string[]>();
  if (labels.length === 0) return byNode;
  const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/pods`;
  const pods = await reader.list(`${path}${byLabels(labels.join(','))}`, placedPod);
  for (const { metadata, spec } of pods.ok ? pods.value : [])
    if (spec.nodeName)
      byNode.set(spec.nodeName, [...(byNode.get(spec.nodeName) ?? []), metadata.name]);
  return byNode;
}

/** Zones that the pods cannot leave, because a volume of theirs is there. */
async function neededZones(context: FactContext): Promise<readonly string[]> {
  if (context.subject.claims.length === 0) return [];
  const claims = await gatherClaims(context);
  if (claims.state !== 'known') return [];
  return [...new Set(claims.value.flatMap(({ zones }) => (zones?.length === 1 ? zones : [])))];
}
