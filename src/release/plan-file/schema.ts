import * as z from 'zod/mini';
import { secretBackends } from '../../values/secrets.ts';

const text = z.string();
const count = z.int().check(z.minimum(0));
const digest = text.check(z.regex(/^sha256:[0-9a-f]{64}$/));

/** What an object was like when the plan was made. */
export const fingerprint = z.strictObject({
  uid: text,
  resourceVersion: text,
  /** Counts changes of the specification, of kinds that have one. */
  generation: z.optional(count),
  /** Of what is no status and no secret; only of kinds whose status changes by itself. */
  content: z.optional(digest),
});

/**
 * What a plan holds only for. Everything that decides about the outcome is here: the chart, the
 * cluster, the release, and the objects that are there already.
 */
export const binding = z.strictObject({
  target: z.strictObject({
    context: text,
    server: text,
    identity: text,
    namespace: text,
    release: text,
  }),
  chart: z.strictObject({
    reference: text,
    version: z.optional(text),
    bundled: z.boolean(),
    digest,
  }),
  /** helm 3 merges on the client, helm 4 applies on the server. */
  helmMajor: count,
  /** Such as v1.36.3; the chart is rendered for it. */
  kubernetes: text,
  /** What `helm template` makes of chart and values on this cluster. */
  manifest: digest,
  /** The newest revision; absent where there is no release. */
  release: z.optional(z.strictObject({ revision: count, status: text })),
  namespace: z.enum(['present', 'absent', 'terminating', 'unknown']),
  /** By `Kind/name`; null where there is no such object. */
  objects: z.record(text, z.nullable(fingerprint)),
});

/**
 * A saved plan: what `install --plan` applies. It has no place for a secret. `version` changes where
 * an old file can no longer be read.
 */
export const planFile = z.strictObject({
  format: z.literal('create-xerv-deploy plan'),
  version: z.literal(1),
  /** Version of the program. */
  madeBy: text,
  /** RFC 3339. */
  madeAt: text,
  binding,
  /** What helm is given. */
  values: z.record(text, z.json()),
  /** The values file whose comments the written one keeps. */
  valuesFrom: z.optional(text),
  /** Secrets that the apply creates; their content is given again then. */
  secrets: z.array(
    z.strictObject({
      backend: z.enum(secretBackends),
      name: text,
      key: text,
      /** A Secret of ours that is there already and is used again. */
      exists: z.boolean(),
      /** The URL, its credentials masked. */
      url: text,
    }),
  ),
  /** Checks that were let pass, and why. */
  skips: z.record(text, text),
});

export type PlanFile = z.infer<typeof planFile>;
export type PlanBinding = z.infer<typeof binding>;
export type Fingerprint = z.infer<typeof fingerprint>;
