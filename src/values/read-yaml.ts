import {
  defineScalarTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  type Schema,
} from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { isNoNumber, isNullText, readBoolean, readNumber } from './helm-scalars.ts';

/**
 * The documents of a text that a machine wrote (a manifest, an add-on's configuration), as plain
 * data, with scalars as helm reads them. js-yaml takes a quarter of the time of package yaml, which
 * keeps comments and positions that nobody needs here. What js-yaml refuses (a repeated key, an
 * unknown tag) package yaml still reads as far as it can: helm has taken it.
 */
export function readYaml(text: string): readonly unknown[] {
  return [...yamlDocuments(text)];
}

/** The same, one after the other: each is read when it is asked for. */
export function* yamlDocuments(text: string): Generator<unknown> {
  if (text.trim() === '') return;
  const schema = helmScalars();
  for (const part of text.split(documentStart)) yield* readPart(part, schema);
}

/** At the start of a line it ends whatever was open, a block of text too. */
const documentStart = /^(?=---(?:[ \t\r\n]|$))/m;

function readPart(text: string, schema: Schema): unknown[] {
  try {
    return loadAll(text, { schema, json: true });
  } catch {
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
    return Array.isArray(documents) ? documents.map((document) => document.toJS()) : [];
  }
}

function helmScalars(): Schema {
  return FAILSAFE_SCHEMA.withTags(
    mergeTag,
    plain('null', ['', '~', 'n', 'N'], (text) => (isNullText(text) ? null : undefined)),
    plain('bool', [...'yYnNtTfFoO'], readBoolean),
    plain('int', [...'-+.0123456789'], (text) => (isNoNumber(text) ? text : readNumber(text))),
  );
}

/**
 * A kind of scalar that stands without quotes.
 * @param firstChars every character that it may start with
 * @param read undefined where a text is none of its kind
 */
function plain(tag: string, firstChars: readonly string[], read: (text: string) => unknown) {
  return defineScalarTag(`tag:yaml.org,2002:${tag}`, {
    implicit: true,
    implicitFirstChars: firstChars,
    resolve: (text) => {
      const value = read(text);
      return value === undefined ? NOT_RESOLVED : value;
    },
    identify: () => false,
  });
}
