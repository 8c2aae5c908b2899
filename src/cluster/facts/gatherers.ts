import type { Api } from '../types.ts';
import type { FactPlace, Gatherers } from './gather.ts';
import { gatherApiServices } from './parts/api-services.ts';
import { gatherApis } from './parts/apis.ts';
import { gatherAutoscalers } from './parts/autoscalers.ts';
import { gatherClaims } from './parts/claims.ts';
import { gatherConfigMaps } from './parts/config-maps.ts';
import { gatherDomains } from './parts/domains.ts';
import { gatherGateways } from './parts/gateways.ts';
import { gatherGrafana } from './parts/grafana.ts';
import { gatherIngressClasses } from './parts/ingress-classes.ts';
import { gatherIstio } from './parts/istio.ts';
import { gatherKeda } from './parts/keda.ts';
import { gatherKnownServices } from './parts/known-services.ts';
import { gatherLimitRanges } from './parts/limit-ranges.ts';
import { gatherLinkerd } from './parts/linkerd.ts';
import { gatherMonitors } from './parts/monitors.ts';
import { gatherNamespace } from './parts/namespace.ts';
import { gatherNamespaces } from './parts/namespaces.ts';
import { gatherNetworkPlugins } from './parts/network-plugins.ts';
import { foreseeNodes, gatherNodes } from './parts/nodes.ts';
import { gatherPermissions } from './parts/permissions.ts';
import { gatherPriorityClasses } from './parts/priority-classes.ts';
import { gatherPrometheusOperator } from './parts/prometheus-operator.ts';
import { gatherQuotas } from './parts/quotas.ts';
import { gatherRuntimeClasses } from './parts/runtime-classes.ts';
import { gatherSecretNames } from './parts/secret-names.ts';
import { gatherSecrets } from './parts/secrets.ts';
import { gatherServedMetrics } from './parts/served-metrics.ts';
import { gatherServer } from './parts/server.ts';
import { gatherServices } from './parts/services.ts';
import { gatherStorageClasses } from './parts/storage-classes.ts';
import { gatherVpa } from './parts/vpa.ts';
import { foreseeWebhooks, gatherWebhooks } from './parts/webhooks.ts';
import { gatherWorkload } from './parts/workload.ts';

/** How those parts of the cluster are looked at for which nothing needs to be rendered. */
export const placeGatherers: Gatherers<FactPlace> = {
  server: gatherServer,
  domains: gatherDomains,
  namespace: gatherNamespace,
  namespaces: gatherNamespaces,
  quotas: gatherQuotas,
  limitRanges: gatherLimitRanges,
  storageClasses: gatherStorageClasses,
  priorityClasses: gatherPriorityClasses,
  runtimeClasses: gatherRuntimeClasses,
  networkPlugins: gatherNetworkPlugins,
  apiServices: gatherApiServices,
  servedMetrics: gatherServedMetrics,
  istio: gatherIstio,
  linkerd: gatherLinkerd,
  keda: gatherKeda,
  vpa: gatherVpa,
  prometheusOperator: gatherPrometheusOperator,
  monitors: gatherMonitors,
  grafana: gatherGrafana,
  ingressClasses: gatherIngressClasses,
  gateways: gatherGateways,
  knownServices: gatherKnownServices,
  autoscalers: gatherAutoscalers,
  secretNames: gatherSecretNames,
};

/**
 * How each part of the cluster is looked at. What only the caller knows how to look for, the
 * caller adds: the release's record, what stands in the way, the dry run.
 */
export const clusterGatherers: Gatherers = {
  ...placeGatherers,
  apis: gatherApis,
  permissions: gatherPermissions,
  webhooks: gatherWebhooks,
  nodes: gatherNodes,
  claims: gatherClaims,
  workload: gatherWorkload,
  secrets: gatherSecrets,
  configMaps: gatherConfigMaps,
  services: gatherServices,
};

/**
 * What parts of the facts ask for whatever is rendered. Asked for before, of an API that shares what is
 * read, it is there when they want it.
 */
export const foreseen: readonly ((api: Api, signal: AbortSignal) => void)[] = [
  foreseeWebhooks,
  foreseeNodes,
];
