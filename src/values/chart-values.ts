import * as z from 'zod/mini';
import { coalesce } from './merge.ts';
import { type Values, valuesSchema } from './schema/index.ts';
import type { Tree } from './tree.ts';

/** What the templates of our own chart see: the users' values laid over its defaults. */
export function chartValues(users: Tree): Values {
  return coalesce(z.parse(valuesSchema, {}) as Tree, users) as unknown as Values;
}
