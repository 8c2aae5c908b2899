import * as z from 'zod/mini';
import { listOf, mapOf, optionalFlag, text } from '../objects/parts.ts';
import type { ApiResult } from '../types.ts';
import type { FactReader } from './reader.ts';
import { byLabels } from './selectors.ts';

export interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
}

const service = z.object({
  spec: z._default(
    z.object({
      type: text,
      ports: listOf(z.object({ name: text, port: z.number() })),
      selector: mapOf(z.string()),
    }),
    { type: '', ports: [], selector: {} },
  ),
});

const endpointSlice = z.object({
  endpoints: listOf(
    z.object({
      addresses: listOf(z.string()),
      conditions: z._default(z.object({ ready: optionalFlag }), {}),
    }),
  ),
});

export const readService = (reader: FactReader, { namespace, name }: ServiceReference) =>
  reader.get(
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${encodeURIComponent(name)}`,
    service,
  );

/** How many endpoints of a Service are ready; one that does not tell counts as ready. */
export async function readReadyEndpoints(
  reader: FactReader,
  { namespace, name }: ServiceReference,
): Promise<ApiResult<number>> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices`;
  const query = byLabels(`kubernetes.io/service-name=${name}`);
  const slices = await reader.list(`${path}${query}`, endpointSlice);
  if (!slices.ok) return slices;
  const ready = slices.value
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ conditions, addresses }) => conditions.ready !== false && addresses.length > 0);
  return { ok: true, value: ready.length };
}
