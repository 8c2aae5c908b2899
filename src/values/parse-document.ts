import { type Document, LineCounter, parseDocument as parseYaml } from 'yaml';
import type { Problem } from '../errors.ts';
import { ValuesDocument } from './document.ts';
import { detectStyle } from './document-style.ts';
import { unreadableCharacter } from './helm-scalars.ts';
import { helmSchema } from './helm-yaml.ts';
import { readTree } from './read-tree.ts';

export type ParsedDocument =
  | {
      readonly ok: true;
      readonly document: ValuesDocument;
      /** What helm accepts but may read otherwise than it looks. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the parser's codes mean to somebody who does not know YAML's grammar. */
const explanations: Readonly<Record<string, string>> = {
  BAD_INDENT: 'The indentation does not fit the lines above.',
  TAB_AS_INDENT: 'There is a tab in the indentation; YAML allows spaces only.',
  MISSING_CHAR: 'A character is missing: a colon, comma, quote or bracket.',
  UNEXPECTED_TOKEN: 'Something here does not belong.',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line, with its colon.',
  BLOCK_AS_IMPLICIT_KEY:
    'There is a second key: value on the same line; quote text that contains ": ".',
  BAD_SCALAR_START: 'Text that starts with this character must be quoted.',
  MULTIPLE_DOCS: 'It contains more than one document (---).',
  MULTIPLE_ANCHORS: 'A value has two anchors.',
  MULTIPLE_TAGS: 'A value has two tags.',
};

/** What to do about those that are no matter of a character. */
const remedies: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'Keep one, or split it into files and name them in order with -f.',
  TAB_AS_INDENT: 'Use spaces instead.',
};

/**
 * Reads a values document as helm does: YAML 1.1 as go-yaml has it, one document, a map at the
 * top. Stricter than helm where helm would guess: duplicate keys and further documents are
 * refused (helm 3 reads the first document, helm 4 merges them).
 *
 * @param name what the text is called in messages: a file's path
 * @returns the document, or everything that is wrong with it, with line and column
 */
export function parseDocument(text: string, name: string): ParsedDocument {
  const unreadable = findUnreadable(text, name);
  if (unreadable.length > 0) return { ok: false, problems: unreadable };
  const lines = new LineCounter();
  let parsed: ReturnType<typeof parseYaml>;
  try {
    parsed = parseYaml(text, {
      ...helmSchema,
      lineCounter: lines,
      keepSourceTokens: true,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [tooDeep(name)] };
  }
  // The parser takes the end of the stack for a mistake in the text.
  if (parsed.errors.some(({ message }) => /call stack|recursion/.test(message)))
    return { ok: false, problems: [tooDeep(name)] };
  if (parsed.errors.length > 0) {
    const problems = parsed.errors.map(({ code, message, pos: [offset] }): Problem => {
      const { line, col } = lines.linePos(offset);
      const known = explanations[code];
      return {
        message: known ?? 'This is not valid YAML.',
        ...(code in remedies ? { next: remedies[code] ?? '' } : { why: firstLine(message) }),
        where: `${name}, line ${line}, column ${col}`,
      };
    });
    return { ok: false, problems: withoutRepeats(problems) };
  }
  const { values, problems, warnings } = readTree(parsed as Document.Parsed, lines, name);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    document: new ValuesDocument(name, parsed, detectStyle(text), values),
    warnings,
  };
}

/** What the parser would take, but go-yaml refuses or reads as a line break. */
function findUnreadable(text: string, name: string): readonly Problem[] {
  return text.split(/\r\n|\n/).flatMap((line, index): Problem[] => {
    const where = (column: number) => `${name}, line ${index + 1}, column ${column + 1}`;
    const character = /\r|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
    const content = index === 0 ? line.replace(/^\ufeff/, ' ') : line;
    const bad = unreadableCharacter.exec(content) ?? character.exec(content);
    if (bad !== null) {
      const code = content.charCodeAt(bad.index).toString(16).toUpperCase().padStart(4, '0');
      return [
        {
          message: `There is an invisible character U+${code} here, which helm does not read as text.`,
          next: `Remove it, or write it as "\\u${code}" in double quotes.`,
          where: where(bad.index),
        },
      ];
    }
    if (/^%/.test(content)) {
      return [
        {
          message: 'A YAML directive (%) cannot be read here.',
          next: 'Remove the line.',
          where: where(0),
        },
      ];
    }
    if (/^---(?!\s*(?:#|$))/.test(content)) {
      return [
        {
          message: 'Only a comment may follow --- on its line: helm 4 refuses the rest.',
          next: 'Start a new line.',
          where: where(0),
        },
      ];
    }
    return [];
  });
}

function tooDeep(name: string): Problem {
  return {
    message: `${name} is nested too deeply.`,
    next: 'Remove levels of maps or lists.',
    where: name,
  };
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ where, message }, index) =>
      index === 0 ||
      where !== problems[index - 1]?.where ||
      message !== problems[index - 1]?.message,
  );
}
