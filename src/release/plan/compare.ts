import { isSecretName, maskNode, secretMask } from '../../values/mask.ts';
import { areEqual, isList, isTree, type Node, type Tree } from '../../values/tree.ts';
import type { FieldChange } from './types.ts';

/** What the server and controllers write, and nobody plans. */
const serversOwn: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);
const serversAnnotations: ReadonlySet<string> = new Set([
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
]);

/** An object without its status and without what the server writes into its metadata. */
export function plannable(object: Tree): Tree {
  const { status: _, metadata, ...rest } = object;
  if (!isTree(metadata)) return rest;
  const annotations = isTree(metadata.annotations) ? metadata.annotations : {};
  const ours = without(annotations, serversAnnotations);
  const { annotations: _all, ...others } = without(metadata, serversOwn);
  const kept = Object.keys(ours).length > 0 ? { ...others, annotations: ours } : others;
  return { ...rest, metadata: kept };
}

function without(tree: Tree, keys: ReadonlySet<string>): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.has(key)));
}

/**
 * What differs between two states of an object, field by field; entries of a list are told apart
 * by the key that Kubernetes tells them by. Whatever may be secret is masked.
 */
export function compareObjects(before: Tree, after: Tree): FieldChange[] {
  const secret = after.kind === 'Secret';
  return compareTrees(plannable(before), plannable(after), '', secret);
}

function compareTrees(before: Tree, after: Tree, at: string, secret: boolean): FieldChange[] {
  const named = [before.name, after.name].some(
    (name) => typeof name === 'string' && isSecretName(name),
  );
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const hidden =
      (secret && (at !== '' || key === 'data' || key === 'stringData') && !isOpen(at, key)) ||
      (named && key === 'value') ||
      isSecretText(key, before[key], after[key]);
    return compareNodes(before[key], after[key], join(at, key), hidden);
  });
}

/** Of a Secret, only its data is secret. */
function isOpen(at: string, key: string): boolean {
  return at.startsWith('metadata') || key === 'metadata';
}

function isSecretText(key: string, ...nodes: readonly (Node | undefined)[]): boolean {
  return isSecretName(key) && nodes.some((node) => typeof node === 'string');
}

function compareNodes(
  before: Node | undefined,
  after: Node | undefined,
  path: string,
  secret: boolean,
): FieldChange[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined && areEqual(before, after)) return [];
  if (isTree(before) && isTree(after)) return compareTrees(before, after, path, secret);
  const identity = isList(before) && isList(after) ? identityOf([...before, ...after]) : undefined;
  if (identity && isList(before) && isList(after)) {
    const changes = compareLists(before, after, identity, path, secret);
    if (changes.length > 0) return changes;
    return [{ kind: 'changed', path, before: 'one order', after: 'another order' }];
  }
  const show = (node: Node) => (secret ? secretMask : maskNode(node, lastKey(path)));
  if (before === undefined) return [{ kind: 'added', path, after: show(after as Node) }];
  if (after === undefined) return [{ kind: 'removed', path, before: show(before) }];
  return [{ kind: 'changed', path, before: show(before), after: show(after) }];
}

/** Keys by which Kubernetes merges lists (patchMergeKey in its API types). */
const mergeKeys = ['name', 'containerPort', 'port', 'mountPath', 'topologyKey', 'type', 'ip'];

/** Whole objects in a list, such as claim templates, have their names in their metadata. */
const identities: readonly ((item: Tree) => Node | undefined)[] = [
  ...mergeKeys.map((key) => (item: Tree) => item[key]),
  ({ metadata }) => (isTree(metadata) ? metadata.name : undefined),
];

function identityOf(items: readonly Node[]): ((item: Node) => string) | undefined {
  const trees = items.filter(isTree);
  if (trees.length < items.length) return undefined;
  const read = identities.find((one) =>
    trees.every((item) => ['string', 'number'].includes(typeof one(item))),
  );
  return read && ((item) => String(read(item as Tree)));
}

function compareLists(
  before: readonly Node[],
  after: readonly Node[],
  identity: (item: Node) => string,
  path: string,
  secret: boolean,
): FieldChange[] {
  const [old, now] = [before, after].map(
    (list) => new Map(list.map((one) => [identity(one), one])),
  );
  // Two entries of one name cannot be told apart: the lists are compared as a whole.
  if (!old || !now || old.size < before.length || now.size < after.length)
    return [{ kind: 'changed', path, before: maskNode(before), after: maskNode(after) }];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    compareNodes(old.get(name), now.get(name), `${path}[${name}]`, secret),
  );
}

function join(at: string, key: string): string {
  const step = /^[\w-]+$/.test(key) ? key : `"${key}"`;
  return at === '' ? step : `${at}.${step}`;
}

function lastKey(path: string): string {
  return /([\w-]+)$/.exec(path)?.[1] ?? '';
}
