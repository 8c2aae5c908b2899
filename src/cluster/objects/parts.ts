import * as z from 'zod/mini';

/**
 * Building blocks of the schemas of API objects. Objects are read loosely: servers of other
 * versions add fields, and leave out what is empty. Lists and maps that are absent or null are
 * read as empty ones.
 */
export function listOf<T>(item: z.ZodMiniType<T>) {
  return z._default(
    z.pipe(
      z.nullable(z.array(item)),
      z.transform((list): T[] => list ?? []),
    ),
    [],
  );
}

export function mapOf<T>(value: z.ZodMiniType<T>) {
  return z._default(
    z.pipe(
      z.nullable(z.record(z.string(), value)),
      z.transform((map): Record<string, T> => map ?? {}),
    ),
    {},
  );
}

export const text = z._default(z.string(), '');
export const optionalText = z.optional(z.nullable(z.string()));
export const optionalNumber = z.optional(z.nullable(z.number()));
export const optionalFlag = z.optional(z.nullable(z.boolean()));
/** Kubernetes quantities: "10Gi", "500m"; a number where somebody wrote one. */
export const quantities = mapOf(z.union([z.string(), z.number()]));
/** A port by number or name, a count or a percentage. */
export const numberOrText = z.optional(z.nullable(z.union([z.number(), z.string()])));

export const ownerReference = z.looseObject({
  apiVersion: text,
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: optionalFlag,
});

export const objectMetadata = z.looseObject({
  name: text,
  namespace: z.optional(z.string()),
  uid: z.optional(z.string()),
  resourceVersion: z.optional(z.string()),
  generation: optionalNumber,
  creationTimestamp: optionalText,
  deletionTimestamp: optionalText,
  labels: mapOf(z.string()),
  annotations: mapOf(z.string()),
  ownerReferences: listOf(ownerReference),
  finalizers: listOf(z.string()),
});

/** A condition of any object's status. */
export const condition = z.looseObject({
  type: z.string(),
  /** True, False or Unknown. */
  status: z.string(),
  reason: optionalText,
  message: optionalText,
  lastTransitionTime: optionalText,
});
