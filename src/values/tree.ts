/** Plain data as YAML and JSON know it: what helm calls values. Never changed in place. */
export type Scalar = string | number | boolean | null;
export type Node = Scalar | readonly Node[] | Tree;
export interface Tree {
  readonly [key: string]: Node;
}

/** Steps from the root: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** Whether a node is a map. */
export function isTree(node: unknown): node is Tree {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** Whether a node is a list. */
export function isList(node: unknown): node is readonly Node[] {
  return Array.isArray(node);
}

/** The node right under `node`, or undefined where there is none. */
export function getChild(node: Node | undefined, step: string | number): Node | undefined {
  if (isList(node)) return typeof step === 'number' ? node[step] : undefined;
  if (isTree(node) && typeof step === 'string' && Object.hasOwn(node, step)) return node[step];
  return undefined;
}

/** The node at a path, or undefined where the path leads nowhere. */
export function getNode(root: Node | undefined, path: Path): Node | undefined {
  return path.reduce<Node | undefined>(getChild, root);
}

/** Whether something stands at a path; null counts. */
export function hasNode(root: Node | undefined, path: Path): boolean {
  return getNode(root, path) !== undefined;
}

/**
 * A copy of `root` with `value` at `path`; maps and lists on the way are made where nothing or
 * null stands, and gaps in a list are filled with null.
 *
 * @throws Error where the path goes through a scalar, or through a map or list of the other kind
 */
export function setNode(root: Tree, path: Path, value: Node): Tree {
  if (path.length === 0) {
    if (!isTree(value)) throw new Error('the root of values must be a map');
    return value;
  }
  return setBelow(root, path, value) as Tree;
}

function setBelow(node: Node | undefined, path: Path, value: Node): Node {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const child = setBelow(getChild(node, step), rest, value);
  if (typeof step === 'number') {
    const list = node ?? [];
    if (!isList(list)) throw new Error(`index ${step} of something that is not a list`);
    const filled: Node[] = [...list];
    while (filled.length < step) filled.push(null);
    filled[step] = child;
    return filled;
  }
  const map = node ?? {};
  if (!isTree(map)) throw new Error(`key ${JSON.stringify(step)} of something that is not a map`);
  return { ...map, [step]: child };
}

/** A copy of `root` without what stands at `path`; later items of a list move up. */
export function deleteNode(root: Tree, path: Path): Tree {
  return path.length > 0 && hasNode(root, path) ? (deleteBelow(root, path) as Tree) : root;
}

function deleteBelow(node: Node, path: Path): Node {
  const [step, ...rest] = path;
  const child = step === undefined ? undefined : getChild(node, step);
  if (step === undefined || child === undefined) return node;
  const kept = rest.length === 0 ? undefined : deleteBelow(child, rest);
  if (isList(node)) {
    return node.flatMap((item, index) =>
      index !== step ? [item] : kept === undefined ? [] : kept,
    );
  }
  return Object.fromEntries(
    Object.entries(node as Tree).flatMap(([key, item]): [string, Node][] =>
      key !== step ? [[key, item]] : kept === undefined ? [] : [[key, kept]],
    ),
  );
}

/** Whether two nodes say the same; the order of a map's keys does not matter. */
export function areEqual(a: Node | undefined, b: Node | undefined): boolean {
  // Nothing is changed in place: most of two trees is one and the same.
  if (a === b) return true;
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, i) => areEqual(item, b[i]));
  }
  if (isTree(a)) {
    if (!isTree(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && areEqual(a[key], b[key]))
    );
  }
  return false;
}

/** Every scalar, empty map and empty list with its path, in order. */
export function* leaves(node: Node, path: Path = []): Generator<{ path: Path; node: Node }> {
  const children: [string | number, Node][] = isList(node)
    ? node.map((item, index) => [index, item])
    : isTree(node)
      ? Object.entries(node)
      : [];
  if (children.length === 0) yield { path, node };
  for (const [step, child] of children) yield* leaves(child, [...path, step]);
}

/** A copy of maps within maps without the keys that are null; lists stay as they are. */
export function withoutNulls(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([, node]) => node !== null)
      .map(([key, node]) => [key, isTree(node) ? withoutNulls(node) : node]),
  );
}

/** Sets a key of a map that is being made, as data even where it is named `__proto__`. */
export function setKey(map: Record<string, Node>, key: string, value: Node): void {
  if (key !== '__proto__') map[key] = value;
  else
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
