import { connectionError } from './connection-error.ts';
import { configMap, namespace as namespaceObject } from './objects.ts';
import type { Api, ApiFailure, ClusterAccess } from './types.ts';

export interface IdentityOptions {
  /** The namespace whose root certificate is read where `kube-system` may not be. */
  readonly namespace: string;
  readonly access: Pick<ClusterAccess, 'server' | 'kubeconfig' | 'context' | 'impersonateUser'>;
  readonly signal?: AbortSignal;
}

/**
 * What tells one cluster from every other: the uid of `kube-system`; where that may not be read,
 * the hash of the namespace's `kube-root-ca.crt`; else the server's address.
 *
 * @throws ConnectionError where the cluster does not answer or does not accept the user
 */
export async function readIdentity(
  api: Api,
  { namespace, access, signal }: IdentityOptions,
): Promise<string> {
  const { server } = access;
  const system = await api.get('/api/v1/namespaces/kube-system', namespaceObject, signal);
  if (system.ok && system.value.metadata.uid) return system.value.metadata.uid;
  const failure = system.ok ? undefined : namedRefusal(system.failure, access);
  if (failure && failure.kind !== 'forbidden' && failure.kind !== 'not-found')
    throw await connectionError(
      failure,
      { doing: 'identify the cluster', access: { server, context: undefined } },
      access,
    );
  const certificate = await api.get(
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/kube-root-ca.crt`,
    configMap,
    signal,
  );
  const content = certificate.ok ? certificate.value.data['ca.crt'] : undefined;
  if (!content) return server ?? 'unknown';
  const { createHash } = await import('node:crypto');
  return `ca:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

/** Whoever is taken for nobody in particular has not the credentials that were meant to be given. */
function namedRefusal(
  failure: ApiFailure,
  { impersonateUser }: Pick<ClusterAccess, 'impersonateUser'>,
): ApiFailure {
  const isNobody = /User "system:anonymous"/.test(failure.message) && !impersonateUser;
  return failure.kind === 'forbidden' && isNobody ? { ...failure, kind: 'unauthorized' } : failure;
}
