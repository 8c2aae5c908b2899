import type { Path, Tree } from './tree.ts';

/** Where a layer of values comes from: the answer to "who set this?". */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'live'; readonly revision: number }
  | { readonly kind: 'preset'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'set'; readonly expression: string }
  | { readonly kind: 'secret'; readonly secret: string };

/** One layer of the stack; `null` deletes what weaker layers say, as in helm. */
export interface Layer {
  readonly origin: Origin;
  readonly values: Tree;
}

export type { Path, Tree };
