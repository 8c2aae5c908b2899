import type { ValuesDocument } from './document.ts';
import { maskUrl } from './mask.ts';
import { areEqual, isList, isTree, type Node, type Path, type Tree } from './tree.ts';

/**
 * A copy of a document with the difference to the wanted values set into it: what does not differ
 * stays as it was written, with its comments and its order. Passwords of URLs in comments are
 * masked, since the wanted values hold none either.
 */
export function withDifference(document: ValuesDocument, wanted: Tree): ValuesDocument {
  const copy = document.clone();
  editMap(copy, [], document.toTree(), wanted);
  copy.mapComments(maskUrl);
  return copy;
}

function edit(document: ValuesDocument, path: Path, before: Node | undefined, wanted: Node): void {
  if (areEqual(before, wanted)) return;
  if (isTree(before) && isTree(wanted)) editMap(document, path, before, wanted);
  else if (isList(before) && isList(wanted)) editList(document, path, before, wanted);
  else document.set(path, wanted);
}

function editMap(document: ValuesDocument, path: Path, before: Tree, wanted: Tree): void {
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(wanted, key)) document.delete([...path, key]);
  }
  for (const [key, value] of Object.entries(wanted)) {
    edit(document, [...path, key], Object.hasOwn(before, key) ? before[key] : undefined, value);
  }
}

/** Items that stay are found from the front; the rest is edited in its place, or goes. */
function editList(
  document: ValuesDocument,
  path: Path,
  before: readonly Node[],
  wanted: readonly Node[],
): void {
  const kept = withoutGone(before, wanted);
  for (let index = before.length - 1; index >= 0; index -= 1) {
    if (!kept.includes(index)) document.delete([...path, index]);
  }
  wanted.forEach((value, index) => {
    const original = kept[index];
    edit(document, [...path, index], original === undefined ? undefined : before[original], value);
  });
}

/**
 * Which items of a list stay, by index, at most as many as are wanted: where the list gets
 * shorter, those go that are wanted no more, the last ones first where that does not decide.
 */
function withoutGone(before: readonly Node[], wanted: readonly Node[]): readonly number[] {
  const indexes = before.map((_, index) => index);
  let surplus = before.length - wanted.length;
  const kept = indexes.filter((index) => {
    const isWanted = wanted.some((value) => areEqual(value, before[index]));
    if (isWanted || surplus <= 0) return true;
    surplus -= 1;
    return false;
  });
  return kept.slice(0, wanted.length);
}
