import { ConnectionError } from './connection-error.ts';
import { configMap, namespace as namespaceObject } from './objects.ts';
import type { Api } from './types.ts';

export interface IdentityOptions {
  /** The namespace whose root certificate is read where `kube-system` may not be. */
  readonly namespace: string;
  readonly server: string | undefined;
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
  { namespace, server, signal }: IdentityOptions,
): Promise<string> {
  const system = await api.get('/api/v1/namespaces/kube-system', namespaceObject, signal);
  if (system.ok && system.value.metadata.uid) return system.value.metadata.uid;
  if (!system.ok && system.failure.kind !== 'forbidden' && system.failure.kind !== 'not-found')
    throw new ConnectionError(system.failure, {
      doing: 'find out which cluster it is',
      access: { server, context: undefined },
    });
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
