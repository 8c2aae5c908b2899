import * as addOns from './schema/add-ons.ts';
import * as cluster from './schema/cluster.ts';
import { nodes } from './schema/nodes.ts';
import * as release from './schema/release.ts';

/** Every part of the facts, and what it looks like once it is known. */
export const factSchemas = {
  server: cluster.server,
  apis: cluster.apis,
  domains: cluster.domains,
  namespace: cluster.namespace,
  namespaces: cluster.namespaces,
  permissions: cluster.permissions,
  quotas: cluster.quotas,
  limitRanges: cluster.limitRanges,
  storageClasses: cluster.storageClasses,
  priorityClasses: cluster.priorityClasses,
  networkPlugins: cluster.networkPlugins,
  apiServices: cluster.apiServices,
  servedMetrics: cluster.servedMetrics,
  webhooks: cluster.webhooks,
  nodes,
  istio: addOns.istio,
  linkerd: addOns.linkerd,
  keda: addOns.keda,
  vpa: addOns.vpa,
  prometheusOperator: addOns.prometheusOperator,
  monitors: addOns.monitors,
  grafana: addOns.grafana,
  ingressClasses: addOns.ingressClasses,
  gateways: addOns.gateways,
  knownServices: addOns.knownServices,
  claims: release.claims,
  release: release.release,
  workload: release.workload,
  autoscalers: release.autoscalers,
  secrets: release.secrets,
  secretNames: release.secretNames,
  configMaps: release.configMaps,
  services: release.services,
  obstacles: release.obstacles,
  dryRun: release.dryRun,
  rollouts: release.rollouts,
} as const;
