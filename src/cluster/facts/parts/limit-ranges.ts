import * as z from 'zod/mini';
import { listOf, objectMetadata, quantities } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';
import { asText } from './quotas.ts';

const limitRange = z.object({
  metadata: objectMetadata,
  spec: z.object({
    limits: listOf(
      z.object({
        type: z.string(),
        min: quantities,
        max: quantities,
        default: quantities,
        defaultRequest: quantities,
        maxLimitRequestRatio: quantities,
      }),
    ),
  }),
});

export const gatherLimitRanges = gathering<'limitRanges'>(async ({ reader, subject }) => {
  const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/limitranges`;
  return take(await reader.list(path, limitRange)).map(({ metadata, spec }) => ({
    name: metadata.name,
    limits: spec.limits.map((limit) => ({
      type: limit.type,
      min: asText(limit.min),
      max: asText(limit.max),
      default: asText(limit.default),
      defaultRequest: asText(limit.defaultRequest),
      maxLimitRequestRatio: asText(limit.maxLimitRequestRatio),
    })),
  }));
});
