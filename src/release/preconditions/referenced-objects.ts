import * as z from 'zod/mini';
import { mapOf } from '../../cluster/objects/parts.ts';
import type { Api, ApiFailure } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type CommandTarget, kubectlCommand } from '../command-text.ts';
import { type ManifestObject, workloadsOf } from '../manifest.ts';
import { paths } from '../resource-paths.ts';
import type { TargetState } from '../target-state.ts';
import { type Needed, neededObjects } from './needed-objects.ts';

/** What stands under the keys is not kept. */
const dataHolder = z.object({ data: mapOf(z.unknown()), binaryData: mapOf(z.unknown()) });

const collections = { Secret: paths.secrets, ConfigMap: paths.configMaps } as const;

/** A problem, or that nobody can say whether there is one. */
export type ReferenceProblem = Problem & { readonly isUnknown?: true };

export interface ReferenceInput {
  readonly target: CommandTarget;
  readonly state: TargetState['namespace'];
  readonly objects: readonly ManifestObject[];
  /** Names of the Secrets that we are about to create. */
  readonly planned: readonly string[];
}

/**
 * Secrets and ConfigMaps that containers of the manifest cannot start without, and that are missing
 * or lack a key, or that nobody lets us look at. Those of the manifest itself, and those that we are
 * about to create, are left out.
 */
export async function referenceProblems(
  api: Api,
  { target, state, objects, planned }: ReferenceInput,
  signal?: AbortSignal,
): Promise<ReferenceProblem[]> {
  const { namespace } = target;
  const own = new Set([
    ...planned.map((name) => `Secret ${name}`),
    ...objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ]);
  const needed = neededObjects(workloadsOf(objects)).filter(
    ({ kind, name }) => !own.has(`${kind} ${name}`),
  );
  const problems = await Promise.all(
    needed.map(async (one): Promise<ReferenceProblem[]> => {
      if (state === 'absent') return [withoutNamespace(one, target)];
      const path = `${collections[one.kind](namespace)}/${one.name}`;
      const found = await api.get(path, dataHolder, signal);
      if (!found.ok)
        return [
          found.failure.kind === 'not-found'
            ? missing(one, namespace)
            : unseen(one, namespace, found.failure),
        ];
      const there = Object.keys({ ...found.value.data, ...found.value.binaryData });
      return [...one.keys]
        .filter((key) => !there.includes(key))
        .map((key) => missingKey(one, namespace, key, there));
    }),
  );
  return problems.flat();
}

/** Nothing can be in it: this is so whether or not we may look. */
function withoutNamespace({ kind, name }: Needed, target: CommandTarget): Problem {
  const { namespace } = target;
  const create = kubectlCommand({ ...target, namespace: '' }, 'create', 'namespace', namespace);
  return {
    message: `${kind} ${name} does not exist, but the values name it: namespace ${namespace} does not exist yet.`,
    why: 'The install would create the namespace, but its pods could not start without it.',
    next: `Create the namespace (${create}) and the ${kind} in it first, or leave the reference out.`,
  };
}

function unseen(
  { kind, name }: Needed,
  namespace: string,
  { message }: ApiFailure,
): ReferenceProblem {
  return {
    isUnknown: true,
    message: `Could not see whether ${kind} ${name} exists in namespace ${namespace}.`,
    why: message,
    next: `Have someone with read access check: the pods cannot start without it.`,
  };
}

function missing({ kind, name }: Needed, namespace: string): Problem {
  return {
    message: `${kind} ${name} does not exist in namespace ${namespace}, but the values name it.`,
    why: 'The pods cannot start without it.',
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
        ? 'Name an existing key (that of the backend with --redis-secret NAME/KEY or --nats-secret NAME/KEY), or add it.'
        : 'Name an existing key, or add this one.',
  };
}
