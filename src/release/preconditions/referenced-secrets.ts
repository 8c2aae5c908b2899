import { secret } from '../../cluster/objects.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type ManifestObject, workloadsOf } from '../manifest.ts';
import { paths } from '../resource-paths.ts';

/**
 * Secrets that containers of the manifest cannot start without, and that are missing or lack the
 * key. Those of the manifest itself, and those that we are about to create, are left out. Where
 * Secrets may not be read, nothing is said: the pods will tell.
 */
export async function secretProblems(
  api: Api,
  namespace: string,
  objects: readonly ManifestObject[],
  planned: readonly string[],
  signal?: AbortSignal,
): Promise<Problem[]> {
  const own = new Set([
    ...planned,
    ...objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name),
  ]);
  const needed = [...neededSecrets(objects)].filter(([name]) => !own.has(name));
  const problems = await Promise.all(
    needed.map(async ([name, keys]): Promise<Problem[]> => {
      const found = await api.get(`${paths.secrets(namespace)}/${name}`, secret, signal);
      if (!found.ok)
        return found.failure.kind === 'not-found' ? [missingSecret(name, namespace)] : [];
      return [...keys]
        .filter((key) => found.value.data[key] === undefined)
        .map((key) => missingKey(name, namespace, key, Object.keys(found.value.data)));
    }),
  );
  return problems.flat();
}

function neededSecrets(objects: readonly ManifestObject[]): Map<string, Set<string>> {
  const needed = new Map<string, Set<string>>();
  const need = (name: string, key?: string) => {
    const keys = needed.get(name) ?? new Set();
    needed.set(name, key === undefined ? keys : keys.add(key));
  };
  for (const { object } of workloadsOf(objects)) {
    const spec = object.spec.template?.spec;
    for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])])
      for (const { valueFrom } of container.env) {
        const reference = valueFrom?.secretKeyRef;
        if (reference && !reference.optional) need(reference.name, reference.key);
      }
    for (const { secret: volume } of spec?.volumes ?? [])
      if (volume?.secretName && !volume.optional) need(volume.secretName);
  }
  return needed;
}

function missingSecret(name: string, namespace: string): Problem {
  return {
    message: `Secret ${name} does not exist in namespace ${namespace}, but the values name it.`,
    why: 'The pods could not start without it.',
    next: 'Create it first, or name one that exists.',
  };
}

function missingKey(
  name: string,
  namespace: string,
  key: string,
  keys: readonly string[],
): Problem {
  return {
    message: `Secret ${name} in namespace ${namespace} has no key ${key}.`,
    why: keys.length > 0 ? `It has ${keys.join(', ')}.` : 'It is empty.',
    next: 'Name the key with --redis-secret NAME/KEY or --nats-secret NAME/KEY, or add it.',
  };
}
