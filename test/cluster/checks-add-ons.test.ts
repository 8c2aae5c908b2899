import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import {
  prometheusKind,
  scalersAndMonitoringAtWork,
  served,
  useAddOnCluster,
  warningsListedBy,
} from '../support/add-on-cluster.ts';
import { keda, namespaceObject, serviceObject } from '../support/add-ons.ts';
import { describeCluster, eventually, kubectl } from '../support/cluster.ts';
import { findingsOf, openWorkplace } from '../support/on-cluster.ts';

const redis = ['--preset', 'redis', '--set', 'dispatch.redis.url=redis://redis.example.com:6379'];
const kedaPreset = [...redis, '--preset', 'keda'];
const hpaOnMetrics = [
  ...redis,
  ...['--set', 'autoscaling.enabled=true,autoscaling.metrics.pendingTraces.enabled=true'],
];
const observability = ['--preset', 'observability'];
const asKps = [
  ...['--set', 'metrics.serviceMonitor.labels.release=kps'],
  ...['--set', 'monitoring.alerts.labels.release=kps'],
  // Its rules are read in its own namespace only.
  ...['--set', 'monitoring.alerts.namespace=monitoring'],
];

// The tests follow each other on one cluster, to which more and more is added.
describeCluster('checks of add-ons, as a user runs them', (shared) => {
  const addOns = useAddOnCluster(shared);

  async function check(args: readonly string[]): Promise<readonly Finding[]> {
    const namespace = `test-${randomBytes(4).toString('hex')}`;
    const { run } = await openWorkplace(addOns.cluster(), namespace);
    return findingsOf(await run(['check', ...args, '-o', 'json']));
  }
  const statusOf = (findings: readonly Finding[], id: string) =>
    findings.filter((finding) => finding.check === id).map(({ status }) => status);
  const statuses = async (args: readonly string[], ids: readonly string[]) => {
    const findings = await check(args);
    return Object.fromEntries(ids.map((id) => [id, statusOf(findings, id)]));
  };
  const until = (ready: () => Promise<boolean>) =>
    eventually(async () => ((await ready()) ? true : undefined), 30_000);

  test('absent', async () => {
    expect(await statuses(kedaPreset, ['XV-405', 'XV-406', 'XV-409'])).toEqual({
      'XV-405': ['fail'],
      'XV-406': [],
      'XV-409': [],
    });
    expect(await statuses(['--preset', 'vpa'], ['XV-410', 'XV-415', 'XV-416'])).toEqual({
      'XV-410': ['fail'],
      'XV-415': ['fail'],
      'XV-416': [],
    });
    expect(
      await statuses(observability, ['XV-601', 'XV-602', 'XV-603', 'XV-608', 'XV-612']),
    ).toEqual({
      'XV-601': ['fail'],
      'XV-602': [],
      'XV-603': [],
      'XV-608': ['warn'],
      'XV-612': ['warn'],
    });
    expect(await statuses(hpaOnMetrics, ['XV-410', 'XV-412'])).toEqual({
      'XV-410': ['fail'],
      'XV-412': ['fail'],
    });
  });

  test('half installed: kinds without anybody who works on them', async () => {
    await addOns.makeKinds(['keda', 'prometheus-operator', 'vertical-pod-autoscaler']);
    expect(await statuses(kedaPreset, ['XV-405', 'XV-406', 'XV-409'])).toEqual({
      'XV-405': ['pass'],
      'XV-406': ['fail'],
      'XV-409': ['fail'],
    });
    expect(await statuses(['--preset', 'vpa'], ['XV-415', 'XV-416'])).toEqual({
      'XV-415': ['pass'],
      'XV-416': ['fail'],
    });
    expect(await statuses(observability, ['XV-601', 'XV-602', 'XV-603'])).toEqual({
      'XV-601': ['pass'],
      'XV-602': ['warn'],
      'XV-603': ['skip'],
    });
  });

  test('external metrics in other hands', async () => {
    await addOns.apply(
      namespaceObject('datadog'),
      ...addOns.metricsApi('external.metrics.k8s.io', 'datadog/cluster-agent'),
      ...keda(),
    );
    await until(async () => statusOf(await check(kedaPreset), 'XV-406')[0] === 'pass');
    const found = (await check(kedaPreset)).find((finding) => finding.check === 'XV-409');
    expect(found).toMatchObject({
      status: 'fail',
      message: 'datadog/cluster-agent serves external.metrics.k8s.io, not KEDA.',
    });
    const service = 'v1beta1.external.metrics.k8s.io';
    await kubectl(addOns.cluster(), ['delete', 'apiservice', service]);
  });

  test('present: each preset without a failure, and with the warnings that it lists', async () => {
    await addOns.apply(prometheusKind);
    await addOns.apply(
      ...scalersAndMonitoringAtWork(addOns),
      ...served('monitoring', 'tempo', 4317),
    );
    const collector = ['--set', 'monitoring.tracing.endpoint=http://tempo.monitoring:4317'];
    const cases: readonly (readonly [readonly string[], readonly string[], readonly string[]])[] = [
      [[...observability, ...asKps, ...collector], ['observability'], ['XV-607', 'XV-613']],
      [kedaPreset, ['redis', 'keda'], ['XV-408', 'XV-605', 'XV-606', 'XV-607']],
      [['--preset', 'vpa'], ['vpa'], ['XV-418']],
    ];
    for (const [args, presets, said] of cases) {
      const listed = await warningsListedBy(...presets);
      // Of the preset redis only what another check tells is at issue here.
      if (presets.includes('redis')) listed.add('XV-210');
      const bad = async () =>
        (await check(args)).filter(
          ({ check: id, status }) =>
            status === 'fail' || status === 'unknown' || (status === 'warn' && !listed.has(id)),
        );
      let last: Finding[] = [];
      await until(async () => {
        last = await bad();
        return last.length === 0;
      }).catch(() => undefined);
      expect(last).toEqual([]);
      // What is listed is said.
      const warned = new Set(
        (await check(args)).filter(({ status }) => status === 'warn').map((one) => one.check),
      );
      expect([...warned]).toEqual(expect.arrayContaining([...said]));
    }
  });

  test('D69: the labels that a Prometheus wants are offered, and do', async () => {
    const findings = await check(observability);
    const missed = findings.filter((finding) => finding.check === 'XV-603');
    expect(missed.map(({ status }) => status)).toEqual(['warn', 'warn']);
    const changes = missed.flatMap(({ remedies }) => remedies?.[0]?.changes ?? []);
    const sets = changes.flatMap(({ path, value }) => ['--set', `${path.join('.')}=${value}`]);
    expect(sets).toContain('metrics.serviceMonitor.labels.release=kps');
    expect(statusOf(await check([...observability, ...sets]), 'XV-603')).toEqual(['pass', 'pass']);
  });

  test('D29: an adapter that has one metric, and not another', async () => {
    await addOns.apply(...addOns.metricsApi('custom.metrics.k8s.io', 'monitoring/adapter'));
    const on = (name: string) => [
      ...redis,
      ...['--set', 'autoscaling.enabled=true,autoscaling.customMetrics[0].type=Pods'],
      ...['--set', `autoscaling.customMetrics[0].pods.metric.name=${name}`],
    ];
    const said = async (name: string) => statusOf(await check(on(name)), 'XV-412');
    await until(async () => (await said('http_requests'))[0] === 'pass');
    expect(await said('http_requests')).toEqual(['pass', 'pass']);
    expect(await said('queue_depth')).toEqual(['pass', 'warn']);
    expect(statusOf(await check(hpaOnMetrics), 'XV-412')).toEqual(['pass', 'unknown']);
  });

  test('D35: KEDA asks a Prometheus that nothing of XERV reaches', async () => {
    const ask = (host: string) => [
      ...kedaPreset,
      ...['pendingTraces', 'activeTraces'].flatMap((trigger) => [
        '--set',
        `keda.triggers.${trigger}.serverAddress=http://${host}:9090`,
      ]),
    ];
    const collected = async (host: string) =>
      (await check(ask(host))).find((finding) => finding.check === 'XV-605');
    const front = serviceObject('monitoring', 'kps-prometheus', 9090);
    await addOns.apply({
      ...front,
      spec: { ...front.spec, selector: { 'operator.prometheus.io/name': 'kps' } },
    });
    for (const host of ['prometheus-operated.monitoring.svc', 'kps-prometheus.monitoring'])
      expect(await collected(host)).toMatchObject({
        status: 'fail',
        remedies: [{ changes: [{ path: ['metrics', 'serviceMonitor', 'enabled'], value: true }] }],
      });
    // Of a Prometheus that is none of the operator's nobody knows.
    expect(await collected('prometheus-server.monitoring')).toMatchObject({ status: 'warn' });
    await addOns.apply({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { namespace: 'monitoring', name: 'everything' },
      spec: { namespaceSelector: { any: true }, selector: {}, podMetricsEndpoints: [] },
    });
    expect(await collected('kps-prometheus.monitoring')).toMatchObject({
      status: 'pass',
      evidence: ['PodMonitor monitoring/everything selects them'],
    });
  });

  test('D72: a dashboard that no sidecar looks for', async () => {
    const elsewhere = ['--set', 'monitoring.dashboards.labels.grafana_dashboard=2'];
    const [found] = (await check([...observability, ...elsewhere])).filter(
      (finding) => finding.check === 'XV-608',
    );
    expect(found).toMatchObject({ status: 'warn' });
    expect(found?.remedies?.[0]?.changes).toEqual([
      { path: ['monitoring', 'dashboards', 'labels', 'grafana_dashboard'], value: '1' },
    ]);
  });
});
