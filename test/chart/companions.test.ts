import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { render } from '../support/render.ts';
import { readUpstreamReadme } from './support/upstream-readme.ts';

const folder = fileURLToPath(new URL('../../companions/', import.meta.url));
const files = (await readdir(folder)).sort();
const texts = Object.fromEntries(
  await Promise.all(files.map(async (file) => [file, await readFile(folder + file, 'utf8')])),
) as Readonly<Record<string, string>>;
const textOf = (file: string) => texts[file] ?? '';
const { podTemplate, container, variables } = await render();
const labels = podTemplate.metadata.labels ?? {};
/** How Prometheus' service discovery writes the name of a label. */
const discovered = (label: string) => label.replaceAll(/[^a-zA-Z0-9_]/g, '_');
const toMetadata = ['node_id', 'pipeline_id', 'trace_id'];

test('there is a file for everything that the README has beside the chart', () => {
  expect(files).toEqual([
    'filebeat-9.yaml',
    'grafana-alloy.alloy',
    'istio-multi-cluster.md',
    'jaeger-v2.yaml',
    'linkerd-multi-cluster.md',
    'opentelemetry-collector.yaml',
    'promtail.yaml',
    'tempo.yaml',
    'xerv-federation.yaml',
  ]);
});

describe.each(files)('%s', (file) => {
  test('says what it is for, where it goes, what it rests on and how it is tested', () => {
    const head = textOf(file).split('\n').slice(0, 20).join('\n');
    for (const key of ['title', 'goes to', 'facts', 'tested']) {
      expect(head).toMatch(new RegExp(`^(# |// |)${key}: \\S`, 'm'));
    }
  });

  test.runIf(file.endsWith('.yaml'))('is YAML without errors', () => {
    const documents = parseAllDocuments(textOf(file));
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  });
});

interface PromtailJob {
  readonly relabel_configs: readonly {
    readonly source_labels: readonly string[];
    readonly regex?: string;
    readonly action?: string;
  }[];
  readonly pipeline_stages: readonly Readonly<Record<string, Record<string, unknown>>>[];
}
const [promtail] = parse(textOf('promtail.yaml')).scrape_configs as [PromtailJob];
const stage = (name: string) => promtail.pipeline_stages.find((each) => name in each)?.[name];

describe('A35: what reads the logs', () => {
  test('the chart’s pods write JSON', () => {
    expect(variables.XERV_LOG_FORMAT).toBe('json');
  });

  test('Promtail keeps the pods and the container that the chart makes', () => {
    const kept = promtail.relabel_configs.filter(({ action }) => action === 'keep');
    expect(kept.map(({ source_labels: [label], regex }) => [label, regex])).toEqual([
      [
        `__meta_kubernetes_pod_label_${discovered('app.kubernetes.io/name')}`,
        labels['app.kubernetes.io/name'],
      ],
      ['__meta_kubernetes_pod_container_name', container.name],
    ]);
  });

  test('Promtail: the level alone is a label, what differs from line to line is metadata', () => {
    expect(Object.keys(stage('labels') ?? {})).toEqual(['level']);
    expect(Object.keys(stage('structured_metadata') ?? {}).sort()).toEqual(toMetadata);
    const found = Object.keys((stage('json') as { expressions: object }).expressions);
    expect(found).toEqual(expect.arrayContaining([...toMetadata, 'level', 'timestamp']));
  });

  test('Alloy does as Promtail, and each of its parts is given what is there', () => {
    const text = textOf('grafana-alloy.alloy').replaceAll(/^\/\/.*$/gm, '');
    expect(text).toContain(`label = "app.kubernetes.io/name=${labels['app.kubernetes.io/name']}"`);
    expect(text).toContain(`regex         = "${container.name}"`);
    const { expressions } = stage('json') as { expressions: Record<string, string> };
    for (const [name, expression] of Object.entries(expressions)) {
      expect(text).toMatch(
        new RegExp(`^ +${name} += "${expression.replaceAll(/[|[\].]/g, '\\$&')}",$`, 'm'),
      );
    }
    const parts = [...text.matchAll(/^([a-z.]+) "(\w+)" \{$/gm)].map(
      ([, kind, name]) => `${kind}.${name}`,
    );
    const uses = [
      ...text.matchAll(/\b((?:discovery|loki)\.[a-z.]+\.\w+)\.(?:targets|output|receiver)\b/g),
    ];
    expect(uses).toHaveLength(4);
    for (const [, used] of uses) expect(parts).toContain(used);
    for (const [open, close] of ['{}', '[]', '()']) {
      expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length);
    }
  });

  test('Filebeat has the input of version 9 and the conditions of the chart’s pods', () => {
    const [provider] = parse(textOf('filebeat-9.yaml'))['filebeat.autodiscover'].providers;
    const [{ condition, config }] = provider.templates;
    expect(condition.and).toEqual([
      { equals: { 'kubernetes.labels.app.kubernetes.io/name': labels['app.kubernetes.io/name'] } },
      { equals: { 'kubernetes.container.name': container.name } },
    ]);
    expect(config[0].type).toBe('filestream');
    expect(config[0].parsers.map((each: object) => Object.keys(each)[0])).toEqual([
      'container',
      'ndjson',
    ]);
  });
});

describe('A36: what takes the traces', () => {
  const services = { 'jaeger-v2.yaml': 'jaeger', 'opentelemetry-collector.yaml': 'otel-collector' };

  test.each(Object.entries(services))(
    '%s listens where its comment sends XERV',
    async (file, name) => {
      const endpoint = /http:\/\/\S+:4317/.exec(textOf(file))?.[0];
      expect(endpoint).toBe(`http://${name}.observability:4317`);
      const objects = parseAllDocuments(textOf(file)).map((document) => document.toJS());
      const service = objects.find(({ kind }) => kind === 'Service');
      expect(service).toMatchObject({ metadata: { name, namespace: 'observability' } });
      expect(service.spec.ports).toContainEqual(expect.objectContaining({ port: 4317 }));
      const monitoring = { tracing: { enabled: true, endpoint } };
      const rendering = await render({ monitoring });
      expect(rendering.variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(endpoint);
    },
  );

  test('each pipeline of the collector has its parts', () => {
    const map = parseAllDocuments(textOf('opentelemetry-collector.yaml'))
      .map((document) => document.toJS())
      .find(({ kind }) => kind === 'ConfigMap');
    const { service, ...parts } = parse(map.data['config.yaml']);
    for (const kind of ['receivers', 'processors', 'exporters'])
      for (const name of service.pipelines.traces[kind]) expect(parts[kind]).toHaveProperty(name);
    for (const name of service.extensions) expect(parts.extensions).toHaveProperty(name);
  });

  test('Tempo takes OTLP over gRPC, as the README has it', async () => {
    const { endpoint } = parse(textOf('tempo.yaml')).tempo.receivers.otlp.protocols.grpc;
    expect(await readUpstreamReadme()).toContain(
      `tempo.receivers.otlp.protocols.grpc.endpoint=${endpoint}`,
    );
  });
});

describe('A29: several clusters', () => {
  test('Linkerd exports the Service by a label that the chart takes', async () => {
    const text = textOf('linkerd-multi-cluster.md');
    const [set = ''] = /service\.labels\S+=true/.exec(text) ?? [];
    const rendering = await render({}, { args: ['--set-string', set] });
    expect(rendering.get('Service', 'xerv').metadata.labels).toMatchObject({
      'mirror.linkerd.io/exported': 'true',
    });
    expect(text).toContain('multicluster link-gen');
    expect(text).not.toMatch(/multicluster link\s+--/);
  });

  test.each(['istio', 'linkerd'])('the preset %s, which the steps name, is there', async (name) => {
    expect(textOf(`${name}-multi-cluster.md`)).toContain(`presets/${name}.yaml`);
    await readFile(fileURLToPath(new URL(`../../presets/${name}.yaml`, import.meta.url)));
  });
});
