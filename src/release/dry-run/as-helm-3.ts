import { isTree, type Node, type Tree } from '../../values/tree.ts';

/**
 * A merge patch (RFC 7386) that makes of a live object what helm 3's three-way merge makes of it, as
 * far as the API server's judgement goes: what the former manifest had and the new one has not goes.
 * Lists are sent whole, since a merge patch replaces them; what others added to one is not judged.
 * @param former the object in the live release's manifest
 */
export function mergePatchOf(former: Tree, wanted: Tree): Tree {
  const gone = Object.keys(former).filter((key) => !Object.hasOwn(wanted, key));
  return Object.fromEntries([
    ...gone.map((key): [string, Node] => [key, null]),
    ...Object.entries(wanted).map(([key, node]): [string, Node] => {
      const before = former[key];
      return [key, isTree(node) && isTree(before) ? mergePatchOf(before, node) : node];
    }),
  ]);
}
