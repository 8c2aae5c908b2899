import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Pair,
  visit,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { Problem } from '../errors.ts';
import { isIntegerText, losesDigits } from './helm-scalars.ts';
import { isTree, type Node, type Tree } from './tree.ts';

/** What a document says, with everything that is wrong with it. */
export interface Reading {
  readonly values: Tree;
  readonly problems: readonly Problem[];
  /** What helm accepts but may read otherwise than it looks. */
  readonly warnings: readonly Problem[];
}

/** No values are nested deeper by hand, and what reads them after us calls itself for each level. */
const maximumDepth = 500;

/** More nodes than this come from aliases of aliases only. */
const maximumNodes = 400_000;

/** The explicit tags that are read, and what they must stand for. */
const knownTags: Readonly<Record<string, (value: unknown) => boolean>> = {
  'tag:yaml.org,2002:str': (value) => typeof value === 'string',
  'tag:yaml.org,2002:int': (value) => Number.isInteger(value),
  'tag:yaml.org,2002:float': (value) => typeof value === 'number',
  'tag:yaml.org,2002:bool': (value) => typeof value === 'boolean',
  'tag:yaml.org,2002:null': (value) => value === null,
  'tag:yaml.org,2002:map': isMap,
  'tag:yaml.org,2002:seq': isSeq,
};

/**
 * Reads the values out of a parsed document as helm does: merge keys take effect in their place,
 * keys become text, numbers 64-bit floats.
 *
 * @param name what the text is called in messages: a file's path
 */
export function readTree(document: Document.Parsed, lines: LineCounter, name: string): Reading {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const open = new Set<YamlNode>();
  const targets = findTargets(document);
  let count = 0;
  let depth = 0;

  const position = (node: unknown): string => {
    const offset = (node as YamlNode | null)?.range?.[0] ?? 0;
    const { line, col } = lines.linePos(offset);
    return `${name}, line ${line}, column ${col}`;
  };
  const refuse = (node: unknown, message: string, next: string): null => {
    problems.push({ message, next, where: position(node) });
    return null;
  };

  function read(node: unknown): Node {
    count += 1;
    if (count > maximumNodes) {
      if (count === maximumNodes + 1) {
        refuse(node, 'The aliases expand to too many values.', 'Write the values out.');
      }
      return null;
    }
    if (isAlias(node)) return readAlias(node, read);
    checkTag(node);
    if (isScalar(node)) return readScalar(node);
    if (depth >= maximumDepth)
      return refuse(node, 'It is nested too deeply.', 'Remove levels of maps or lists.');
    depth += 1;
    const result = isMap(node)
      ? Object.fromEntries(readMap(node))
      : isSeq(node)
        ? node.items.map(read)
        : null;
    depth -= 1;
    return result;
  }

  function readAlias<T>(
    node: YamlNode & { source: string },
    use: (target: unknown) => T,
  ): T | null {
    const target = targets.get(node);
    if (target === undefined) {
      return refuse(node, `There is no anchor &${node.source} before *${node.source}.`, 'Add it.');
    }
    if (open.has(target)) {
      return refuse(node, `The anchor &${node.source} contains itself.`, 'Write the value out.');
    }
    open.add(target);
    const result = use(target);
    open.delete(target);
    return result;
  }

  function checkTag(node: unknown): void {
    // `{a}` has no value at all.
    const tag = (node as (YamlNode & { tag?: string }) | null)?.tag;
    if (tag === undefined) return;
    const fits = knownTags[tag]?.(isScalar(node) ? node.value : node) ?? false;
    if (fits) return;
    const shown = tag.replace('tag:yaml.org,2002:', '!!');
    refuse(node, `The tag ${shown} cannot be read here.`, 'Leave the tag out, or quote the value.');
  }

  function readScalar(node: { value: unknown; source?: string; type?: string }): Node {
    const { value, source = '' } = node;
    if (hasEscapedSlash(node)) {
      return refuse(node, 'helm does not know the escape \\/ in double quotes.', 'Write / alone.');
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        return refuse(node, `helm cannot read the number ${source}.`, 'Quote it if it is text.');
      }
      if (losesDigits(source)) {
        warnings.push({
          message: `helm keeps the number ${source} as ${value}.`,
          why: 'It holds more digits than a 64-bit float.',
          next: 'Quote it if every digit matters.',
          where: position(node),
        });
      }
    }
    return value as Node;
  }

  function readMap(map: YAMLMap): Map<string, Node> {
    const result = new Map<string, Node>();
    const seen = new Map<string, unknown>();
    for (const pair of map.items) {
      const { key, value } = pair;
      if (isExplicit(pair)) {
        refuse(
          key,
          'A key with a question mark (?) cannot be read here.',
          'Write it as "key: value".',
        );
        continue;
      }
      if (isMergeKey(key)) {
        for (const [name, merged] of readMerge(value)) result.set(name, merged);
        continue;
      }
      const text = readKey(key);
      if (text === undefined) continue;
      if (seen.has(text)) {
        const first = lines.linePos((seen.get(text) as YamlNode).range?.[0] ?? 0).line;
        refuse(key, `The key "${text}" is repeated: it is already in line ${first}.`, 'Keep one.');
      }
      seen.set(text, key);
      result.set(text, read(value));
    }
    return result;
  }

  /** The key as text; helm turns numbers and booleans into it. */
  function readKey(key: unknown): string | undefined {
    if (isAlias(key)) return readAlias(key, readKey) ?? undefined;
    const value = isScalar(key) ? key.value : undefined;
    if (typeof value === 'string') {
      checkTag(key);
      return readScalar(key as { value: unknown }) as string;
    }
    const source = (isScalar(key) && key.source) || '';
    if (typeof value === 'boolean' || (Number.isSafeInteger(value) && isIntegerText(source))) {
      const text = String(value);
      if (text !== source) {
        warnings.push({
          message: `helm reads the key ${source} as "${text}".`,
          next: `Quote it if you mean the text: "${source}".`,
          where: position(key),
        });
      }
      return text;
    }
    const shown = isScalar(key) ? (value === null ? 'nothing' : source) : 'a map or a list';
    refuse(key, `A key cannot be ${shown}.`, 'Use text instead; quote it if necessary.');
    return undefined;
  }

  function readMerge(node: unknown): Map<string, Node> {
    if (isAlias(node)) return readAlias(node, readMerge) ?? new Map();
    if (isMap(node)) return readMap(node);
    if (isSeq(node)) {
      // The first of a list wins.
      return new Map([...node.items].reverse().flatMap((item) => [...readMerge(item)]));
    }
    refuse(node, 'Only a map, or a list of maps, can be merged with <<.', 'Merge a map.');
    return new Map();
  }

  const values = document.contents === null ? null : read(document.contents);
  if (values === null || isTree(values)) return { values: values ?? {}, problems, warnings };
  refuse(
    document.contents,
    `Values must be a map of keys, but this is ${Array.isArray(values) ? 'a list' : 'a single value'}.`,
    'Write "key: value" lines.',
  );
  return { values: {}, problems, warnings };
}

/**
 * What each alias means: the last node before it with its anchor. All at once, as the library's own
 * search goes through the whole document for each alias.
 */
function findTargets(document: Document.Parsed): ReadonlyMap<unknown, YamlNode> {
  const anchored = new Map<string, YamlNode>();
  const targets = new Map<unknown, YamlNode>();
  visit(document, {
    Node: (_, node) => {
      const target = isAlias(node) ? anchored.get(node.source) : undefined;
      if (target) targets.set(node, target);
      else if (!isAlias(node) && node.anchor) anchored.set(node.anchor, node);
    },
  });
  return targets;
}

/** Whether a pair is written with `? `: the parser leaves out what it does not understand there. */
function isExplicit(pair: Pair): boolean {
  const start = (pair as { srcToken?: CST.CollectionItem }).srcToken?.start;
  return start?.some(({ type }) => type === 'explicit-key-ind') ?? false;
}

/** JSON allows `\/`, and so does YAML 1.2, but go-yaml does not. */
function hasEscapedSlash(node: unknown): boolean {
  const token = (node as { srcToken?: CST.FlowScalar }).srcToken;
  return token?.type === 'double-quoted-scalar' && /(?<!\\)(?:\\\\)*\\\//.test(token.source);
}

/** Whether a key merges another map in: `<<`, not quoted. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined;
}
