import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { parsePreset } from '../../src/values/presets.ts';
import {
  deployment,
  istio,
  keda,
  kubePrometheusStack,
  linkerd,
  prometheusKind,
  serviceObject,
  vpa,
} from './add-ons.ts';
import { type AggregatedApi, aggregatedApi, serveAggregatedApi } from './aggregated-api.ts';
import { eventually, type SharedCluster } from './cluster.ts';
import { type AddOn, ensureCrds, everyAddOn } from './crds.ts';
import { applyObjects } from './facts.ts';
import { startOwnCluster } from './own-cluster.ts';

/** A control plane for tests of add-ons, with an aggregated API that says yes to everything. */
export interface AddOnCluster {
  /** Before the tests begin there is none. */
  readonly cluster: () => SharedCluster;
  /** Objects by which that API is said to be one of this group, and a Service to serve it. */
  readonly metricsApi: (group: string, service: string) => object[];
  /** Makes kinds known, those of every add-on by default. */
  readonly makeKinds: (addOns?: readonly AddOn[]) => Promise<void>;
  /** Applies objects, also of kinds that were made known just now. */
  readonly apply: (...objects: readonly object[]) => Promise<void>;
}

/** Gives the tests of a file, or of a block, such a control plane to themselves. */
export function useAddOnCluster(
  shared: SharedCluster,
  options: Parameters<typeof startOwnCluster>[1] = {},
): AddOnCluster {
  let own: Awaited<ReturnType<typeof startOwnCluster>>;
  let api: AggregatedApi;
  beforeAll(async () => {
    [own, api] = await Promise.all([startOwnCluster(shared, options), serveAggregatedApi()]);
  });
  afterAll(async () => {
    await Promise.all([own?.stop(), api?.close()]);
  });
  return {
    cluster: () => own,
    metricsApi: (group, service) => [...aggregatedApi(group, service, api.port)],
    makeKinds: (addOns = everyAddOn) => ensureCrds(own, addOns),
    apply: async (...objects) => {
      // kubectl may still know the kinds of before.
      await eventually(async () => {
        await applyObjects(own, objects);
        return true;
      }, 60_000);
    },
  };
}

/** A Deployment of one pod, and a Service in front of it. */
export const served = (namespace: string, name: string, port: number) => [
  deployment({ namespace, name, image: `${name}:1` }),
  serviceObject(namespace, name, port),
];

/** Istio, and Linkerd as `linkerd install` leaves it where nothing else is said. */
export const meshesAtWork = () => [
  ...istio(),
  ...linkerd().map((object) =>
    object.kind === 'ConfigMap' ? { ...object, data: { values: '{}' } } : object,
  ),
];

/** The kind of which the Prometheus among the objects below is; comes before them. */
export { prometheusKind };

/** KEDA, the Vertical Pod Autoscaler, Prometheus with Grafana, and the metrics that they want. */
export const scalersAndMonitoringAtWork = ({ metricsApi }: Pick<AddOnCluster, 'metricsApi'>) => [
  ...keda(),
  ...vpa(),
  ...kubePrometheusStack(),
  ...metricsApi('external.metrics.k8s.io', 'keda/keda-operator-metrics-apiserver'),
  ...metricsApi('metrics.k8s.io', 'kube-system/metrics-server'),
  ...served('monitoring', 'prometheus-server', 80),
];

const presetFolder = new URL('../../presets/', import.meta.url);

/** Ids of the warnings that the leading comments of presets say are to be expected. */
export async function warningsListedBy(...presets: readonly string[]): Promise<Set<string>> {
  const lists = await Promise.all(
    presets.map(async (name) => {
      const text = await readFile(new URL(`${name}.yaml`, presetFolder), 'utf8');
      return parsePreset(name, text).warnings;
    }),
  );
  return new Set(lists.flat().flatMap((line) => line.match(/XV-\d+/g) ?? []));
}
