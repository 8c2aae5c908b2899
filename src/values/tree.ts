/** Plain data as YAML and JSON know it: what helm calls values. */
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

/** The node at a path, or undefined where the path leads nowhere. */
export function getNode(root: Node | undefined, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (Array.isArray(node) && typeof step === 'number') node = node[step];
    else if (isTree(node) && typeof step === 'string' && Object.hasOwn(node, step))
      node = node[step];
    else return undefined;
  }
  return node;
}
