import * as z from 'zod/mini';
import { listOf, objectMetadata, quantities, text } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';

const resourceQuota = z.object({
  metadata: objectMetadata,
  spec: z._default(
    z.object({
      hard: quantities,
      scopes: listOf(z.string()),
      scopeSelector: z.optional(
        z.nullable(
          z.object({
            matchExpressions: listOf(
              z.object({ scopeName: text, operator: text, values: listOf(z.string()) }),
            ),
          }),
        ),
      ),
    }),
    { hard: {}, scopes: [] },
  ),
  status: z._default(z.object({ hard: quantities, used: quantities }), { hard: {}, used: {} }),
});

export const gatherQuotas = gathering<'quotas'>(async ({ reader, subject }) => {
  const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/resourcequotas`;
  return take(await reader.list(path, resourceQuota)).map(({ metadata, spec, status }) => ({
    name: metadata.name,
    hard: asText(spec.hard),
    used: asText(status.used),
    scopes: [
      ...spec.scopes.map((scope) => ({ scope, operator: 'Exists', values: [] })),
      ...(spec.scopeSelector?.matchExpressions ?? []).map(({ scopeName, ...rest }) => ({
        scope: scopeName,
        ...rest,
      })),
    ],
  }));
});

/** Quantities as text, also where somebody wrote a number. */
export function asText(
  quantities: Readonly<Record<string, string | number>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(quantities).map(([key, value]) => [key, String(value)]));
}
