import { gathering, take, takeAll } from '../gathering.ts';
import type { FactReader } from '../reader.ts';

/** Types of Secrets (k8s.io/api/core/v1, SecretType) by what they can be for. */
const types = {
  opaque: 'Opaque',
  tls: 'kubernetes.io/tls',
  registry: 'kubernetes.io/dockerconfigjson',
} as const;

/**
 * Secrets of the namespace that can be named in the values. Their metadata only is asked for, so
 * that no secret is sent; those of helm and of service accounts are left out by their type.
 */
export const gatherSecretNames = gathering<'secretNames'>(async ({ reader, subject }) => {
  const [opaque, tls, registry] = await takeAll([
    namesOf(reader, subject.namespace, types.opaque),
    namesOf(reader, subject.namespace, types.tls),
    namesOf(reader, subject.namespace, types.registry),
  ]);
  return { opaque, tls, registry };
});

async function namesOf(reader: FactReader, namespace: string, type: string): Promise<string[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const query = `?fieldSelector=${encodeURIComponent(`type=${type}`)}`;
  return take(await reader.listMetadata(`${path}${query}`)).map(({ name }) => name);
}
