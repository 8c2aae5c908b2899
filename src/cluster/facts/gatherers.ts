import type { Gatherers } from './gather.ts';

/**
 * How each part of the cluster is looked at. What only the caller knows how to look for, the
 * caller adds: the release's record, what stands in the way, the dry run.
 */
export const clusterGatherers: Gatherers = {
  server: async () => (await import('./parts/server.ts')).gatherServer,
  apis: async () => (await import('./parts/apis.ts')).gatherApis,
  namespace: async () => (await import('./parts/namespace.ts')).gatherNamespace,
  namespaces: async () => (await import('./parts/namespaces.ts')).gatherNamespaces,
  permissions: async () => (await import('./parts/permissions.ts')).gatherPermissions,
  quotas: async () => (await import('./parts/quotas.ts')).gatherQuotas,
  limitRanges: async () => (await import('./parts/limit-ranges.ts')).gatherLimitRanges,
  storageClasses: async () => (await import('./parts/storage-classes.ts')).gatherStorageClasses,
  priorityClasses: async () => (await import('./parts/priority-classes.ts')).gatherPriorityClasses,
  networkPlugins: async () => (await import('./parts/network-plugins.ts')).gatherNetworkPlugins,
  apiServices: async () => (await import('./parts/api-services.ts')).gatherApiServices,
  webhooks: async () => (await import('./parts/webhooks.ts')).gatherWebhooks,
  nodes: async () => (await import('./parts/nodes.ts')).gatherNodes,
  istio: async () => (await import('./parts/istio.ts')).gatherIstio,
  linkerd: async () => (await import('./parts/linkerd.ts')).gatherLinkerd,
  keda: async () => (await import('./parts/keda.ts')).gatherKeda,
  vpa: async () => (await import('./parts/vpa.ts')).gatherVpa,
  prometheusOperator: async () =>
    (await import('./parts/prometheus-operator.ts')).gatherPrometheusOperator,
  grafana: async () => (await import('./parts/grafana.ts')).gatherGrafana,
  ingressClasses: async () => (await import('./parts/ingress-classes.ts')).gatherIngressClasses,
  gateways: async () => (await import('./parts/gateways.ts')).gatherGateways,
  knownServices: async () => (await import('./parts/known-services.ts')).gatherKnownServices,
  claims: async () => (await import('./parts/claims.ts')).gatherClaims,
  workload: async () => (await import('./parts/workload.ts')).gatherWorkload,
  autoscalers: async () => (await import('./parts/autoscalers.ts')).gatherAutoscalers,
  secrets: async () => (await import('./parts/secrets.ts')).gatherSecrets,
  secretNames: async () => (await import('./parts/secret-names.ts')).gatherSecretNames,
  configMaps: async () => (await import('./parts/config-maps.ts')).gatherConfigMaps,
  services: async () => (await import('./parts/services.ts')).gatherServices,
};
