import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { maskNode } from '../../values/mask.ts';
import { isTree, type Node, type Tree } from '../../values/tree.ts';
import { plannable } from '../plan/compare.ts';
import type { LiveObject } from '../plan/objects.ts';
import type { Fingerprint } from './schema.ts';

const metadataSchema = z.looseObject({
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.optional(z.int()),
  managedFields: z._default(
    z.array(
      z.looseObject({
        manager: z._default(z.string(), ''),
        time: z._default(z.string(), ''),
        subresource: z._default(z.string(), ''),
      }),
    ),
    [],
  ),
});

/** `sha256:…` of a text. */
export function digestOf(text: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/**
 * Whether an object changes can be told from its resourceVersion alone, but for kinds with a status:
 * controllers write that all the time. Of those generation and content are kept too. What may be
 * secret is masked before it is hashed: a hash would let a reader test guesses.
 * @returns null where there is no such object
 */
export function fingerprintOf(live: LiveObject | undefined): Fingerprint | null {
  if (live?.state !== 'present') return null;
  const { object } = live;
  const metadata = z.safeParse(metadataSchema, object.metadata);
  if (!metadata.success) return null;
  const { uid, resourceVersion, generation } = metadata.data;
  return {
    uid,
    resourceVersion,
    ...(generation === undefined ? {} : { generation }),
    ...(object.status === undefined
      ? {}
      : { content: digestOf(JSON.stringify(sorted(maskNode(plannable(object) as Node)))) }),
  };
}

/** Whether the object of the one is still that of the other, its status left out. */
export function isSameObject(one: Fingerprint, other: Fingerprint): boolean {
  if (one.uid !== other.uid) return false;
  if (one.resourceVersion === other.resourceVersion) return true;
  return (
    one.content !== undefined &&
    one.content === other.content &&
    one.generation === other.generation
  );
}

/**
 * Who changed an object last, and when, as the server notes it; status is left out.
 * @param since RFC 3339: of changes before it only those are meant that the server gives no time,
 *   as it does for those of the number of replicas
 * @returns such as "by kubectl-edit at 2026-01-31T12:00:00Z"; undefined where nothing is noted
 */
export function lastChange(object: Tree, since: string): string | undefined {
  const metadata = z.safeParse(metadataSchema, object.metadata);
  const noted = (metadata.data?.managedFields ?? [])
    .filter(({ subresource }) => subresource !== 'status')
    .sort((a, b) => b.time.localeCompare(a.time));
  const newest = noted.find(({ time }) => time !== '');
  const untimed = noted.find(({ time }) => time === '');
  if (newest && (!untimed || Date.parse(newest.time) > Date.parse(since)))
    return `by ${newest.manager} at ${newest.time}`;
  return (
    untimed && `by ${untimed.manager}${untimed.subresource ? ` (${untimed.subresource})` : ''}`
  );
}

/** With keys in order, so that equal trees make equal texts. */
function sorted(node: Node): Node {
  if (Array.isArray(node)) return node.map(sorted);
  if (!isTree(node)) return node;
  const entries = Object.entries(node).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}
