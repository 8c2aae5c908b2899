import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { managedVariables } from '../../src/checks/managed-environment.ts';
import { givesOneNumber } from '../../src/checks/promql.ts';
import { coalesce } from '../../src/values/merge.ts';
import { valuesSchema } from '../../src/values/schema/index.ts';
import type { Tree } from '../../src/values/tree.ts';
import { chart, helms, render, renderNotes } from '../support/render.ts';
import {
  type Metric,
  readMetricsTable,
  readUpstreamReadme,
  readValuesFile,
} from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const metrics = parse(await readFile(join(chart, 'files/metrics.yaml'), 'utf8')) as Metric[];
const names = metrics.map(({ name }) => name).sort();

/** The metrics in a query or a dashboard, histograms by their own name. */
const metricsIn = (text: string) =>
  [...new Set([...text.matchAll(/\bxerv_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')))]
    .filter((name) => name !== 'xerv_xerv_')
    .sort();

test('the metrics are those of the README’s table', () => {
  expect(readMetricsTable(readme)).toEqual(
    metrics.map(({ name, type, description }) => ({ name, type, description })),
  );
});

test.concurrent.each(helms)('values-observability.yaml (%s)', async (helm) => {
  const rendering = await render(readValuesFile(readme, 'values-observability.yaml'), { helm });
  expect(rendering.get('ServiceMonitor').spec.endpoints).toMatchObject([
    { port: 'metrics', path: '/metrics', interval: '15s' },
  ]);
  expect(rendering.variables).toMatchObject({
    XERV_LOG_FORMAT: 'json',
    RUST_LOG: 'xerv=info',
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317',
    OTEL_SERVICE_NAME: 'xerv-production',
  });
});

test('A30, B3, B5: onApiPort goes where XERV 0.1.0 answers', async () => {
  const rendering = await render({ metrics: { onApiPort: true, podMonitor: { enabled: true } } });
  expect(rendering.get('Service').spec.ports).toContainEqual(
    expect.objectContaining({ name: 'metrics', port: 9090, targetPort: 'http' }),
  );
  expect(rendering.container.ports.map(({ name }) => name)).toEqual(['http']);
  expect(rendering.get('PodMonitor').spec.podMetricsEndpoints).toMatchObject([
    { port: 'http', path: '/api/v1/metrics', metricRelabelings: [{ regex: 'xerv_xerv_(.+)' }] },
  ]);
});

test('D50: with Istio’s sidecar its port 15020 is scraped', async () => {
  const { text } = await render({
    metrics: { serviceMonitor: { enabled: true } },
    serviceMesh: { enabled: true, provider: 'istio' },
  });
  expect(text).toContain('path: "/stats/prometheus"');
  expect(text).toContain('replacement: $1:15020');
});

test('A34: alerts and dashboard use the README’s metrics, and Grafana needs no inputs', async () => {
  const rendering = await render({
    dispatch: { backend: 'raft' },
    replicaCount: 3,
    monitoring: { alerts: { enabled: true }, dashboards: { enabled: true } },
  });
  const rules = metricsIn(JSON.stringify(rendering.get('PrometheusRule').spec));
  expect(names).toEqual(expect.arrayContaining(rules));
  const [dashboard = ''] = Object.values(rendering.get('ConfigMap', 'xerv-dashboard').data ?? {});
  expect(metricsIn(dashboard)).toEqual(names);
  expect(dashboard).not.toMatch(/__inputs|DS_PROMETHEUS|RELEASE_/);
  const other = await render({ monitoring: { dashboards: { enabled: true } } }, { release: 'b' });
  expect(other.text).not.toContain((JSON.parse(dashboard) as { uid: string }).uid);
});

test('D73, D74: a scheme is put before the collector, and extraEnv wins', async () => {
  const monitoring = { tracing: { enabled: true, endpoint: 'tempo:4317' } };
  const { variables } = await render({ monitoring });
  expect(variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://tempo:4317');
  const own = await render({ monitoring, extraEnv: [{ name: 'RUST_LOG', value: 'debug' }] });
  expect(own.variables.RUST_LOG).toBe('debug');
  expect(own.container.env.filter(({ name }) => name === 'RUST_LOG')).toHaveLength(1);
});

test('notes warn where nothing would answer', async () => {
  const values = { metrics: { serviceMonitor: { enabled: true } } };
  expect(await renderNotes(values)).toContain(
    'WARNING: XERV 0.1.0 does not answer on port 9090, and XervInstanceDown would fire permanently: set metrics.onApiPort to true.',
  );
});

test('A33: monitors have labels, limits, authorization and a namespace of their own', async () => {
  const monitor = {
    enabled: true,
    labels: { release: 'kps' },
    namespace: 'monitoring',
    honorLabels: true,
    sampleLimit: 1_000_000,
    tlsConfig: { insecureSkipVerify: true },
    relabelings: [{ action: 'labeldrop', regex: 'a' }],
    metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'a' }],
  };
  const rendering = await render({ metrics: { serviceMonitor: monitor, podMonitor: monitor } });
  for (const [kind, endpoints] of [
    ['ServiceMonitor', 'endpoints'],
    ['PodMonitor', 'podMetricsEndpoints'],
  ] as const) {
    const { metadata, spec } = rendering.get(kind);
    expect(metadata).toMatchObject({ namespace: 'monitoring', labels: { release: 'kps' } });
    expect(spec).toMatchObject({
      namespaceSelector: { matchNames: ['team'] },
      sampleLimit: 1_000_000,
      [endpoints]: [
        {
          honorLabels: true,
          tlsConfig: { insecureSkipVerify: true },
          relabelings: [{ targetLabel: 'job', replacement: 'xerv' }, { regex: 'a' }],
          metricRelabelings: [{ regex: 'xerv_xerv_(.+)' }, { action: 'drop' }],
        },
      ],
    });
  }
});

test('A35: logs are JSON at level info, unless somebody says otherwise', async () => {
  const { variables } = await render({});
  expect(variables).toMatchObject({ XERV_LOG_FORMAT: 'json', RUST_LOG: 'xerv=info' });
  const logging = { format: 'pretty', filter: 'warn,xerv=debug' };
  const other = await render({ monitoring: { logging } });
  expect(other.variables).toMatchObject({ XERV_LOG_FORMAT: 'pretty', RUST_LOG: 'warn,xerv=debug' });
});

test('KEDA asks for metrics that the README lists, and one number of each', async () => {
  const triggers = { pendingTraces: { enabled: true }, activeTraces: { enabled: true } };
  const rendering = await render({
    dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
    keda: { enabled: true, triggers },
  });
  const spec = rendering.get('ScaledObject').spec as {
    triggers: { type: string; metadata: { query: string } }[];
  };
  const queries = spec.triggers
    .filter(({ type }) => type === 'prometheus')
    .map(({ metadata }) => metadata.query);
  expect(metricsIn(queries.join())).toEqual(['xerv_active_traces', 'xerv_dispatch_queue_depth']);
  expect(names).toEqual(expect.arrayContaining(metricsIn(queries.join())));
  for (const query of queries) expect(givesOneNumber(query)).toBe(true);
});

test.each(['LoadBalancer', 'NodePort'])('metrics stay inside with type %s', async (type) => {
  const values = { service: { type }, metrics: { serviceMonitor: { enabled: true } } };
  const rendering = await render(values);
  const portsOf = (name: string) =>
    (rendering.get('Service', name).spec.ports as { name: string }[]).map((port) => port.name);
  expect(portsOf('xerv')).toEqual(['http']);
  expect(portsOf('xerv-metrics')).toEqual(['metrics']);
  expect(rendering.get('Service', 'xerv-metrics').spec.type).toBe('ClusterIP');
  expect(rendering.get('Service', 'xerv-metrics').metadata.labels).toMatchObject({
    'xerv.io/service': 'metrics',
  });
  expect(rendering.get('ServiceMonitor').spec).toMatchObject({
    selector: { matchLabels: rendering.get('Service', 'xerv-metrics').spec.selector },
    endpoints: [{ port: 'metrics' }],
  });
  const asked = await render({ ...values, metrics: { exposeOutside: true } });
  expect(asked.get('Service').spec.ports).toMatchObject([{ name: 'http' }, { name: 'metrics' }]);
});

test('the environment that checks compare extraEnv with is the one that is rendered', async () => {
  const tracing = { enabled: true, endpoint: 'tempo:4317', serviceName: 'a' };
  for (const given of [
    {},
    { monitoring: { tracing, logging: { filter: 'debug' } }, metrics: { onApiPort: true } },
    { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } },
    { dispatch: { backend: 'raft' } },
  ]) {
    const { container } = await render(given);
    const values = z.parse(valuesSchema, coalesce(z.parse(valuesSchema, {}) as Tree, given));
    const rendered = new Map(container.env.map(({ name, value }) => [name, value]));
    for (const { name, value } of managedVariables(values))
      if (value !== undefined) expect([name, rendered.get(name)]).toEqual([name, value]);
  }
});
