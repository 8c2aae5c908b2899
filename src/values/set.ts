import { DeployError, type Problem } from '../errors.ts';
import type { Layer } from './layers.ts';
import { maskExpression, maskUrl } from './mask.ts';
import { mergeTrees } from './merge.ts';
import { parseJsonText, parseSetInto, SetProblem, type ValueReader } from './set-parser.ts';
import { getNode, isTree, type Node, setNode, type Tree } from './tree.ts';

/** The flags, in the order in which helm applies them, whatever their order in the arguments. */
export const setKinds = ['set-json', 'set', 'set-string', 'set-file'] as const;
export type SetKind = (typeof setKinds)[number];

export interface SetExpression {
  readonly kind: SetKind;
  /** What stands after the flag: `a.b=1,c[0]=x`. */
  readonly expression: string;
}

/** The content of a file that `--set-file` names; may throw a DeployError. */
export type ReadFile = (path: string) => string;

export interface AppliedSet {
  /** The base with the expression set into it. */
  readonly values: Tree;
  /** The same as a layer: laid over the base it makes `values`. */
  readonly layer: Layer;
}

/**
 * Sets one expression into values as helm does.
 *
 * @param base what it is set into: every weaker layer but the chart's defaults, merged
 * @throws DeployError or SetProblem where helm refuses it, too
 */
export function applySet(
  { kind, expression }: SetExpression,
  base: Tree,
  readFile: ReadFile,
): AppliedSet {
  const origin = { kind: 'set', flag: `--${kind}`, expression } as const;
  if (kind === 'set-json' && expression.trim().startsWith('{')) {
    // helm 3.17 refuses a whole JSON object here, helm 4 merges it.
    const values = parseJsonText(expression);
    if (!isTree(values)) throw new SetProblem('It is not a JSON object.');
    return { values: mergeTrees(base, values), layer: { origin, values } };
  }
  const { values, assignments } = parseSetInto(base, expression, readers[kind](readFile));
  const layerValues = assignments.reduce<Tree>((layer, { path }) => {
    const value = getNode(values, path);
    // A later assignment of the same expression may have replaced it.
    return value === undefined ? layer : setNode(layer, path, value);
  }, {});
  const replaces = assignments.filter(({ map }) => map).map(({ path }) => path);
  return {
    values,
    layer: { origin, values: layerValues, ...(replaces.length > 0 ? { replaces } : {}) },
  };
}

/**
 * Sets all expressions into values, in helm's order.
 *
 * @returns one layer for each that could be read, and the problems of the others
 */
export function applySets(
  base: Tree,
  sets: readonly SetExpression[],
  readFile: ReadFile,
): { values: Tree; layers: readonly Layer[]; problems: readonly Problem[] } {
  const layers: Layer[] = [];
  const problems: Problem[] = [];
  let values = base;
  for (const set of setKinds.flatMap((kind) => sets.filter((other) => other.kind === kind))) {
    try {
      const applied = applySet(set, values, readFile);
      values = applied.values;
      layers.push(applied.layer);
    } catch (error) {
      problems.push(...describeFailure(set, error));
    }
  }
  return { values, layers, problems };
}

/** The files that `--set-file` expressions name, so that they can be read beforehand. */
export function listSetFiles(sets: readonly SetExpression[]): readonly string[] {
  const paths = new Set<string>();
  const remember = (path: string) => {
    paths.add(path);
    return '';
  };
  applySets(
    {},
    sets.filter(({ kind }) => kind === 'set-file'),
    remember,
  );
  return [...paths];
}

const readers: Readonly<Record<SetKind, (readFile: ReadFile) => ValueReader>> = {
  'set-json': () => ({ kind: 'json' }),
  set: () => ({ kind: 'text', read: readTyped }),
  'set-string': () => ({ kind: 'text', read: (text) => text }),
  'set-file': (readFile) => ({ kind: 'text', read: readFile }),
};

/** The value that `--set` takes a text for: a 64-bit integer, a boolean, null, or the text. */
function readTyped(text: string): Node {
  // With `u`, case is folded as Go's EqualFold does.
  if (/^true$/iu.test(text)) return true;
  if (/^false$/iu.test(text)) return false;
  if (/^null$/iu.test(text)) return null;
  if (text !== '0' && !/^[-+1-9][0-9]*$/.test(text)) return text;
  if (/^[-+]$/.test(text)) return text;
  const integer = BigInt(text.replace('+', ''));
  if (integer < -(2n ** 63n) || integer >= 2n ** 63n) return text;
  if (BigInt(Number(integer)) !== integer) {
    throw new SetProblem(
      'An integer is too large to be passed on exactly: helm keeps numbers of a values file as floats.',
      'Set it as text with --set-string.',
    );
  }
  return Number(integer);
}

function describeFailure({ kind, expression }: SetExpression, error: unknown): readonly Problem[] {
  const where = `--${kind} ${maskExpression(expression)}`;
  if (error instanceof DeployError) {
    return error.problems.map((problem) => ({ ...problem, where }));
  }
  if (!(error instanceof SetProblem)) throw error;
  return [
    {
      message: `--${kind} cannot be read: ${maskUrl(error.message)}`,
      ...(error.next === undefined ? {} : { next: maskUrl(error.next) }),
      where,
    },
  ];
}
