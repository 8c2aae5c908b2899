import * as z from 'zod/mini';
import type { KindReference, Resource } from '../../cluster/resources.ts';
import type { Api } from '../../cluster/types.ts';
import { findResources, kindKey, servedVersions } from '../resource-paths.ts';

/** Whether and under which name a kind is served. */
export type ServedKind =
  | { readonly state: 'served'; readonly resource: Resource }
  | { readonly state: 'not-served' }
  | { readonly state: 'unknown'; readonly why: string };

const anything = z.record(z.string(), z.unknown());

/** Looks a kind up; tells one that is not served from one that could not be looked up. */
export async function readKind(
  api: Api,
  object: KindReference,
  signal?: AbortSignal,
): Promise<ServedKind> {
  const resources = await findResources(api, [object], signal);
  const resource = resources.get(kindKey(object));
  if (resource) return { state: 'served', resource };
  const { apiVersion } = object;
  const isServed = await servedVersions(api, signal);
  if (!isServed(apiVersion)) return { state: 'not-served' };
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const answer = await api.get(path, anything, signal);
  return answer.ok || answer.failure.kind === 'not-found'
    ? { state: 'not-served' }
    : { state: 'unknown', why: answer.failure.message };
}

/** `scaledobjects.keda.sh`: what the CustomResourceDefinition of a kind is called. */
export function crdName({ apiVersion, kind }: KindReference): string | undefined {
  const [group = '', version] = apiVersion.split('/');
  if (version === undefined || !group.includes('.')) return undefined;
  const word = kind.toLowerCase();
  const plural = /[^aeiou]y$/.test(word)
    ? `${word.slice(0, -1)}ies`
    : /(s|x|ch|sh)$/.test(word)
      ? `${word}es`
      : `${word}s`;
  return `${plural}.${group}`;
}
