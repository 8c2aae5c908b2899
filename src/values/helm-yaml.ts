import { Scalar, type ScalarTag, type Tags, YAMLMap, YAMLSeq } from 'yaml';
import { mapTag, seqTag, stringifyString } from 'yaml/util';
import {
  isNoNumber,
  isNullText,
  needsQuotes,
  readBoolean,
  readNumber,
  unreadableCharacter,
} from './helm-scalars.ts';
import { isList, isTree, type Node } from './tree.ts';

/** A test that is not a regular expression, where package yaml asks for one. */
class Predicate extends RegExp {
  readonly #holds: (text: string) => boolean;

  constructor(holds: (text: string) => boolean) {
    super('');
    this.#holds = holds;
  }

  override test(text: string): boolean {
    return this.#holds(text);
  }
}

/**
 * A kind of scalar that stands without quotes. What was read is written as it stood, so that
 * `0644` stays `0644`, until its value is changed.
 */
function plainTag<T extends boolean | number | null>(
  tag: string,
  identify: (value: unknown) => value is T,
  read: (text: string) => T | undefined,
  print: (value: T) => string,
): ScalarTag {
  return {
    tag: `tag:yaml.org,2002:${tag}`,
    default: true,
    identify,
    test: new Predicate((text) => read(text) !== undefined),
    resolve: (text) => read(text) ?? null,
    stringify: ({ source, value }) =>
      source !== undefined && read(source) === value ? source : print(value as T),
  };
}

const nullTag = plainTag(
  'null',
  (value): value is null => value === null || value === undefined,
  (text) => (isNullText(text) ? null : undefined),
  () => 'null',
);
const booleanTag = plainTag(
  'bool',
  (value): value is boolean => typeof value === 'boolean',
  readBoolean,
  String,
);
const numberTag = plainTag(
  'int',
  (value): value is number => typeof value === 'number',
  (text) => (isNoNumber(text) ? Number.NaN : readNumber(text)),
  (value) => JSON.stringify(value),
);

const textTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (text) => text,
  stringify(item, context, onComment, onChompKeep) {
    const text = String(item.value);
    // What was plain text when it was read still is; quoting it would only touch the user's lines.
    if (item.source === text && item.type === Scalar.PLAIN && !text.includes('\n')) {
      return stringifyString(item, context, onComment, onChompKeep);
    }
    if (unreadableCharacter.test(text)) return quote(text);
    const type = chooseStyle(text, item.type);
    return stringifyString({ ...item, value: text, type }, context, onComment, onChompKeep);
  },
};

/** Lines that stand in a block (`|`) as they are: the first not indented, none ends in blanks. */
const blockLines = /^[^\s](?:.*[^\s])?(?:\n+[ ]*[^\s](?:.*[^\s])?)*\n?$/;

/** The style in which helm reads a text as that text; the wanted one where it will do. */
function chooseStyle(text: string, wanted: Scalar.Type | undefined): Scalar.Type {
  if (text.includes('\n')) {
    if (!blockLines.test(text)) return Scalar.QUOTE_DOUBLE;
    return wanted === Scalar.QUOTE_DOUBLE || wanted === Scalar.BLOCK_FOLDED
      ? wanted
      : Scalar.BLOCK_LITERAL;
  }
  if (wanted === Scalar.QUOTE_SINGLE || wanted === Scalar.QUOTE_DOUBLE) return wanted;
  return needsQuotes(text) ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
}

/** Double quotes with every character escaped that go-yaml does not take as it is. */
function quote(text: string): string {
  const every = new RegExp(unreadableCharacter, 'g');
  return JSON.stringify(text).replace(
    every,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** How package yaml reads and writes so that helm reads the same. */
export const helmSchema = {
  version: '1.2',
  schema: 'failsafe',
  customTags: (): Tags => [mapTag, seqTag, nullTag, booleanTag, numberTag, textTag],
  merge: false,
  resolveKnownTags: false,
} as const;

/** Long lines are never folded, texts with line breaks never spread over several quoted lines. */
export const helmStyle = {
  lineWidth: 0,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** A node that helm reads as `value`. */
export function toYamlNode(value: Node): Scalar | YAMLMap | YAMLSeq {
  if (isList(value)) {
    const list = new YAMLSeq();
    list.items = value.map(toYamlNode);
    return list;
  }
  if (isTree(value)) {
    const map = new YAMLMap<Scalar, unknown>();
    for (const [key, item] of Object.entries(value)) {
      map.add({ key: toYamlNode(key) as Scalar, value: toYamlNode(item) });
    }
    return map;
  }
  return new Scalar(typeof value === 'string' ? toWellFormed(value) : value);
}

/** Half a surrogate pair cannot be written; Go reads it as U+FFFD too. */
function toWellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Gives a scalar node another value; a text keeps its quotes, everything its comments. */
export function changeScalar(node: Scalar, value: Exclude<Node, object>): void {
  const staysQuoted =
    typeof value === 'string' && typeof node.value === 'string' && node.type !== Scalar.PLAIN;
  node.value = typeof value === 'string' ? toWellFormed(value) : value;
  delete node.source;
  delete node.tag;
  if (!staysQuoted) delete node.type;
}
