import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  YAMLMap,
  YAMLSeq,
  type Node as YamlNode,
} from 'yaml';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type DocumentStyle, defaultStyle } from './document-style.ts';
import { changeScalar, helmSchema, helmStyle, toYamlNode } from './helm-yaml.ts';
import { printPath } from './path.ts';
import { readTree } from './read-tree.ts';
import { getNode, isTree, type Node, type Path, type Tree } from './tree.ts';
import { expandAliases, expandMerges, findPair } from './yaml-sharing.ts';

/**
 * A values document with its comments, the order of its keys and the keys that nobody here knows.
 * Made by `parseDocument`, or `ValuesDocument.empty`.
 */
export class ValuesDocument {
  /** What it is called in messages: a file's path. */
  readonly name: string;
  readonly #document: Document;
  readonly #style: DocumentStyle;
  #values: Tree | undefined;

  /** @param values what `document` says, where that is known already */
  constructor(name: string, document: Document, style: DocumentStyle, values?: Tree) {
    this.name = name;
    this.#document = document;
    this.#style = style;
    this.#values = values;
  }

  /** A document that says nothing. */
  static empty(name: string): ValuesDocument {
    return new ValuesDocument(name, new Document(null, helmSchema), defaultStyle, {});
  }

  /** A document that says this and no more. */
  static of(name: string, values: Tree): ValuesDocument {
    const document = new Document(null, helmSchema);
    document.contents = toYamlNode(values) as never;
    return new ValuesDocument(name, document, defaultStyle, values);
  }

  /** What the document says, as helm reads it. */
  toTree(): Tree {
    this.#values ??= readTree(
      this.#document as Document.Parsed,
      new LineCounter(),
      this.name,
    ).values;
    return this.#values;
  }

  /** The value at a path, or undefined. */
  get(path: Path): Node | undefined {
    return getNode(this.toTree(), path);
  }

  clone(): ValuesDocument {
    return new ValuesDocument(this.name, this.#document.clone(), this.#style, this.#values);
  }

  /**
   * Sets a value. Comments and order stay; maps and lists on the way are made where nothing or
   * null stands; what is shared through an alias is copied first, so that nothing else changes.
   *
   * @param path not empty
   * @throws DeployError (usage) where the path goes through a scalar, or through a list as if it
   * were a map
   */
  set(path: Path, value: Node): void {
    this.#checkWay(path);
    this.#unshare(path);
    const last = path.at(-1);
    const parent = path
      .slice(0, -1)
      .reduce<YAMLMap | YAMLSeq>(
        (collection, step, index) => descend(collection, step, path[index + 1]),
        this.#root(),
      );
    if (last !== undefined) put(parent, last, value);
    this.#values = undefined;
  }

  /** Takes a value out, with the comments that belong to it; nothing happens where there is none. */
  delete(path: Path): void {
    const last = path.at(-1);
    if (last === undefined || this.get(path) === undefined) return;
    this.#unshare(path);
    const parent = path
      .slice(0, -1)
      .reduce<YAMLMap | YAMLSeq>(
        (collection, step) => descend(collection, step, undefined),
        this.#root(),
      );
    if (isMap(parent)) {
      const pair = findPair(parent, String(last));
      parent.items = parent.items.filter((item) => item !== pair);
    } else parent.items.splice(Number(last), 1);
    this.#values = undefined;
  }

  /** The comment at the top, a `#` left out of each line; undefined where there is none. */
  get header(): string | undefined {
    return this.#document.commentBefore ?? undefined;
  }

  set header(comment: string | undefined) {
    this.#document.commentBefore = comment ?? null;
  }

  /** Changes the text of every comment. */
  mapComments(change: (comment: string) => string): void {
    const visitNode = (node: { comment?: string | null; commentBefore?: string | null }) => {
      if (node.comment) node.comment = change(node.comment);
      if (node.commentBefore) node.commentBefore = change(node.commentBefore);
    };
    visitNode(this.#document);
    visitAll(this.#document.contents, visitNode);
  }

  /** The document as text; helm reads it as `toTree` gives it. */
  toString(): string {
    if (this.#document.contents === null) this.#root();
    const { lineBreak, ...style } = this.#style;
    const text = this.#document.toString({ ...helmStyle, ...style });
    return lineBreak === '\n' ? text : text.replaceAll('\n', lineBreak);
  }

  #root(): YAMLMap {
    const { contents } = this.#document;
    if (isMap(contents)) return contents as YAMLMap;
    const root = new YAMLMap();
    this.#document.contents = root as never;
    return root;
  }

  #checkWay(path: Path): void {
    path.forEach((step, index) => {
      const above = path.slice(0, index);
      const node = this.get(above);
      const fits =
        node === undefined ||
        node === null ||
        (typeof step === 'number' ? Array.isArray(node) : isTree(node));
      if (fits) return;
      const what = Array.isArray(node) ? 'a list' : isTree(node) ? 'a map' : 'a single value';
      throw new DeployError(exitCodes.usage, {
        message: `${printPath(path)} cannot be set: ${printPath(above)} is ${what} in ${this.name}.`,
        next: `Remove ${printPath(above)} from ${this.name}, or make it ${typeof step === 'number' ? 'a list' : 'a map'}.`,
        where: printPath(above),
      });
    });
  }

  /** Copies whatever the path shares with other places, so that only this place is changed. */
  #unshare(path: Path): void {
    expandMerges(this.#document, path);
    expandAliases(this.#document, path);
  }
}

/** The collection under `step`; made, or put in the place of null, for what `next` asks for. */
function descend(
  collection: YAMLMap | YAMLSeq,
  step: string | number,
  next: string | number | undefined,
): YAMLMap | YAMLSeq {
  const child = childOf(collection, step);
  if (isMap(child) || isSeq(child)) return child as YAMLMap | YAMLSeq;
  const made = typeof next === 'number' ? new YAMLSeq() : new YAMLMap();
  keepComments(child, made);
  place(collection, step, made);
  return made;
}

function put(collection: YAMLMap | YAMLSeq, step: string | number, value: Node): void {
  const child = childOf(collection, step);
  if (isScalar(child) && (typeof value !== 'object' || value === null)) {
    changeScalar(child, value);
    return;
  }
  const made = toYamlNode(value);
  keepComments(child, made);
  place(collection, step, made);
}

function childOf(collection: YAMLMap | YAMLSeq, step: string | number): unknown {
  return isMap(collection)
    ? findPair(collection, String(step))?.value
    : collection.items[Number(step)];
}

function place(collection: YAMLMap | YAMLSeq, step: string | number, node: YamlNode): void {
  // An empty collection is written as {} or []; what is put into it need not stand on one line.
  if (collection.items.length === 0) collection.flow = false;
  if (isMap(collection)) {
    const pair = findPair(collection, String(step));
    if (pair === undefined) collection.add({ key: toYamlNode(String(step)), value: node } as never);
    else pair.value = node;
    return;
  }
  while (collection.items.length < Number(step)) collection.items.push(toYamlNode(null));
  collection.items[Number(step)] = node;
}

function keepComments(from: unknown, to: YamlNode): void {
  if (!isScalar(from) && !isMap(from) && !isSeq(from)) return;
  if (from.commentBefore) to.commentBefore = from.commentBefore;
  if (from.comment && isScalar(from) && isScalar(to)) to.comment = from.comment;
  else if (from.comment && isScalar(from)) to.commentBefore = from.comment;
  if (from.spaceBefore) to.spaceBefore = true;
}

function visitAll(node: unknown, change: (node: YamlNode) => void): void {
  if (isAlias(node) || isScalar(node)) change(node);
  if (isMap(node)) {
    change(node);
    for (const { key, value } of node.items) {
      visitAll(key, change);
      visitAll(value, change);
    }
  }
  if (isSeq(node)) {
    change(node);
    for (const item of node.items) visitAll(item, change);
  }
}
