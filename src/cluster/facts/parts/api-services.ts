import * as z from 'zod/mini';
import { condition, listOf, objectMetadata, text } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';

const apiService = z.object({
  metadata: objectMetadata,
  spec: z.object({
    service: z.optional(z.nullable(z.object({ namespace: text, name: text }))),
  }),
  status: z._default(z.object({ conditions: listOf(condition) }), { conditions: [] }),
});

export const gatherApiServices = gathering<'apiServices'>(async ({ reader }) => {
  const path = '/apis/apiregistration.k8s.io/v1/apiservices';
  return take(await reader.list(path, apiService)).flatMap(({ metadata, spec, status }) => {
    // The others are answered by the API server itself.
    if (!spec.service) return [];
    const available = status.conditions.find(({ type }) => type === 'Available');
    const isAvailable = available?.status === 'True';
    return [
      {
        name: metadata.name,
        available: isAvailable,
        reason: isAvailable ? '' : (available?.message ?? available?.reason ?? ''),
        service: `${spec.service.namespace}/${spec.service.name}`,
      },
    ];
  });
});
