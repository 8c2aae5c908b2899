import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { chart, helms, render, renderNotes } from '../support/render.ts';
import { readTable, readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const metrics = parse(await readFile(join(chart, 'files/metrics.yaml'), 'utf8')) as {
  name: string;
  type: string;
  description: string;
}[];
const names = metrics.map(({ name }) => name).sort();

/** The metrics in a query or a dashboard, histograms by their own name. */
const metricsIn = (text: string) =>
  [...new Set([...text.matchAll(/\bxerv_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')))]
    .filter((name) => name !== 'xerv_xerv_')
    .sort();

test('the README’s table', () => {
  expect(readTable(readme, 'Metrics')).toEqual([
    ['metrics.enabled', 'true'],
    ['metrics.port', '9090'],
    ['metrics.serviceMonitor.enabled', 'false'],
  ]);
  const rows = [...readme.matchAll(/^\| `(xerv_\w+)` *\| (\w+) *\| (.*?) *\|$/gm)];
  expect(rows.map(([, name, type, description]) => ({ name, type, description }))).toEqual(
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
    'WARNING: XERV 0.1.0 does not answer at port 9090, and XervInstanceDown would fire for ever: set metrics.onApiPort to true.',
  );
});
