import { maskExpression } from './mask.ts';
import { coalesce, mergeTrees } from './merge.ts';
import { deleteNode, getNode, isTree, type Path, type Tree } from './tree.ts';

/** Where a layer of values comes from: the answer to "who set this?". */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'live'; readonly revision: number }
  | { readonly kind: 'preset'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'set'; readonly flag: string; readonly expression: string }
  | { readonly kind: 'secret'; readonly secret: string };

/** One layer of the stack; `null` deletes what weaker layers say, as in helm. */
export interface Layer {
  readonly origin: Origin;
  readonly values: Tree;
  /**
   * Maps that this layer replaces as a whole instead of merging into them, as
   * `--set-json 'a={…}'` does.
   */
  readonly replaces?: readonly Path[];
}

/** From the weakest to the strongest. */
export type Layers = readonly Layer[];

/** What users gave: every layer but the chart's defaults, merged; helm is given exactly this. */
export function userValues(layers: Layers): Tree {
  return layers
    .filter((layer) => layer.origin.kind !== 'default')
    .reduce<Tree>((below, layer) => {
      const cleared = (layer.replaces ?? []).reduce<Tree>(deleteNode, below);
      return mergeTrees(cleared, layer.values);
    }, {});
}

/** The chart's own defaults; more than one such layer is merged. */
export function defaultValues(layers: Layers): Tree {
  return layers
    .filter((layer) => layer.origin.kind === 'default')
    .reduce<Tree>((below, layer) => mergeTrees(below, layer.values), {});
}

/** What the templates see: the users' values laid over the chart's defaults. */
export function effective(layers: Layers, helmMajor: 3 | 4 = 4): Tree {
  return coalesce(defaultValues(layers), userValues(layers), helmMajor);
}

/**
 * The origin of the strongest layer that decides about a path: that has it, or that put a scalar,
 * a list or null where the path goes through. Undefined where no layer says anything.
 */
export function originOf(layers: Layers, path: Path): Origin | undefined {
  // Chart defaults are the weakest wherever they stand in the list.
  const ranked = [...layers].sort((a, b) => rank(a) - rank(b));
  return ranked.findLast((layer) => decides(layer, path))?.origin;
}

function rank(layer: Layer): number {
  return layer.origin.kind === 'default' ? 0 : 1;
}

function decides(layer: Layer, path: Path): boolean {
  if (getNode(layer.values, path) !== undefined) return true;
  return path.some((_, length) => {
    const above = path.slice(0, length);
    const node = getNode(layer.values, above);
    const replaced = layer.replaces?.some(
      (replacedPath) => JSON.stringify(replacedPath) === JSON.stringify(above),
    );
    return (node !== undefined && !isTree(node)) || replaced === true;
  });
}

/** An origin in words for users; passwords are masked. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return "the chart's default";
    case 'live':
      return `the release as it runs (revision ${origin.revision})`;
    case 'preset':
      return `preset ${origin.name}`;
    case 'file':
      return origin.path === '-' ? 'the values on standard input' : `file ${origin.path}`;
    case 'flag':
      return origin.flag;
    case 'set':
      return `${origin.flag} ${maskExpression(origin.expression)}`;
    case 'secret':
      return `Secret ${origin.secret}`;
  }
}

export type { Path, Tree };
