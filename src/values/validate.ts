import type * as z from 'zod/mini';
import type { Problem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import { printPath } from './path.ts';
import { valuesSchema } from './schema/index.ts';
import { getNode, isTree, type Node, type Path, type Tree, withoutNulls } from './tree.ts';

type Issue = z.core.$ZodIssue;

/**
 * Everything that is wrong with values for the bundled chart, in a user's words. The value itself
 * is named only where it is one of a few words, never where it may be secret.
 * @param values what users gave; null, which takes a default away, is never wrong
 */
export function validateValues(values: Tree): Problem[] {
  const given = withoutNulls(values);
  const result = valuesSchema.safeParse(given);
  if (result.success) return [];
  const known = valuesSchema.parse({}) as Tree;
  return result.error.issues.flatMap((issue) => describeIssue(issue, given, known));
}

function describeIssue(issue: Issue, given: Tree, known: Tree): Problem[] {
  const path = issue.path as Path;
  const where = printPath(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => describeUnknownKey(path, key, known));
    case 'invalid_type':
      return [
        problem(where, `must be ${article(issue.expected)}, not ${kindOf(getNode(given, path))}`),
      ];
    case 'invalid_value':
      return [describeWrongChoice(where, issue.values.map(String), getNode(given, path))];
    case 'too_small':
      return [problem(where, `must be at least ${issue.minimum}`, lengthOf(issue.origin))];
    case 'too_big':
      return [problem(where, `must be at most ${issue.maximum}`, lengthOf(issue.origin))];
    case 'invalid_union':
      return [problem(where, describeUnion(issue, getNode(given, path)))];
    case 'invalid_format':
      return [problem(where, 'is not written as Kubernetes wants it')];
    default:
      return [problem(where, 'is not what the chart takes')];
  }
}

function describeUnknownKey(path: Path, key: string, known: Tree): Problem {
  const full = printPath([...path, key]);
  const siblings = Object.keys((getNode(known, path) as Tree | undefined) ?? {});
  // `storageClass` in the section storage is its `class`.
  const ending = siblings.find((name) => key.toLowerCase().endsWith(name.toLowerCase()));
  const near = suggest(key, siblings) ?? ending;
  const meant = near === undefined ? findElsewhere(key, known) : [...path, near];
  return {
    message: `Unknown value ${full}.${meant ? ` Did you mean ${printPath(meant)}?` : ''}`,
    next: 'All values: charts/xerv/README.md, or helm show values',
    where: full,
  };
}

/** The one place where a key belongs that stands in the wrong map, or with a dotted path as key. */
function findElsewhere(key: string, known: Tree): Path | undefined {
  const dotted = key.split('.');
  if (dotted.length > 1 && getNode(known, dotted) !== undefined) return dotted;
  const found = pathsTo(key, known, []);
  return found.length === 1 ? found[0] : undefined;
}

function pathsTo(key: string, tree: Tree, prefix: Path): Path[] {
  return Object.entries(tree).flatMap(([name, node]) => {
    const path = [...prefix, name];
    return [...(name === key ? [path] : []), ...(isTree(node) ? pathsTo(key, node, path) : [])];
  });
}

function describeWrongChoice(
  where: string,
  choices: readonly string[],
  value: Node | undefined,
): Problem {
  // A long text in the wrong place may be a pasted secret; a short word is a typo.
  const word = typeof value === 'string' && /^[\w-]{1,24}$/.test(value) ? value : undefined;
  const near = word === undefined ? undefined : suggest(word, choices);
  return {
    message: `${where} cannot be ${word === undefined ? kindOf(value) : `"${word}"`}.${near ? ` Did you mean ${near}?` : ''}`,
    next: `One of: ${choices.join(', ')}`,
    where,
  };
}

function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  value: Node | undefined,
): string {
  const issues = issue.errors.flat();
  const expected = issues.flatMap((inner) =>
    inner.code === 'invalid_type' ? [article(inner.expected)] : [],
  );
  const isKindRight = issues.some((inner) => inner.code !== 'invalid_type');
  if (isKindRight || expected.length === 0) return 'is not written as Kubernetes wants it';
  return `must be ${[...new Set(expected)].join(' or ')}, not ${kindOf(value)}`;
}

function problem(where: string, what: string, unit = ''): Problem {
  return { message: `${where} ${what}${unit}.`, where };
}

function lengthOf(origin: string): string {
  return origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';
}

const articles: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function article(expected: string): string {
  return articles[expected] ?? expected;
}

function kindOf(value: Node | undefined): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isTree(value)) return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}
