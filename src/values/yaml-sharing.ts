import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  visit,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import { isMergeKey } from './read-tree.ts';
import type { Path } from './tree.ts';

/** The pair of a map whose key helm reads as `key`; the last one, as helm does. */
export function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast(
    (pair) => isScalar(pair.key) && !isMergeKey(pair.key) && String(pair.key.value) === key,
  );
}

/** Writes out what `<<` merges into the maps along a path, in the order in which it takes effect. */
export function expandMerges(document: Document, path: Path): void {
  let node: unknown = document.contents;
  for (const step of path) {
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isMap(target)) {
      if (target.items.some(({ key }) => isMergeKey(key))) {
        const pairs = mergedPairs(document, target as YAMLMap);
        // Through an alias the target is shared: expandAliases copies it afterwards.
        target.items = [...pairs.values()] as never;
      }
      node = findPair(target as YAMLMap, String(step))?.value;
    } else if (isSeq(target)) node = target.items[Number(step)];
    else return;
  }
}

/** The pairs of a map by key; those of `<<` are copies without anchors. */
function mergedPairs(document: Document, map: YAMLMap): Map<string, Pair> {
  const result = new Map<string, Pair>();
  for (const pair of map.items) {
    if (!isMergeKey(pair.key)) result.set(keyText(document, pair), pair);
    else {
      for (const merged of mergeSources(document, pair.value)) {
        for (const [key, source] of mergedPairs(document, merged)) {
          result.set(key, copyPair(document, source));
        }
      }
    }
  }
  return result;
}

function mergeSources(document: Document, node: unknown): YAMLMap[] {
  if (isAlias(node)) return mergeSources(document, node.resolve(document));
  if (isMap(node)) return [node as YAMLMap];
  if (isSeq(node)) return [...node.items].reverse().flatMap((item) => mergeSources(document, item));
  return [];
}

function keyText(document: Document, pair: Pair): string {
  const key = isAlias(pair.key) ? pair.key.resolve(document) : pair.key;
  return isScalar(key) ? String(key.value) : '';
}

/**
 * Puts copies in the place of aliases, as far as a change at `path` would reach through them: the
 * aliases on the way, and those elsewhere that mean a node on the way or below its end.
 */
export function expandAliases(document: Document, path: Path): void {
  let node: unknown = document.contents;
  const way: unknown[] = [node];
  for (const step of path) {
    if (!isCollection(node)) return;
    const pair = isMap(node) ? findPair(node as YAMLMap, String(step)) : undefined;
    let child: unknown =
      pair === undefined ? (isSeq(node) ? node.items[Number(step)] : undefined) : pair.value;
    if (isAlias(child)) {
      child = copyTarget(document, child);
      if (pair !== undefined) pair.value = child;
      else if (isSeq(node)) node.items[Number(step)] = child;
    }
    node = child;
    way.push(node);
  }
  const touched = new Set(way.filter(hasAnchor));
  if (isCollection(node)) {
    visit(node, { Node: (_, below) => void (hasAnchor(below) && touched.add(below)) });
  }
  if (touched.size === 0) return;
  visit(document, {
    Alias: (_, alias) => {
      const target = alias.resolve(document);
      return target !== undefined && touched.has(target) ? copyTarget(document, alias) : undefined;
    },
  });
  for (const anchored of touched) delete (anchored as { anchor?: string }).anchor;
}

function hasAnchor(node: unknown): boolean {
  return isNode(node) && !isAlias(node) && (node as { anchor?: string }).anchor !== undefined;
}

function copyTarget(document: Document, alias: Alias): YamlNode {
  const target = alias.resolve(document);
  if (target === undefined) return alias;
  const copy = copyWithout(document, target) as YamlNode;
  if (alias.comment) copy.comment = alias.comment;
  if (alias.commentBefore) copy.commentBefore = alias.commentBefore;
  return copy;
}

/** A copy without anchors and aliases: an alias may mean something else where the copy stands. */
function copyWithout(document: Document, node: unknown): unknown {
  if (isAlias(node)) return copyTarget(document, node);
  if (!isNode(node)) return node;
  const copy = node.clone() as YamlNode & { anchor?: string };
  delete copy.anchor;
  if (isMap(node) && isMap(copy)) {
    copy.items = node.items.map((pair) => copyPair(document, pair as Pair)) as never;
  } else if (isSeq(node) && isSeq(copy)) {
    copy.items = node.items.map((item) => copyWithout(document, item)) as never;
  }
  return copy;
}

function copyPair(document: Document, pair: Pair): Pair {
  const copy = pair.clone();
  copy.key = copyWithout(document, pair.key);
  copy.value = copyWithout(document, pair.value);
  return copy;
}
