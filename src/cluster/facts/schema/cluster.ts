import * as z from 'zod/mini';
import { labels, names } from './parts.ts';

/** The API server itself. */
export const server = z.strictObject({
  /** Such as v1.36.3. */
  gitVersion: z.string(),
  minor: z.number(),
  /** openshift, gke, eks, aks, k3s, kind …; empty where nothing tells. */
  distribution: z.string(),
});

/** Every served group and version (`apps/v1`) and, of the groups asked for, each kind (`apps/v1/Deployment`). */
export const apis = names;

export const namespace = z.strictObject({
  exists: z.boolean(),
  terminating: z.boolean(),
  /** Why it is stuck, in the words of its conditions. */
  conditions: names,
  labels,
});

/** Domains that the cluster's DNS answers for, such as cluster.local; empty where nothing tells. */
export const domains = names;

/** Labels of every namespace, by name. */
export const namespaces = z.record(z.string(), labels);

/** What the user may do, of what was asked: `create deployments.apps` → allowed. */
export const permissions = z.record(z.string(), z.boolean());

export const quotas = z.array(
  z.strictObject({
    name: z.string(),
    /** Quantities as the server wrote them. */
    hard: labels,
    used: labels,
    /** What an object must be to be counted, all of it at once; without any, each is. */
    scopes: z.array(z.strictObject({ scope: z.string(), operator: z.string(), values: names })),
  }),
);

export const limitRanges = z.array(
  z.strictObject({
    name: z.string(),
    limits: z.array(
      z.strictObject({
        /** Pod, Container or PersistentVolumeClaim. */
        type: z.string(),
        min: labels,
        max: labels,
        default: labels,
        defaultRequest: labels,
        maxLimitRequestRatio: labels,
      }),
    ),
  }),
);

export const storageClasses = z.array(
  z.strictObject({
    name: z.string(),
    provisioner: z.string(),
    isDefault: z.boolean(),
    allowVolumeExpansion: z.boolean(),
    /** Immediate or WaitForFirstConsumer. */
    volumeBindingMode: z.string(),
    reclaimPolicy: z.string(),
    /** Zones where it makes volumes; empty where it says nothing of them. */
    zones: names,
    /** Values of the label kubernetes.io/hostname, where it names nodes; absent where it names none. */
    hosts: z.optional(names),
  }),
);

export const priorityClasses = names;

/** What pods of each RuntimeClass get: resources, and where they may run. */
export const runtimeClasses = z.array(
  z.strictObject({
    name: z.string(),
    /** As written, such as 250m. */
    overhead: z.record(z.string(), z.string()),
    nodeSelector: labels,
    tolerations: z.array(
      z.strictObject({
        key: z.optional(z.nullable(z.string())),
        operator: z.optional(z.nullable(z.string())),
        value: z.optional(z.nullable(z.string())),
        effect: z.optional(z.nullable(z.string())),
      }),
    ),
  }),
);

/** Network plugins that were found, and whether they enforce NetworkPolicy. */
export const networkPlugins = z.array(
  z.strictObject({
    /** Such as calico. */
    name: z.string(),
    /** `namespace/name` of its DaemonSet. */
    daemonSet: z.string(),
    /** Null where that depends on a setting which cannot be seen. */
    enforces: z.nullable(z.boolean()),
  }),
);

/** APIs that another server answers, such as v1beta1.metrics.k8s.io. */
export const apiServices = z.array(
  z.strictObject({
    name: z.string(),
    available: z.boolean(),
    reason: z.string(),
    /** `namespace/name` of its Service. */
    service: z.string(),
  }),
);

/**
 * What the servers of metrics say they have: `pods/NAME`, `deployments.apps/NAME` …; of external
 * ones the name alone. Null where that could not be read, or nobody serves the group.
 */
export const servedMetrics = z.strictObject({
  custom: z.nullable(names),
  external: z.nullable(names),
});

export const webhooks = z.array(
  z.strictObject({
    /** Name of the configuration. */
    configuration: z.string(),
    name: z.string(),
    mutating: z.boolean(),
    failurePolicy: z.string(),
    sideEffects: z.string(),
    /** `namespace/name` of its Service, or its URL. */
    service: z.string(),
    /** Whether its Service has a ready endpoint; null where it is a URL or could not be seen. */
    reachable: z.nullable(z.boolean()),
    /** `group/resource` that it is asked about, with `*`; `/pods` in the core group. */
    resources: names,
    /** Whether it is asked in our namespace; null where its selectors or conditions do not tell. */
    matchesNamespace: z.nullable(z.boolean()),
    /** As text, to be matched against our pods. */
    objectSelector: z.string(),
    caBundle: z.boolean(),
  }),
);
