import { namespace } from '../objects.ts';
import type { ApiResult } from '../types.ts';
import type { FactReader } from './reader.ts';

interface NamespaceMetadata {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The target's namespace as several facts need it; one request for all. */
export const readNamespace = (reader: FactReader, name: string) =>
  reader.get(`/api/v1/namespaces/${encodeURIComponent(name)}`, namespace);

/** Labels and annotations, also of a namespace that is not there yet: it would have one label. */
export async function readNamespaceMetadata(
  reader: FactReader,
  name: string,
): Promise<ApiResult<NamespaceMetadata>> {
  const found = await readNamespace(reader, name);
  if (found.ok) return { ok: true, value: found.value.metadata };
  if (found.failure.kind !== 'not-found') return found;
  return { ok: true, value: { labels: { 'kubernetes.io/metadata.name': name }, annotations: {} } };
}
