import { diffTrees } from './diff.ts';
import type { ValuesDocument } from './document.ts';
import type { Tree } from './tree.ts';

/**
 * A copy of a document with the difference to the wanted values set into it: what does not differ
 * stays as it was written, with its comments and its order.
 */
export function withDifference(document: ValuesDocument, wanted: Tree): ValuesDocument {
  const copy = document.clone();
  for (const change of diffTrees(document.toTree(), wanted)) {
    if (change.kind === 'removed') copy.delete(change.path);
    else copy.set(change.path, change.after);
  }
  return copy;
}
