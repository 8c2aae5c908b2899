import * as z from 'zod/mini';
import {
  condition,
  listOf,
  objectMetadata,
  optionalFlag,
  optionalNumber,
  optionalText,
  quantities,
  text,
} from './parts.ts';

export const namespace = z.looseObject({
  metadata: objectMetadata,
  /** Active or Terminating. */
  status: z._default(z.looseObject({ phase: text, conditions: listOf(condition) }), {
    phase: '',
    conditions: [],
  }),
});

export const node = z.looseObject({
  metadata: objectMetadata,
  spec: z._default(
    z.looseObject({
      unschedulable: optionalFlag,
      taints: listOf(z.looseObject({ key: z.string(), value: optionalText, effect: z.string() })),
    }),
    { taints: [] },
  ),
  status: z._default(
    z.looseObject({
      allocatable: quantities,
      capacity: quantities,
      conditions: listOf(condition),
    }),
    { allocatable: {}, capacity: {}, conditions: [] },
  ),
});

/** An event of the core API. */
export const event = z.looseObject({
  metadata: objectMetadata,
  /** Normal or Warning. */
  type: optionalText,
  reason: optionalText,
  message: optionalText,
  count: optionalNumber,
  firstTimestamp: optionalText,
  lastTimestamp: optionalText,
  eventTime: optionalText,
  series: z.optional(
    z.nullable(z.looseObject({ count: optionalNumber, lastObservedTime: optionalText })),
  ),
  involvedObject: z.looseObject({
    kind: optionalText,
    namespace: optionalText,
    name: optionalText,
    uid: optionalText,
    fieldPath: optionalText,
  }),
  source: z.optional(z.looseObject({ component: optionalText })),
});

export const selfSubjectAccessReview = z.looseObject({
  status: z._default(
    z.looseObject({
      allowed: z.boolean(),
      denied: optionalFlag,
      reason: optionalText,
      evaluationError: optionalText,
    }),
    { allowed: false },
  ),
});

/** `/version`. */
export const versionInfo = z.looseObject({
  major: z.string(),
  minor: z.string(),
  gitVersion: z.string(),
});

export type Event = z.infer<typeof event>;
