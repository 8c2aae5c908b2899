import { deleteNode, type Node, setNode, type Tree } from '../values/tree.ts';
import type { Finding, ValueChange } from './types.ts';

/** A change of a value that mends a finding. */
export interface Fix extends ValueChange {
  readonly finding: Finding;
}

/**
 * The changes of values that mend what failed: of each failure the first remedy that has any. Of
 * two that want the same value changed, the first one's counts; the other check will tell again.
 */
export function fixesOf(findings: readonly Finding[]): readonly Fix[] {
  const fixes = new Map<string, Fix>();
  for (const finding of findings) {
    if (finding.status !== 'fail') continue;
    const changes = finding.remedies?.find((remedy) => remedy.changes)?.changes ?? [];
    for (const change of changes) {
      const key = JSON.stringify(change.path);
      if (!fixes.has(key)) fixes.set(key, { ...change, finding });
    }
  }
  return [...fixes.values()];
}

/** Values with the changes made; what is undefined is taken out. */
export function applyChanges(values: Tree, changes: readonly ValueChange[]): Tree {
  return changes.reduce(
    (tree, { path, value }) =>
      value === undefined ? deleteNode(tree, path) : setNode(tree, path, value as Node),
    values,
  );
}
