import { randomBytes } from 'node:crypto';
import { secret } from '../cluster/objects.ts';
import type { Api, ApiResult, ObjectMetadata } from '../cluster/types.ts';
import { connectionPaths, type PendingSecret } from '../values/secrets.ts';
import { getNode, type Tree } from '../values/tree.ts';
import { anyObject } from './kinds.ts';
import { labelQuery, paths } from './resource-paths.ts';
import type { PlannedSecret } from './types.ts';

/** Where a release lives, as far as its Secrets need it. */
export interface SecretTarget {
  readonly namespace: string;
  readonly release: string;
}

/** What tells our Secrets from those of the user and of the chart. */
export function secretLabels(release: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'create-xerv-deploy',
    'app.kubernetes.io/instance': release,
  };
}

/**
 * Gives each pending Secret its name in the cluster. The Secret of ours that the live values name
 * is used again where its content is the same; otherwise the name is new, so that a changed
 * password changes the pods (which then restart) and a rollback still finds the old one. The
 * suffix is random: a hash would let a reader of names test guesses of the password.
 * @param liveValues what users gave to the live release; undefined where there is none
 */
export async function planSecrets(
  api: Api,
  target: SecretTarget,
  pending: readonly PendingSecret[],
  liveValues: Tree | undefined,
  signal?: AbortSignal,
): Promise<PlannedSecret[]> {
  return Promise.all(
    pending.map(async (one) => {
      const live = getNode(liveValues, connectionPaths(one.backend).existingSecret);
      const reusable =
        typeof live === 'string' &&
        live !== '' &&
        (await holdsSame(api, target, live, one, signal));
      return {
        name: reusable ? live : newSecretName(target.release, one.backend),
        pending: one,
        exists: reusable,
      };
    }),
  );
}

function newSecretName(release: string, backend: string): string {
  return `${release}-${backend}-${randomBytes(4).toString('hex')}`;
}

async function holdsSame(
  api: Api,
  { namespace, release }: SecretTarget,
  name: string,
  { key, material }: PendingSecret,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await api.get(`${paths.secrets(namespace)}/${name}`, secret, signal);
  if (!found.ok || !isOurs(found.value.metadata, release)) return false;
  return found.value.data[key] === Buffer.from(material.reveal()).toString('base64');
}

function isOurs({ labels }: Pick<ObjectMetadata, 'labels'>, release: string): boolean {
  return Object.entries(secretLabels(release)).every(([key, value]) => labels?.[key] === value);
}

/**
 * Creates what is planned; the content travels in the request's body only. Immutable: a Secret
 * of ours never changes, so that what pods were started with can be told from its name.
 * @returns the names that were created
 */
export async function createSecrets(
  api: Api,
  { namespace, release }: SecretTarget,
  planned: readonly PlannedSecret[],
): Promise<ApiResult<string[]>> {
  const created: string[] = [];
  for (const { name, pending } of planned.filter(({ exists }) => !exists)) {
    const body = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, labels: secretLabels(release) },
      type: 'Opaque',
      immutable: true,
      stringData: { [pending.key]: pending.material.reveal() },
    };
    const answer = await api.post(paths.secrets(namespace), body, anyObject);
    if (!answer.ok) {
      // Where the answer was lost, the Secret may be there all the same.
      const lost = answer.failure.status === undefined ? [name] : [];
      await deleteSecrets(api, namespace, [...created, ...lost]);
      return answer;
    }
    created.push(name);
  }
  return { ok: true, value: created };
}

/** Names of the Secrets that this program made for a release; contents are not read. */
export async function listOurSecrets(
  api: Api,
  { namespace, release }: SecretTarget,
  signal?: AbortSignal,
): Promise<ApiResult<string[]>> {
  const query = labelQuery(secretLabels(release));
  const found = await api.listMetadata(`${paths.secrets(namespace)}${query}`, signal);
  return found.ok ? { ok: true, value: found.value.map(({ name }) => name) } : found;
}

/** Deletes Secrets by name. @returns those that could not be deleted */
export async function deleteSecrets(
  api: Api,
  namespace: string,
  names: readonly string[],
): Promise<string[]> {
  const answers = await Promise.all(
    names.map(async (name) => ({
      name,
      answer: await api.delete(`${paths.secrets(namespace)}/${name}`),
    })),
  );
  return answers
    .filter(({ answer }) => !answer.ok && answer.failure.kind !== 'not-found')
    .map(({ name }) => name);
}

/** Secrets of ours that no manifest refers to: what a changed password left behind. */
export function supersededSecrets(
  names: readonly string[],
  manifests: readonly string[],
): string[] {
  return names.filter((name) => !manifests.some((manifest) => manifest.includes(name)));
}
