import { maskNode } from './mask.ts';
import { printPath } from './path.ts';
import { areEqual, isTree, type Node, type Path, type Tree } from './tree.ts';

/** One value that differs between two trees. */
export type Change =
  | { readonly kind: 'added'; readonly path: Path; readonly after: Node }
  | { readonly kind: 'removed'; readonly path: Path; readonly before: Node }
  | { readonly kind: 'changed'; readonly path: Path; readonly before: Node; readonly after: Node };

/** What differs, leaf by leaf; lists are compared as a whole, as helm replaces them as a whole. */
export function diffTrees(before: Tree, after: Tree, at: Path = []): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): Change[] => {
    const path = [...at, key];
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    const now = Object.hasOwn(after, key) ? after[key] : undefined;
    if (old === now) return [];
    if (isTree(old) && isTree(now)) return diffTrees(old, now, path);
    if (old === undefined) return now === undefined ? [] : addedOrRemoved('added', path, now);
    if (now === undefined) return addedOrRemoved('removed', path, old);
    return areEqual(old, now) ? [] : [{ kind: 'changed', path, before: old, after: now }];
  });
}

/** A map that comes or goes is shown by what is in it. */
function addedOrRemoved(kind: 'added' | 'removed', path: Path, node: Node): Change[] {
  if (isTree(node) && Object.keys(node).length > 0)
    return Object.entries(node).flatMap(([key, child]) =>
      addedOrRemoved(kind, [...path, key], child),
    );
  return kind === 'added' ? [{ kind, path, after: node }] : [{ kind, path, before: node }];
}

/** Changes as lines (`~ replicaCount: 3 → 5`); what may be secret is masked. */
export function formatChanges(changes: readonly Change[]): string[] {
  return changes.map(describeChange);
}

function describeChange(change: Change): string {
  const name = printPath(change.path);
  switch (change.kind) {
    case 'added':
      return `+ ${name}: ${showNode(change.after, change.path)}`;
    case 'removed':
      return `- ${name}: ${showNode(change.before, change.path)}`;
    case 'changed':
      return `~ ${name}: ${showNode(change.before, change.path)} -> ${showNode(change.after, change.path)}`;
  }
}

function showNode(node: Node, path: Path): string {
  return JSON.stringify(maskNode(node, String(path.at(-1) ?? '')));
}
