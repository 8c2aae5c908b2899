import type { Problem } from '../errors.ts';
import { suggest } from '../suggest.ts';
import { type ChartSchema, fitsSchema, isOfType, withDefaults } from './chart-schema.ts';
import { printPath } from './path.ts';
import { getNode, isList, isTree, type Node, type Path, type Tree, withoutNulls } from './tree.ts';

/**
 * Everything that is wrong with values for the bundled chart, in a user's words. The value itself
 * is named only where it is one of a few words, never where it may be secret.
 * @param schema of the whole chart
 * @param values what users gave; null, which takes a default away, is never wrong
 */
export function validateValues(schema: ChartSchema, values: Tree): Problem[] {
  const given = withoutNulls(values);
  return fitsSchema(schema, given) ? [] : describe({ schema, node: given, path: [], root: schema });
}

/** What stands at a place, and what may stand there. */
interface Place {
  readonly schema: ChartSchema;
  /** undefined: it is missing. */
  readonly node: Node | undefined;
  readonly path: Path;
  /** Of the whole chart. */
  readonly root: ChartSchema;
}

function describe(place: Place): Problem[] {
  const { schema, node, path } = place;
  const where = printPath(path);
  if (schema.enum)
    return node !== undefined && schema.enum.includes(node)
      ? []
      : [describeWrongChoice(where, schema.enum.map(String), node)];
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && (node === undefined || !types.some((type) => isOfType(type, node))))
    return [
      problem(where, `must be ${types.map(articleFor(node)).join(' or ')}${unlike(types, node)}`),
    ];
  if (types.length > 1)
    return fitsSchema(schema, node)
      ? []
      : [problem(where, 'is not in the form that Kubernetes requires')];
  if (isTree(node)) return describeMap(place, node);
  if (isList(node))
    return node.flatMap((item, index) =>
      describe({ ...place, schema: schema.items ?? {}, node: item, path: [...path, index] }),
    );
  return describeScalar(place);
}

function describeMap({ schema, path, root }: Place, map: Tree): Problem[] {
  const { properties = {}, required = [], additionalProperties: others, propertyNames } = schema;
  const known = Object.entries(properties)
    .filter(([key]) => Object.hasOwn(map, key) || required.includes(key))
    .flatMap(([key, part]) => {
      const node = Object.hasOwn(map, key) ? map[key] : undefined;
      return describe({ schema: part, node, path: [...path, key], root });
    });
  const further = Object.entries(map).filter(([key]) => !Object.hasOwn(properties, key));
  return [
    ...known,
    ...further.flatMap(([key, node]) => {
      const inner = [...path, key];
      if (others === false) return [describeUnknownKey(path, key, withDefaults(root, {}))];
      if (propertyNames && !fitsSchema(propertyNames, key))
        return [problem(printPath(inner), 'is not what the chart accepts')];
      return typeof others === 'object'
        ? describe({ schema: others, node, path: inner, root })
        : [];
    }),
  ];
}

function describeScalar(place: Place): Problem[] {
  const { schema, node, path } = place;
  const where = printPath(path);
  const { minimum, maximum, minLength, maxLength, pattern, allOf = [] } = schema;
  const [size, least, most, unit] =
    typeof node === 'string'
      ? [node.length, minLength, maxLength, ' characters long']
      : [Number(node), minimum, maximum, ''];
  return [
    ...(pattern !== undefined && !new RegExp(pattern).test(String(node))
      ? [problem(where, 'is not in the form that Kubernetes requires')]
      : []),
    ...(least !== undefined && size < least
      ? [problem(where, `must be at least ${least}`, unit)]
      : []),
    ...(most !== undefined && size > most ? [problem(where, `must be at most ${most}`, unit)] : []),
    ...allOf.flatMap((part) => describe({ ...place, schema: part })),
  ];
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
    next: 'All values: https://github.com/ml-rust/create-xerv-deploy/blob/main/charts/xerv/README.md',
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

function problem(where: string, what: string, unit = ''): Problem {
  return { message: `${where} ${what}${unit}.`, where };
}

const articles: Readonly<Record<string, string>> = {
  integer: 'a number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

/** What a type is called beside what stands there instead: to another number it is a whole one. */
function articleFor(node: Node | undefined) {
  return (type: string): string =>
    type === 'integer' && typeof node === 'number' ? 'a whole number' : (articles[type] ?? type);
}

/** What stands there instead; beside a whole number another one is told apart already. */
function unlike(types: readonly string[], node: Node | undefined): string {
  const isFraction = typeof node === 'number' && types.includes('integer');
  return isFraction ? '' : `, not ${kindOf(node)}`;
}

function kindOf(value: Node | undefined): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isTree(value)) return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}
