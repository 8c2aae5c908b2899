import type { FactValue } from '../../cluster/facts/facts.ts';
import type { Taint } from '../../cluster/facts/node-rules.ts';

type NodeFact = FactValue<'nodes'>['seen'][number];
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
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
}

/** Whether room of nodes that was not seen counts as free, or as taken. */
export type Doubt = 'free' | 'taken';

const none: Room = { cpu: 0, memory: 0, pods: 0 };

/**
 * The nodes as our pods find them.
 * @param own whether the live pods go first (gone) or while the others come (there)
 */
export function placesOf(
  nodes: readonly NodeFact[],
  own: 'gone' | 'there',
  doubt: Doubt,
): readonly Place[] {
  return nodes.map(({ free, ownRoom, ownPods, allocatable, ...node }) => {
    const known = free ?? (doubt === 'free' ? allocatable : none);
    const back = own === 'gone' && free ? (ownRoom ?? none) : none;
    return {
      ...node,
      room: {
        cpu: known.cpu + back.cpu,
        memory: known.memory + back.memory,
        pods: known.pods + back.pods,
      },
      staying: own === 'there' ? ownPods.length : 0,
    };
  });
}
