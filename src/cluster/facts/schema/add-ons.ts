import * as z from 'zod/mini';
import { controller, labels, names, selector } from './parts.ts';

export const istio = z.strictObject({
  /** Whether its CRDs are served. */
  served: z.boolean(),
  revisions: z.array(
    z.strictObject({
      /** `default` for the one without a name. */
      revision: z.string(),
      /** Null where it runs outside of the cluster: only its webhook tells of it. */
      controller: z.nullable(controller),
      /** Of its mesh configuration: ALLOW_ANY or REGISTRY_ONLY; empty where that cannot be seen. */
      outboundPolicy: z.string(),
      prometheusMerge: z.boolean(),
      trustDomain: z.string(),
    }),
  ),
  /** Revision tags and the revision each stands for. */
  tags: labels,
  /** Revision that would inject our pods through the namespace's labels; empty where none would. */
  injectsNamespace: z.string(),
  /**
   * What a PeerAuthentication of the namespace, or else of the mesh, wants of callers; null where
   * that could not be seen.
   */
  peers: z.nullable(
    z.strictObject({
      /** STRICT, PERMISSIVE or DISABLE. */
      mode: z.string(),
      /** `namespace/name` of the object; empty where it is Istio's own default. */
      source: z.string(),
    }),
  ),
  ambient: z.boolean(),
  cni: z.boolean(),
});

export const linkerd = z.strictObject({
  served: z.boolean(),
  controllers: z.array(controller),
  clusterDomain: z.string(),
  opaquePorts: z.string(),
  defaultInboundPolicy: z.string(),
  /** What each proxy requests (cpu, memory), as far as that was set. */
  proxyRequests: labels,
  cni: z.boolean(),
  /** Whether the namespace's annotation makes Linkerd inject our pods. */
  injectsNamespace: z.boolean(),
});

export const keda = z.strictObject({ served: z.boolean(), controllers: z.array(controller) });

export const vpa = z.strictObject({
  served: z.boolean(),
  recommender: z.nullable(controller),
  updater: z.nullable(controller),
  admission: z.nullable(controller),
});

/** A Prometheus or PrometheusAgent of prometheus-operator, and what it selects. */
const prometheus = z.strictObject({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** `http://…` of the Service in front of it; empty where none was found. */
  address: z.string(),
  serviceMonitorSelector: selector,
  serviceMonitorNamespaceSelector: selector,
  podMonitorSelector: selector,
  podMonitorNamespaceSelector: selector,
  ruleSelector: selector,
  ruleNamespaceSelector: selector,
  /** Whether it gets series that no monitor asks for; facts of older versions do not tell. */
  hasOtherSources: z.optional(z.boolean()),
});

export const prometheusOperator = z.strictObject({
  served: z.boolean(),
  controllers: z.array(controller),
  prometheuses: z.array(prometheus),
});

/** What the objects of prometheus-operator have collected, of any release. */
export const monitors = z.strictObject({
  monitors: z.array(
    z.strictObject({
      kind: z.enum(['ServiceMonitor', 'PodMonitor']),
      namespace: z.string(),
      name: z.string(),
      /** Of Services or pods. */
      selector,
      /** Namespaces where it looks; null: in all. */
      namespaces: z.nullable(names),
      /** `namespace/name` of the helm release that owns it; empty where none does. */
      owner: z.string(),
    }),
  ),
  /** ScrapeConfigs, which may have anything collected. */
  scrapeConfigs: z.number(),
});

/** Sidecars that load dashboards from ConfigMaps. */
export const grafana = z.array(
  z.strictObject({
    namespace: z.string(),
    name: z.string(),
    label: z.string(),
    labelValue: z.string(),
    /** ALL, or the namespaces it looks at; its own where that is empty. */
    searchNamespaces: names,
    folderAnnotation: z.string(),
  }),
);

export const ingressClasses = z.array(
  z.strictObject({ name: z.string(), controller: z.string(), isDefault: z.boolean() }),
);

export const gateways = z.strictObject({
  served: z.boolean(),
  classes: z.array(
    z.strictObject({ name: z.string(), controller: z.string(), accepted: z.boolean() }),
  ),
  gateways: z.array(
    z.strictObject({
      namespace: z.string(),
      name: z.string(),
      class: z.string(),
      listeners: z.array(
        z.strictObject({
          name: z.string(),
          port: z.number(),
          /** HTTP, HTTPS, TLS, TCP … */
          protocol: z.string(),
          /** Empty: any. */
          hostname: z.string(),
          /** Namespaces whose routes it takes: All, Same, Selector or None. */
          from: z.string(),
          selector,
          /** Kinds of routes; empty: those that go with the protocol. */
          kinds: names,
        }),
      ),
    }),
  ),
});

/** Services that XERV can be told of, as the usual charts label them. */
export const knownServices = z.array(
  z.strictObject({
    /** `otlp`: takes traces over gRPC. */
    kind: z.enum(['prometheus', 'otlp', 'redis', 'nats']),
    namespace: z.string(),
    name: z.string(),
    port: z.number(),
  }),
);
