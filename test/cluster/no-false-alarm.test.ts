import { readdir } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import {
  meshesAtWork,
  prometheusKind,
  scalersAndMonitoringAtWork,
  served,
  useAddOnCluster,
  warningsListedBy,
} from '../support/add-on-cluster.ts';
import { daemonSet, namespaceObject } from '../support/add-ons.ts';
import { describeCluster, eventually, makeNamespace } from '../support/cluster.ts';
import { findingsOf, openWorkplace } from '../support/on-cluster.ts';

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

describeCluster('no false alarm where all is as the presets ask', (shared) => {
  const addOns = useAddOnCluster(shared);
  beforeAll(async () => {
    await addOns.makeKinds();
    await addOns.apply(prometheusKind);
    await addOns.apply(
      ...meshesAtWork(),
      ...scalersAndMonitoringAtWork(addOns).map((object) =>
        'kind' in object && object.kind === 'Prometheus' && 'spec' in object
          ? { ...object, spec: { ...(object.spec as object), ruleNamespaceSelector: {} } }
          : object,
      ),
      daemonSet({ namespace: 'kube-system', name: 'calico-node', image: 'calico/node:v3.31.0' }),
      namespaceObject('frontend'),
    );
  });

  test.each(combinations.map((names) => [names.join(' + '), names] as const))(
    '%s',
    async (_, names) => {
      const expected = await warningsListedBy(...names);
      const namespace = await makeNamespace(addOns.cluster());
      await addOns.apply(
        ...served(namespace, 'redis-cluster', 6379),
        ...served(namespace, 'nats', 4222),
        ...served(namespace, 'tempo', 4317),
      );
      const { run } = await openWorkplace(addOns.cluster(), namespace);
      const args = names.flatMap((name) => ['--preset', name, ...(asked[name] ?? [])]);
      const look = async () => findingsOf(await run(['check', ...args, '-o', 'json']));
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
