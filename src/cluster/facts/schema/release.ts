import * as z from 'zod/mini';
import { names } from './parts.ts';

/** A claim that carries our labels or a name that our pods would mount. */
export const claims = z.array(
  z.strictObject({
    name: z.string(),
    phase: z.string(),
    storageClass: z.string(),
    /** As written, such as 10Gi. */
    size: z.string(),
    accessModes: names,
    /** Zones that its volume is bound to; empty where it may be used anywhere, null where nobody tells. */
    zones: z.nullable(names),
    /** Values of the label kubernetes.io/hostname, where it is a disk of theirs; as with zones. */
    hosts: z.nullable(names),
  }),
);

/** The live release, as helm's record tells. */
export const release = z.strictObject({
  installed: z.boolean(),
  revision: z.number(),
  status: z.string(),
  chartVersion: z.string(),
});

/** Of the live workload, what a change must not or should not touch. */
export const workload = z.nullable(
  z.strictObject({
    kind: z.string(),
    name: z.string(),
    replicas: z.number(),
    readyReplicas: z.number(),
    podManagementPolicy: z.string(),
    claimTemplates: z.array(
      z.strictObject({
        name: z.string(),
        storageClass: z.string(),
        size: z.string(),
        accessModes: names,
      }),
    ),
  }),
);

/**
 * What the change makes of each workload that is rendered, by `Kind/name`: how many pods it has now,
 * and whether they are made anew. One of which that cannot be told is left out.
 */
export const rollouts = z.record(
  z.string(),
  z.strictObject({ replicas: z.number(), restarts: z.boolean() }),
);

/** Autoscalers in the namespace: `kind/name` and what each scales. */
export const autoscalers = z.array(
  z.strictObject({
    kind: z.string(),
    name: z.string(),
    target: z.string(),
    /** Name of the helm release that owns it; empty where none does. */
    owner: z.string(),
  }),
);

/** Which referenced Secrets exist, and the names of their keys. Never a value. */
export const secrets = z.record(
  z.string(),
  z.strictObject({ exists: z.boolean(), type: z.string(), keys: names }),
);

/** Secrets of the namespace by what they can be for; names only. */
export const secretNames = z.strictObject({
  opaque: names,
  /** Certificates. */
  tls: names,
  /** Credentials of image registries. */
  registry: names,
});

export const configMaps = z.record(
  z.string(),
  z.strictObject({ exists: z.boolean(), keys: names }),
);

/** Services named by addresses in the values: `namespace/name`. */
export const services = z.record(
  z.string(),
  z.strictObject({
    exists: z.boolean(),
    ports: z.array(z.number()),
    /** Null where that cannot be told: an ExternalName, or endpoints that may not be looked at. */
    readyEndpoints: z.nullable(z.number()),
    /** Name of the Prometheus object whose pods it leads to; absent where its selector names none. */
    prometheus: z.optional(z.string()),
  }),
);

/** An obstacle that the apply itself would meet, with the id of the check that reports it. */
export const obstacles = z.array(
  z.strictObject({
    check: z.string(),
    message: z.string(),
    why: z.optional(z.string()),
    next: z.optional(z.string()),
    where: z.optional(z.string()),
    /** Nobody can say whether it is one. */
    isUnknown: z.optional(z.literal(true)),
  }),
);

/** The API server's answer to each rendered object, sent as a dry run. */
export const dryRun = z.array(
  z.strictObject({
    /** `Kind/name`. */
    object: z.string(),
    outcome: z.enum(['accepted', 'refused', 'unknown', 'skipped']),
    /** admission, invalid, forbidden, not-served, quota, conflict …; empty where accepted. */
    reason: z.string(),
    message: z.string(),
    warnings: names,
    /** Whether it was sent into another namespace, because its own does not exist yet. */
    elsewhere: z.boolean(),
    /** Whether it would be made, in its own namespace; what is there already would be changed. */
    isNew: z.optional(z.literal(true)),
  }),
);
