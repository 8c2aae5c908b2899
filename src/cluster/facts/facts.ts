import type * as z from 'zod/mini';
import * as addOns from './schema/add-ons.ts';
import * as cluster from './schema/cluster.ts';
import { nodes } from './schema/nodes.ts';
import * as release from './schema/release.ts';

/** Every part of the facts, and what it looks like once it is known. */
export const factSchemas = {
  server: cluster.server,
  apis: cluster.apis,
  namespace: cluster.namespace,
  namespaces: cluster.namespaces,
  permissions: cluster.permissions,
  quotas: cluster.quotas,
  limitRanges: cluster.limitRanges,
  storageClasses: cluster.storageClasses,
  priorityClasses: cluster.priorityClasses,
  networkPlugins: cluster.networkPlugins,
  apiServices: cluster.apiServices,
  webhooks: cluster.webhooks,
  nodes,
  istio: addOns.istio,
  linkerd: addOns.linkerd,
  keda: addOns.keda,
  vpa: addOns.vpa,
  prometheusOperator: addOns.prometheusOperator,
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
} as const;

export type FactName = keyof typeof factSchemas;
export type FactValue<Name extends FactName> = z.infer<(typeof factSchemas)[Name]>;

/** Why something could not be looked at. */
export const gapReasons = ['forbidden', 'timeout', 'not-served', 'no-cluster', 'failed'] as const;

/** Something about the cluster, or why it could not be seen. Absent: nobody asked. */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T }
  | {
      readonly state: 'unknown';
      readonly reason: (typeof gapReasons)[number];
      /** The server's words, without anything secret. */
      readonly detail: string;
    };

/** What was seen of the cluster; it can be saved and judged later. */
export type ClusterFacts = { readonly [Name in FactName]?: Fact<FactValue<Name>> };

export const known = <T>(value: T): Fact<T> => ({ state: 'known', value });
