import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import { parsePreset } from '../../src/values/presets.ts';
import {
  daemonSet,
  deployment,
  istio,
  keda,
  kubePrometheusStack,
  linkerd,
  namespaceObject,
  prometheusKind,
  serviceObject,
  vpa,
} from '../support/add-ons.ts';
import {
  type AggregatedApi,
  aggregatedApi,
  serveAggregatedApi,
} from '../support/aggregated-api.ts';
import { describeCluster, eventually, makeNamespace } from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { applyObjects } from '../support/facts.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { startOwnCluster } from '../support/own-cluster.ts';

const folder = new URL('../../presets/', import.meta.url);
const presets = (await readdir(folder)).map((file) => file.replace(/\.yaml$/, '')).sort();

/** What the leading comments ask for beside the cluster. */
const asked: Readonly<Record<string, readonly string[]>> = {
  observability: [
    ...['--set', 'metrics.serviceMonitor.labels.release=kps'],
    ...['--set', 'monitoring.alerts.labels.release=kps'],
  ],
};

/** Presets that go together, beside each for itself. */
const combinations: readonly (readonly string[])[] = [
  ...presets.map((name) => (name === 'keda' ? ['redis', 'keda'] : [name])),
  ['nats', 'keda'],
  ['redis', 'keda', 'observability'],
  ['production-raft', 'istio', 'observability'],
  ['nats', 'linkerd', 'network-secure'],
];

/** Ids that the leading comment of a preset lists. */
async function listed(name: string): Promise<string[]> {
  const { warnings } = parsePreset(name, await readFile(new URL(`${name}.yaml`, folder), 'utf8'));
  return warnings.flatMap((line) => line.match(/XV-\d+/g) ?? []);
}

describeCluster('no false alarm where all is as the presets ask', (shared) => {
  let cluster: Awaited<ReturnType<typeof startOwnCluster>>;
  let api: AggregatedApi;
  beforeAll(async () => {
    [cluster, api] = await Promise.all([startOwnCluster(shared), serveAggregatedApi()]);
    await ensureCrds(cluster, [
      ...(['gateway-api', 'istio', 'keda', 'linkerd', 'prometheus-operator'] as const),
      'vertical-pod-autoscaler',
    ]);
    await applyObjects(cluster, [prometheusKind]);
    const objects = [
      ...istio(),
      // As `linkerd install` leaves it where nothing else is said.
      ...linkerd().map((object) =>
        object.kind === 'ConfigMap' ? { ...object, data: { values: '{}' } } : object,
      ),
      ...keda(),
      ...vpa(),
      ...kubePrometheusStack().map((object) =>
        object.kind === 'Prometheus' && 'spec' in object
          ? { ...object, spec: { ...object.spec, ruleNamespaceSelector: {} } }
          : object,
      ),
      ...aggregatedApi('external.metrics.k8s.io', 'keda/keda-operator-metrics-apiserver', api.port),
      ...aggregatedApi('metrics.k8s.io', 'kube-system/metrics-server', api.port),
      deployment({ namespace: 'monitoring', name: 'prometheus-server', image: 'prometheus:3' }),
      serviceObject('monitoring', 'prometheus-server', 80),
      daemonSet({ namespace: 'kube-system', name: 'calico-node', image: 'calico/node:v3.31.0' }),
      namespaceObject('frontend'),
    ];
    // kubectl may still know the kinds of before.
    await eventually(async () => {
      await applyObjects(cluster, objects);
      return true;
    }, 60_000);
  });
  afterAll(async () => {
    await Promise.all([cluster?.stop(), api?.close()]);
  });

  test.each(combinations.map((names) => [names.join(' + '), names] as const))(
    '%s',
    async (_, names) => {
      const expected = new Set((await Promise.all(names.map(listed))).flat());
      const namespace = await makeNamespace(cluster);
      await applyObjects(cluster, [
        ...['redis-cluster', 'nats', 'tempo'].map((name) =>
          deployment({ namespace, name, image: `${name}:1` }),
        ),
        serviceObject(namespace, 'redis-cluster', 6379),
        serviceObject(namespace, 'nats', 4222),
        serviceObject(namespace, 'tempo', 4317),
      ]);
      const { run } = await openWorkplace(cluster, namespace);
      const args = names.flatMap((name) => ['--preset', name, ...(asked[name] ?? [])]);
      const look = async (): Promise<Finding[]> => {
        const { stdout, stderr } = await run(['check', ...args, '-o', 'json']);
        if (!stdout) throw new Error(stderr);
        return JSON.parse(stdout).findings;
      };
      const alarms = async () =>
        (await look()).filter(
          ({ check, status }) =>
            status === 'fail' ||
            status === 'unknown' ||
            (status === 'warn' && !expected.has(check)),
        );
      // The pods of what is asked for may still be on their way.
      let last: Finding[] = [];
      await eventually(async () => {
        last = await alarms();
        return last.length === 0 ? true : undefined;
      }, 60_000).catch(() => undefined);
      expect(last).toEqual([]);
    },
  );
});
