import { isTree, type Node, setKey, type Tree } from './tree.ts';

/**
 * Lays stronger values over weaker ones as helm does with several `-f` files: maps are merged,
 * lists and scalars replaced. `null` stays, so that it can delete a default later.
 */
export function mergeTrees(weaker: Tree, stronger: Tree): Tree {
  const merged: Record<string, Node> = { ...weaker };
  for (const [key, value] of Object.entries(stronger)) {
    const below = Object.hasOwn(weaker, key) ? weaker[key] : undefined;
    setKey(merged, key, isTree(value) && isTree(below) ? mergeTrees(below, value) : value);
  }
  return merged;
}

/**
 * Lays values over a chart's defaults as helm does before it renders. `null` over a default
 * deletes the key; `null` where the default has no such key stays null. Where the default itself
 * is null, below the top level, helm 3.17 deletes the key and helm 4.1 keeps the null
 * (pkg/chartutil/coalesce.go and pkg/chart/common/util/coalesce.go).
 *
 * @param helmMajor whose rule is followed where the two differ
 */
export function coalesce(defaults: Tree, values: Tree, helmMajor: 3 | 4 = 4): Tree {
  return coalesceMap(defaults, values, true, helmMajor);
}

function coalesceMap(defaults: Tree, values: Tree, top: boolean, helmMajor: 3 | 4): Tree {
  const given = Object.entries(values);
  if (given.length === 0) return defaults;
  const result: Record<string, Node> = {};
  for (const [key, value] of given) {
    const byDefault = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (value === null && byDefault !== undefined) {
      const kept = !top && byDefault === null && helmMajor === 4;
      if (!kept) continue;
    }
    const bothMaps = isTree(value) && isTree(byDefault);
    setKey(result, key, bothMaps ? coalesceMap(byDefault, value, false, helmMajor) : value);
  }
  for (const [key, byDefault] of Object.entries(defaults)) {
    if (!Object.hasOwn(values, key)) setKey(result, key, byDefault);
  }
  return result;
}
