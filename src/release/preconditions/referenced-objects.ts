import * as z from 'zod/mini';
import { mapOf } from '../../cluster/objects/parts.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type ManifestObject, workloadsOf } from '../manifest.ts';
import { paths } from '../resource-paths.ts';
import { type Needed, neededObjects } from './needed-objects.ts';

/** What stands under the keys is not kept. */
const dataHolder = z.object({ data: mapOf(z.unknown()), binaryData: mapOf(z.unknown()) });

const collections = { Secret: paths.secrets, ConfigMap: paths.configMaps } as const;

/**
 * Secrets and ConfigMaps that containers of the manifest cannot start without, and that are missing
 * or lack a key. Those of the manifest itself, and those that we are about to create, are left out.
 * Where they may not be read, nothing is said: the pods will tell.
 * @param planned names of the Secrets that we are about to create
 */
export async function referenceProblems(
  api: Api,
  namespace: string,
  objects: readonly ManifestObject[],
  planned: readonly string[],
  signal?: AbortSignal,
): Promise<Problem[]> {
  const own = new Set([
    ...planned.map((name) => `Secret ${name}`),
    ...objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ]);
  const needed = neededObjects(workloadsOf(objects)).filter(
    ({ kind, name }) => !own.has(`${kind} ${name}`),
  );
  const problems = await Promise.all(
    needed.map(async (one): Promise<Problem[]> => {
      const path = `${collections[one.kind](namespace)}/${one.name}`;
      const found = await api.get(path, dataHolder, signal);
      if (!found.ok) return found.failure.kind === 'not-found' ? [missing(one, namespace)] : [];
      const there = Object.keys({ ...found.value.data, ...found.value.binaryData });
      return [...one.keys]
        .filter((key) => !there.includes(key))
        .map((key) => missingKey(one, namespace, key, there));
    }),
  );
  return problems.flat();
}

function missing({ kind, name }: Needed, namespace: string): Problem {
  return {
    message: `${kind} ${name} does not exist in namespace ${namespace}, but the values name it.`,
    why: 'The pods could not start without it.',
    next: 'Create it first, or name one that exists.',
  };
}

function missingKey(
  { kind, name }: Needed,
  namespace: string,
  key: string,
  keys: readonly string[],
): Problem {
  return {
    message: `${kind} ${name} in namespace ${namespace} has no key ${key}.`,
    why: keys.length > 0 ? `It has ${keys.join(', ')}.` : 'It is empty.',
    next:
      kind === 'Secret'
        ? 'Name the key with --redis-secret NAME/KEY or --nats-secret NAME/KEY, or add it.'
        : 'Name a key that it has, or add it.',
  };
}
