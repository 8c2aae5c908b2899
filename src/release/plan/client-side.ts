import { isList, isTree, type Node, type Tree } from '../../values/tree.ts';

/**
 * Takes what the release's former manifest had and the new one has no more out of an object, as
 * the three-way merge of helm 3 does. A server-side apply over fields that helm 3 wrote leaves
 * them, since they belong to another kind of manager.
 */
export function dropRemoved(stored: Tree, former: Tree, wanted: Tree): Tree {
  return Object.fromEntries(
    Object.entries(stored).flatMap(([key, node]): [string, Node][] => {
      if (!Object.hasOwn(former, key)) return [[key, node]];
      if (!Object.hasOwn(wanted, key)) return [];
      return [[key, dropFrom(node, former[key] as Node, wanted[key] as Node)]];
    }),
  );
}

function dropFrom(stored: Node, former: Node, wanted: Node): Node {
  if (isTree(stored) && isTree(former) && isTree(wanted))
    return dropRemoved(stored, former, wanted);
  if (!isList(stored) || !isList(former) || !isList(wanted)) return stored;
  const [was, is] = [former, wanted].map((list) => new Map(list.map((one) => [nameOf(one), one])));
  return stored.flatMap((item): Node[] => {
    const name = nameOf(item);
    const [old, now] = [was?.get(name), is?.get(name)];
    if (name === undefined || old === undefined) return [item];
    return now === undefined ? [] : [dropFrom(item, old, now)];
  });
}

function nameOf(node: Node): string | undefined {
  return isTree(node) && typeof node.name === 'string' ? node.name : undefined;
}
