import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeValues, leavesOf } from '../../src/values/schema/describe.ts';
import { helms, type Rendering, render } from '../support/render.ts';

const presets = new URL('../../presets/', import.meta.url);
const templates = new URL('../../charts/xerv/templates/', import.meta.url);
const presetFiles = await readdir(presets);
const on = { enabled: true };

/** Where the chart itself has a value that puts an object elsewhere. */
const namespaceValues = leavesOf(describeValues().flatMap(({ values }) => values))
  .map(({ path }) => path)
  .filter((path) => path.endsWith('.namespace'));

/** Switches of everything; two backends and three meshes exclude each other. */
const everything = {
  networkPolicy: on,
  ingress: on,
  httpRoute: on,
  persistence: on,
  podDisruptionBudget: on,
  vpa: on,
  metrics: { serviceMonitor: on, podMonitor: on },
  monitoring: { alerts: on, dashboards: on, tracing: { enabled: true, endpoint: 'http://o:4317' } },
  tests: on,
};
const istio = {
  serviceMesh: {
    ...{ enabled: true, provider: 'istio' },
    istio: {
      authorizationPolicy: on,
      serviceEntry: { hosts: [{ host: 'a.example.com', port: 1 }] },
    },
  },
};
const linkerd = {
  serviceMesh: {
    ...{ enabled: true, provider: 'linkerd' },
    linkerd: { trafficSplit: on },
  },
};
const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://:p@redis:6379' } } };
const releases = {
  'istio, raft': { ...everything, ...istio, dispatch: { backend: 'raft' }, replicaCount: 3 },
  'linkerd, redis, keda': {
    ...everything,
    ...linkerd,
    ...redis,
    keda: { enabled: true, triggers: { pendingTraces: on } },
  },
  'linkerd, memory, hpa': { ...everything, ...linkerd, autoscaling: on },
  'linkerd, raft, open to the outside': {
    ...everything,
    ...linkerd,
    dispatch: { backend: 'raft' },
    service: { type: 'LoadBalancer' },
  },
};
const split = ['--api-versions', 'split.smi-spec.io/v1alpha2'];

function expectNamespaces({ objects, names }: Rendering): void {
  expect(names.length).toBeGreaterThan(0);
  expect(
    objects
      .filter(({ metadata }) => metadata.namespace !== 'team')
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`),
  ).toEqual([]);
}

test.concurrent.each(helms.flatMap((helm) => presetFiles.map((file) => [file, helm] as const)))(
  'A44: %s: every object has the namespace of the release (%s)',
  async (file, helm) => {
    expectNamespaces(await render(await readFile(new URL(file, presets), 'utf8'), { helm }));
  },
);

test.concurrent.each(
  helms.flatMap((helm) =>
    Object.entries(releases).map(([name, values]) => [name, helm, values] as const),
  ),
)('A44: all switches on: %s (%s)', async (_, helm, values) => {
  expectNamespaces(await render(values, { helm }));
});

test('A44: those releases have each template of the chart between them', async () => {
  const made = new Set<string>();
  for (const [values, args] of [
    ...Object.values(releases).map((release) => [release, []] as const),
    [{ ...everything, ...linkerd }, split] as const,
  ]) {
    const rendering = await render(values, { args });
    expectNamespaces(rendering);
    for (const [, path = ''] of rendering.text.matchAll(/^# Source: xerv\/templates\/(.*)$/gm))
      made.add(path);
  }
  const files = (await readdir(templates, { recursive: true })).filter((file) =>
    file.endsWith('.yaml'),
  );
  // Extra objects are the user's own; requirements make none.
  const others = ['extra-objects.yaml', 'requirements.yaml'];
  expect(files.filter((file) => !made.has(file)).sort()).toEqual(others);
});

test.concurrent('objects that a value puts elsewhere, and no others', async () => {
  const elsewhere = { enabled: true, namespace: 'monitoring' };
  const { objects } = await render({
    ...releases['istio, raft'],
    metrics: { serviceMonitor: elsewhere, podMonitor: elsewhere },
    monitoring: { alerts: elsewhere, dashboards: elsewhere },
  });
  const moved = objects.filter(({ metadata }) => metadata.namespace === 'monitoring');
  expect(moved).toHaveLength(namespaceValues.length);
  expect(objects.every(({ metadata }) => metadata.namespace)).toBe(true);
});
