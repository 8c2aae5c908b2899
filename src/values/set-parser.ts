import { SetScanner } from './set-scanner.ts';
import { isList, isTree, type Node, type Path, type Tree } from './tree.ts';

/** Why an expression cannot be read, for people; it names keys, never values. */
export class SetProblem extends Error {
  readonly next: string | undefined;

  constructor(message: string, next?: string) {
    super(message);
    this.name = 'SetProblem';
    this.next = next;
  }
}

/** How the values of an expression are read. */
export type ValueReader =
  | { readonly kind: 'text'; readonly read: (text: string) => Node }
  | { readonly kind: 'json' };

/** One assignment: the path up to the first list on it, and whether it put a map there. */
interface Assignment {
  readonly path: Path;
  readonly map: boolean;
}

export interface ParsedSet {
  /** The values after all assignments. */
  readonly values: Tree;
  readonly assignments: readonly Assignment[];
}

/** Limits of helm's parser (pkg/strvals/parser.go). */
const maximumIndex = 65536;
const maximumLevel = 30;

type MutableNode = Exclude<Node, object> | MutableNode[] | MutableMap;
/** Without a prototype, so that every key is data. */
interface MutableMap {
  [key: string]: MutableNode;
}

/**
 * Reads `a.b[0]=x,c=y` and sets it into a copy of `base`, with all of helm's habits (3.12 to 4.1,
 * pkg/strvals/parser.go): an assignment reads what was there before it, the end of the expression
 * right after a key or an index is accepted, an empty key sets nothing.
 *
 * @throws SetProblem where helm refuses the expression
 */
export function parseSetInto(base: Tree, expression: string, reader: ValueReader): ParsedSet {
  const scanner = new SetScanner(expression);
  const root = thaw(base) as MutableMap;
  const assignments: Assignment[] = [];
  while (!parseKey(root, [], 0)) {
    // The next assignment.
  }
  return { values: freeze(root) as Tree, assignments };

  /** @returns whether the expression ended */
  function parseKey(map: MutableMap, path: Path | undefined, level: number): boolean {
    const { text: key, stop } = scanner.takeUntil('=[,.');
    const here = path && [...path, key];
    if (stop === undefined) {
      if (key === '') return true;
      throw new SetProblem(`The key "${key}" has no value.`, `Write ${key}=VALUE.`);
    }
    if (stop === ',') throw new SetProblem(`The key "${key}" has no value before the comma.`);
    if (stop === '[') {
      const index = parseIndex();
      const existing = map[key] === undefined ? [] : map[key];
      if (!Array.isArray(existing)) throw new SetProblem(`"${key}" is not a list.`);
      const { list, ended } = parseItem(existing, index, level);
      assign(map, key, list, here);
      return ended;
    }
    if (stop === '=') {
      const { value, ended } = parseValue();
      assign(map, key, value, here);
      return ended;
    }
    if (level + 1 > maximumLevel) {
      throw new SetProblem(`More than ${maximumLevel} keys are nested.`);
    }
    const inner = map[key] === undefined ? emptyMap() : map[key];
    if (!isTree(inner)) throw new SetProblem(`"${key}" is not a map.`);
    const ended = parseKey(inner as MutableMap, here, level + 1);
    const empty = Object.keys(inner).length === 0;
    if (empty && !ended) throw new SetProblem(`The map "${key}" has no value.`);
    if (!empty && key !== '') map[key] = inner as MutableMap;
    return ended;
  }

  /** What follows `[index]`. Where the expression ends early, the list may stay as it was. */
  function parseItem(
    list: MutableNode[],
    index: number,
    level: number,
  ): { list: MutableNode[]; ended: boolean } {
    if (index < 0) throw new SetProblem('An index is negative.');
    const { text, stop } = scanner.takeUntil('[.=');
    if (text !== '') throw new SetProblem(`There is "${text}" after an index.`);
    if (stop === undefined) return { list, ended: true };
    if (stop === '=') return { list: putItem(list, index, parseValue().value), ended: false };
    const existing = list[index];
    if (stop === '[') {
      const nextIndex = parseIndex();
      const inner = existing ?? [];
      if (!Array.isArray(inner)) throw new SetProblem(`Item ${index} is not a list.`);
      const parsed = parseItem(inner, nextIndex, level);
      if (parsed.ended) return { list, ended: true };
      return { list: putItem(list, index, parsed.list), ended: false };
    }
    const inner = isTree(existing) ? (existing as MutableMap) : emptyMap();
    if (index < list.length) list[index] = inner;
    // Assignments inside a list belong to the list.
    if (parseKey(inner, undefined, level)) return { list, ended: true };
    return { list: putItem(list, index, inner), ended: false };
  }

  function parseIndex(): number {
    const { text, stop } = scanner.takeUntil(']');
    if (stop === undefined) throw new SetProblem('A bracket is not closed.', 'Add "]".');
    if (!/^[-+]?\d+$/.test(text) || BigInt(text.replace('+', '')) >= 2n ** 63n) {
      throw new SetProblem(`"${text}" is not an index.`, 'Write a number between the brackets.');
    }
    return Number(text);
  }

  function parseValue(): { value: MutableNode; ended: boolean } {
    if (reader.kind === 'json') return { value: parseJson(), ended: false };
    const first = scanner.peek();
    if (first === undefined) return { value: '', ended: true };
    if (first !== '{') return { value: readText(scanner.takeUntil(',').text), ended: false };
    scanner.skip();
    return { value: parseList(), ended: false };
  }

  function parseList(): MutableNode[] {
    const list: MutableNode[] = [];
    for (;;) {
      const { text, stop } = scanner.takeUntil(',}');
      if (stop === undefined) throw new SetProblem('A list is not closed.', 'Add "}".');
      list.push(readText(text));
      if (stop === ',') continue;
      if (scanner.peek() === ',') scanner.skip();
      return list;
    }
  }

  function readText(text: string): MutableNode {
    return reader.kind === 'text' ? thaw(reader.read(text)) : text;
  }

  function parseJson(): MutableNode {
    if (scanner.skipToNext()) return null;
    const text = scanner.takeJson();
    const value = text === undefined ? undefined : parseJsonText(text);
    if (value === undefined) throw new SetProblem('What follows "=" is not JSON.');
    scanner.skipToNext();
    return thaw(value);
  }

  function assign(map: MutableMap, key: string, value: MutableNode, path: Path | undefined): void {
    if (key === '') return;
    map[key] = value;
    if (path !== undefined) assignments.push({ path, map: isTree(value) });
  }
}

/**
 * Reads JSON as Go does: numbers that a float cannot hold are refused, half surrogate pairs
 * replaced.
 *
 * @returns undefined where the text is not JSON
 */
export function parseJsonText(text: string): Node | undefined {
  let infinite = false;
  try {
    const value = JSON.parse(text, (_, node: unknown) => {
      infinite ||= typeof node === 'number' && !Number.isFinite(node);
      return typeof node === 'string' ? Buffer.from(node).toString() : node;
    }) as Node;
    return infinite ? undefined : value;
  } catch {
    return undefined;
  }
}

/** A longer list is a new one, as in Go: whoever holds the old one does not see the item. */
function putItem(list: MutableNode[], index: number, value: MutableNode): MutableNode[] {
  if (index > maximumIndex) throw new SetProblem(`The index ${index} is above ${maximumIndex}.`);
  if (index < list.length) {
    list[index] = value;
    return list;
  }
  const longer = [...list];
  while (longer.length < index) longer.push(null);
  longer.push(value);
  return longer;
}

function emptyMap(): MutableMap {
  return Object.create(null) as MutableMap;
}

function thaw(node: Node): MutableNode {
  if (isList(node)) return node.map(thaw);
  if (!isTree(node)) return node;
  return Object.assign(
    emptyMap(),
    Object.fromEntries(Object.entries(node).map(([key, item]) => [key, thaw(item)])),
  );
}

function freeze(node: MutableNode): Node {
  if (Array.isArray(node)) return node.map(freeze);
  if (!isTree(node)) return node;
  return Object.fromEntries(
    Object.entries(node as MutableMap).map(([key, item]) => [key, freeze(item)]),
  );
}
