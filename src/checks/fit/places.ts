import type { FactValue } from '../../cluster/facts/facts.ts';
import type { Taint } from '../../cluster/facts/node-rules.ts';

type Nodes = FactValue<'nodes'>;
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
  /** Undefined where nobody knows: then there is enough. */
  readonly 'ephemeral-storage'?: number | undefined;
}

/** A node with the room that pods may take. */
export interface Place {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
  readonly unschedulable: boolean;
  readonly taints: readonly Taint[];
  readonly room: Room;
  /** Our own pods that stay there. */
  readonly staying: number;
  /** Rules of ours, as text, that pods of others there are about. */
  readonly beside: readonly string[];
  /** Pods there that keep ours away, all or those of some workloads, and from where: the key of a label. */
  readonly repelling: readonly {
    readonly pod: string;
    readonly key: string;
    readonly of?: readonly string[] | undefined;
  }[];
}

/** Whether room of nodes that was not seen counts as free, or as taken. */
export type Doubt = 'free' | 'taken';

const none: Room = { cpu: 0, memory: 0, pods: 0, 'ephemeral-storage': 0 };

/**
 * The nodes as our pods find them.
 * @param own whether the live pods go first (gone) or while the others come (there)
 */
export function placesOf(
  { seen, neighbours = [] }: Nodes,
  own: 'gone' | 'there',
  doubt: Doubt,
): readonly Place[] {
  return seen.map(({ free, ownRoom, ownPods, allocatable, repelling = [], ...node }) => {
    const known = free ?? (doubt === 'free' ? allocatable : none);
    const back = own === 'gone' && free ? (ownRoom ?? none) : none;
    return {
      ...node,
      room: {
        cpu: known.cpu + back.cpu,
        memory: known.memory + back.memory,
        pods: known.pods + back.pods,
        'ephemeral-storage': sum(known, back),
      },
      staying: own === 'there' ? ownPods.length : 0,
      beside: neighbours.filter(({ nodes }) => nodes.includes(node.name)).map(({ rule }) => rule),
      repelling,
    };
  });
}

const sum = (one: Room, other: Room) =>
  one['ephemeral-storage'] === undefined
    ? undefined
    : one['ephemeral-storage'] + (other['ephemeral-storage'] ?? 0);
