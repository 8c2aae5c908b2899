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

/** Looks every kind up; tells one that is not served from one that could not be looked up. */
export async function readKinds(
  api: Api,
  objects: readonly KindReference[],
  signal?: AbortSignal,
): Promise<(object: KindReference) => ServedKind> {
  const resources = await findResources(api, objects, signal);
  const missing = objects.filter((object) => !resources.has(kindKey(object)));
  const versions = [...new Set(missing.map(({ apiVersion }) => apiVersion))];
  const why = new Map<string, string>();
  const isServed = versions.length > 0 ? await servedVersions(api, signal) : () => false;
  await Promise.all(
    versions.filter(isServed).map(async (version) => {
      const path = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
      const answer = await api.get(path, anything, signal);
      if (!answer.ok && answer.failure.kind !== 'not-found')
        why.set(version, answer.failure.message);
    }),
  );
  return (object) => {
    const resource = resources.get(kindKey(object));
    if (resource) return { state: 'served', resource };
    const reason = why.get(object.apiVersion);
    return reason === undefined ? { state: 'not-served' } : { state: 'unknown', why: reason };
  };
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
