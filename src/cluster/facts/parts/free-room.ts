import * as z from 'zod/mini';
import { inParallel } from '../../in-parallel.ts';
import { objectMetadata, optionalText } from '../../objects/parts.ts';
import type { FactValue } from '../facts.ts';
import type { FactSubject } from '../gather.ts';
import { type Requests, requestingSpec, requestsOf } from '../pod-requests.ts';
import { keysAwayFrom, type OurPod, podRules } from '../pod-rules.ts';
import type { FactReader } from '../reader.ts';
import { isOfRelease } from './neighbours.ts';

type NodeFact = FactValue<'nodes'>['seen'][number];
type Room = NodeFact['allocatable'];

/** Nodes whose pods are asked for at the same time. */
export const parallelNodes = 10;

const podOnNode = z.object({
  metadata: objectMetadata,
  spec: z.extend(requestingSpec, {
    nodeName: optionalText,
    affinity: z.optional(z.nullable(podRules)),
  }),
});
type PodOnNode = z.infer<typeof podOnNode>;

/** The release whose pods are to find room. */
export interface OurRelease extends OurPod, Pick<FactSubject, 'fullname' | 'others'> {
  readonly release: string;
}

/**
 * Nodes with the room that is free on them, and that of our own pods; as they were where the pods
 * may not be seen.
 * @param areAll whether there are no other nodes: then one request asks for all pods
 */
export async function readRoom(
  reader: FactReader,
  nodes: readonly NodeFact[],
  { our, areAll }: { readonly our: OurRelease; readonly areAll: boolean },
): Promise<NodeFact[]> {
  if (!areAll)
    return inParallel(nodes, parallelNodes, async (node) =>
      withFreeRoom(node, await readPods(reader, node.name), our),
    );
  const pods = await readPods(reader);
  return nodes.map((node) =>
    withFreeRoom(
      node,
      pods?.filter(({ spec }) => spec.nodeName === node.name),
      our,
    ),
  );
}

/** The pods that take room, of all nodes or of one; undefined where they may not be seen. */
export async function readPods(
  reader: FactReader,
  node?: string,
): Promise<readonly PodOnNode[] | undefined> {
  const fields = [
    ...(node === undefined ? [] : [`spec.nodeName=${node}`]),
    'status.phase!=Succeeded',
    'status.phase!=Failed',
  ];
  // Any version will do, which the server answers from its memory.
  const query = `?fieldSelector=${encodeURIComponent(fields.join(','))}&resourceVersion=0`;
  const pods = await reader.list(`/api/v1/pods${query}`, podOnNode);
  return pods.ok ? pods.value : undefined;
}

function withFreeRoom(
  node: NodeFact,
  pods: readonly PodOnNode[] | undefined,
  our: OurRelease,
): NodeFact {
  if (!pods) return node;
  const isOwn = ({ metadata }: PodOnNode) =>
    metadata.namespace === our.namespace && node.ownPods.includes(metadata.name);
  const used = roomOf(pods);
  const { cpu, memory, pods: most, 'ephemeral-storage': disk = 0 } = node.allocatable;
  return {
    ...node,
    free: {
      cpu: cpu - used.cpu,
      memory: memory - used.memory,
      pods: most - used.pods,
      'ephemeral-storage': disk - (used['ephemeral-storage'] ?? 0),
    },
    ownRoom: roomOf(pods.filter(isOwn)),
    ...repellingOf(pods, our),
  };
}

/** Pods of others that keep ours away, one for each place that they keep the same of ours from. */
function repellingOf(pods: readonly PodOnNode[], our: OurRelease): Pick<NodeFact, 'repelling'> {
  const { others = [] } = our;
  const ours = [{ name: our.fullname, labels: our.labels }, ...others];
  const found = new Map<string, NonNullable<NodeFact['repelling']>[number]>();
  for (const { metadata, spec } of pods) {
    if (!spec.affinity || isOfRelease(metadata, our)) continue;
    const { namespace = '', name } = metadata;
    const kept = ours.flatMap((one) =>
      keysAwayFrom(spec.affinity, namespace, { ...our, labels: one.labels }).map(
        (key) => [key, one.name] as const,
      ),
    );
    for (const key of new Set(kept.map(([of]) => of))) {
      const names = kept.filter(([of]) => of === key).map(([, workload]) => workload);
      const of = new Set(names).size < ours.length ? { of: [...new Set(names)] } : {};
      const id = JSON.stringify([key, of]);
      if (!found.has(id)) found.set(id, { key, pod: `${namespace}/${name}`, ...of });
    }
  }
  return found.size === 0 ? {} : { repelling: [...found.values()] };
}

function roomOf(pods: readonly PodOnNode[]): Room {
  const requests = pods.map(({ spec }) => requestsOf(spec));
  const sum = (resource: keyof Requests) =>
    requests.reduce((all, one) => all + (one[resource] ?? 0), 0);
  return {
    cpu: sum('cpu'),
    memory: sum('memory'),
    pods: pods.length,
    'ephemeral-storage': sum('ephemeral-storage'),
  };
}
