import { expect, test } from 'vitest';
import { render, renderNotes } from '../support/render.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const linkerd = (values: object = {}) => ({
  serviceMesh: { enabled: true, provider: 'linkerd', linkerd: values },
});
const raft = { dispatch: { backend: 'raft' } };
const nats = { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } };
const profile = 'xerv.team.svc.cluster.local';

interface Route {
  readonly name: string;
  readonly condition: Readonly<Record<string, string>>;
  readonly isRetryable: boolean;
}

const routesOf = async (routes: readonly object[]) =>
  (await render(linkerd({ serviceProfile: { routes } }))).get('ServiceProfile').spec.routes;

test.concurrent('values-linkerd.yaml of the README', async () => {
  const readme = await readUpstreamReadme();
  const rendering = await render(readValuesFile(readme, 'values-linkerd.yaml'));
  expect(rendering.podTemplate.metadata.annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
  expect(rendering.get('ServiceProfile', profile).spec).toMatchObject({
    retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: '10s' },
  });
  for (const kind of ['HTTPRoute', 'TrafficSplit', 'DestinationRule', 'PeerAuthentication'])
    expect(rendering.find(kind)).toBeUndefined();
});

test.concurrent('A20: the verification in NOTES lists containers and init containers', async () => {
  const notes = await renderNotes(linkerd());
  expect(notes).toContain('Each pod must have linkerd-proxy');
  expect(notes).toContain('{.spec.initContainers[*].name} {.spec.containers[*].name}');
});

test.concurrent('A27: every request of the API has a route, and none repeats work', async () => {
  const { spec } = (await render(linkerd())).get('ServiceProfile');
  const routes = spec.routes as Route[];
  const routeOf = (method: string, path: string) =>
    routes.find(
      ({ condition }) =>
        (condition.method ?? method) === method &&
        new RegExp(`^${condition.pathRegex}$`).test(path),
    );
  expect(routeOf('GET', '/api/v1/health')).toMatchObject({ isRetryable: true, timeout: '5s' });
  expect(routeOf('GET', '/api/v1/traces/1')).toMatchObject({ isRetryable: true, timeout: '30s' });
  expect(routeOf('HEAD', '/api/v1/traces')).toMatchObject({ isRetryable: true });
  expect(routeOf('POST', '/api/v1/traces')).toMatchObject({ isRetryable: false, timeout: '30s' });
  for (const path of ['/api/v1/logs', '/api/v1/logs/recent', '/api/v1/traces/1/stream']) {
    expect(routeOf('GET', path)).toMatchObject({ isRetryable: false });
    expect(routeOf('GET', path)).not.toHaveProperty('timeout');
  }
});

test.concurrent("A27: a method of '*' means every method, and repeats reads only", async () => {
  const api = { name: 'api', timeout: '30s', isRetryable: true };
  expect(
    await routesOf([
      { ...api, condition: { method: '*', pathRegex: '/api/.*' } },
      { ...api, isRetryable: false, condition: { method: '*', pathRegex: '.*' } },
    ]),
  ).toEqual([
    {
      name: 'api (GET, HEAD)',
      timeout: '30s',
      isRetryable: true,
      condition: {
        all: [{ any: [{ method: 'GET' }, { method: 'HEAD' }] }, { pathRegex: '/api/.*' }],
      },
    },
    { name: 'api', timeout: '30s', isRetryable: false, condition: { pathRegex: '/api/.*' } },
    { name: 'api', timeout: '30s', isRetryable: false, condition: { pathRegex: '.*' } },
  ]);
});

test.concurrent('A27: a POST is never tried again, whatever its route says', async () => {
  const condition = { method: 'POST', pathRegex: '/api/v1/traces' };
  const responseClasses = [{ condition: { status: { min: 500 } }, isFailure: true }];
  expect(await routesOf([{ name: 'a', condition, isRetryable: true, responseClasses }])).toEqual([
    { name: 'a', condition, isRetryable: false, responseClasses },
  ]);
});

test.concurrent('A28: calls between raft peers have a profile that matches them', async () => {
  const rendering = await render({ ...linkerd(), ...raft, clusterDomain: 'k8s.internal' });
  const { spec } = rendering.get('ServiceProfile', 'xerv-headless.team.svc.k8s.internal');
  const [route] = spec.routes as Route[];
  expect(route).toMatchObject({ condition: { method: 'POST' }, isRetryable: false });
  expect('/xerv.raft.RaftService/AppendEntries').toMatch(
    new RegExp(`^${route?.condition.pathRegex}$`),
  );
  expect(rendering.find('ServiceProfile', 'xerv.team.svc.k8s.internal')).toBeDefined();
});

test.concurrent('A28, D52: connections to NATS go around the proxy', async () => {
  const skip = 'config.linkerd.io/skip-outbound-ports';
  const annotations = async (values: object) =>
    (await render(values)).podTemplate.metadata.annotations;
  expect(await annotations({ ...linkerd(), ...nats })).toMatchObject({ [skip]: '4222' });
  const inMesh = linkerd({ injection: { bypassNats: false, opaquePorts: [4222, 9000] } });
  expect(await annotations({ ...inMesh, ...nats })).toEqual({
    'linkerd.io/inject': 'enabled',
    'config.linkerd.io/opaque-ports': '4222,9000',
  });
});

const split = (canary: object = {}) => linkerd({ trafficSplit: { enabled: true, canary } });

test.concurrent('A26, D58: the canary is a real workload behind an HTTPRoute', async () => {
  const rendering = await render({
    ...split({ image: { tag: '0.2.0' }, replicas: 2 }),
    replicaCount: 3,
    image: { digest: `sha256:${'a'.repeat(64)}` },
  });
  expect(rendering.get('HTTPRoute').spec).toEqual({
    parentRefs: [{ group: '', kind: 'Service', name: 'xerv', port: 8080 }],
    rules: [
      {
        backendRefs: [
          { name: 'xerv', port: 8080, weight: 900 },
          { name: 'xerv-canary', port: 8080, weight: 100 },
        ],
      },
    ],
  });
  // Proxies that find a ServiceProfile do not look at HTTPRoutes.
  expect(rendering.find('ServiceProfile')).toBeUndefined();
  expect(rendering.find('TrafficSplit')).toBeUndefined();

  const { spec } = rendering.get('Deployment', 'xerv-canary');
  const labels = {
    'app.kubernetes.io/name': 'xerv-canary',
    'app.kubernetes.io/instance': 'xerv',
  };
  expect(spec).toMatchObject({
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: {
        labels: { ...labels, 'xerv.io/track': 'canary' },
        annotations: { 'linkerd.io/inject': 'enabled' },
      },
      spec: {
        serviceAccountName: 'xerv',
        containers: [{ image: 'ghcr.io/ml-rust/xerv:0.2.0' }],
      },
    },
  });
  expect(rendering.get('Service', 'xerv-canary').spec).toMatchObject({
    type: 'ClusterIP',
    selector: labels,
    ports: rendering.get('Service', 'xerv').spec.ports,
  });
});

test.concurrent('A26: the stable workload and its Service are as they were without a canary', async () => {
  const [before, after] = await Promise.all([render(linkerd()), render(split())]);
  for (const kind of ['Deployment', 'Service'])
    expect(after.get(kind, 'xerv')).toEqual(before.get(kind, 'xerv'));
});

test.concurrent('A26: the canary shares no volume and no port with the stable pods', async () => {
  const rendering = await render({
    ...split(),
    persistence: { enabled: true },
    service: { type: 'NodePort', nodePort: 30_080 },
    dispatch: { backend: 'redis', redis: { url: 'redis://:secret@redis:6379' } },
  });
  const canary = JSON.stringify(rendering.get('Deployment', 'xerv-canary'));
  expect(canary).not.toContain('persistentVolumeClaim');
  expect(canary).toContain('"name":"xerv-dispatch"');
  expect(rendering.get('Service', 'xerv-canary').spec.ports).toMatchObject([
    { port: 8080 },
    { port: 9090 },
  ]);
  expect(JSON.stringify(rendering.get('Service', 'xerv-canary'))).not.toContain('30080');
});

test.concurrent.each(['ClusterIP', 'NodePort'])(
  'metrics of the canary are collected beside those of the others (%s)',
  async (type) => {
    const monitor = { enabled: true, podTargetLabels: ['team'] };
    const rendering = await render({
      ...split(),
      service: { type },
      metrics: { serviceMonitor: monitor, podMonitor: monitor },
    });
    const names = ['xerv', 'xerv-canary'];
    const selector = {
      matchLabels: { 'app.kubernetes.io/instance': 'xerv' },
      matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: names }],
    };
    const podTargetLabels = ['xerv.io/track', 'team'];
    expect(rendering.get('PodMonitor').spec).toMatchObject({ selector, podTargetLabels });
    const { spec } = rendering.get('ServiceMonitor');
    expect(spec).toMatchObject({ selector, podTargetLabels, endpoints: [{ port: 'metrics' }] });
    const scraped = rendering.objects
      .filter(({ kind }) => kind === 'Service')
      .filter(({ spec: { ports } }) =>
        (ports as { name: string }[]).some(({ name }) => name === 'metrics'),
      )
      .filter(({ metadata }) => names.includes(`${metadata.labels?.['app.kubernetes.io/name']}`));
    const pods = scraped.map(({ spec }) => spec.selector as Readonly<Record<string, string>>);
    expect(pods.map((labels) => labels['app.kubernetes.io/name']).sort()).toEqual(names);
  },
);

test.concurrent('without a canary the monitors look for none', async () => {
  const { text } = await render({
    ...linkerd(),
    metrics: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } },
  });
  expect(text).not.toMatch(/xerv.io\/track|matchExpressions/);
});

test.concurrent('weights, suffix and image of the canary', async () => {
  const image = { repository: 'registry.example/xerv', tag: 2, digest: `sha256:${'b'.repeat(64)}` };
  const rendering = await render(
    split({ stableWeight: 1, canaryWeight: 0, canarySuffix: '-next', image }),
  );
  const [rule] = rendering.get('HTTPRoute').spec.rules as { backendRefs: object[] }[];
  expect(rule?.backendRefs).toMatchObject([
    { name: 'xerv', weight: 1 },
    { name: 'xerv-next', weight: 0 },
  ]);
  expect(JSON.stringify(rendering.get('Deployment', 'xerv-next'))).toContain(
    `registry.example/xerv:2@sha256:${'b'.repeat(64)}`,
  );
});

test.concurrent('D58: TrafficSplit only where it is served and its successor is not', async () => {
  const smi = ['--api-versions', 'split.smi-spec.io/v1alpha2'];
  const old = await render(split(), { args: smi });
  expect(old.get('TrafficSplit').spec).toEqual({
    service: 'xerv',
    backends: [
      { service: 'xerv', weight: 900 },
      { service: 'xerv-canary', weight: 100 },
    ],
  });
  expect(old.find('HTTPRoute')).toBeUndefined();
  expect(old.find('ServiceProfile')).toBeDefined();
  const both = await render(split(), {
    args: [...smi, '--api-versions', 'gateway.networking.k8s.io/v1'],
  });
  expect(both.find('HTTPRoute')).toBeDefined();
  expect(both.find('TrafficSplit')).toBeUndefined();
});

test.concurrent('D59: NOTES tell the share of the canary, and of weights that are all 0', async () => {
  const notes = await renderNotes(split());
  expect(notes).toContain('Canary xerv-canary: 100 of 1000 requests of callers in the mesh.');
  expect(notes).not.toContain('WARNING: both weights');
  expect(await renderNotes(split({ stableWeight: 0, canaryWeight: 0 }))).toContain(
    'WARNING: both weights of serviceMesh.linkerd.trafficSplit.canary are 0, so every request fails.',
  );
});

test.concurrent('raft has no canary, and NOTES say so', async () => {
  const values = { ...split(), ...raft };
  const rendering = await render(values);
  expect(rendering.names.filter((name) => name.includes('canary'))).toEqual([]);
  expect(rendering.find('ServiceProfile', profile)).toBeDefined();
  expect(await renderNotes(values)).toContain(
    'WARNING: serviceMesh.linkerd.trafficSplit is ignored: raft members are fixed, and a canary would not be one of them.',
  );
});

test.concurrent('names of the canary stay within 63 characters', async () => {
  const rendering = await render({ ...split(), fullnameOverride: 'a'.repeat(63) });
  const name = `${'a'.repeat(56)}-canary`;
  expect(rendering.names).toEqual(
    expect.arrayContaining([`Service/${name}`, `Deployment/${name}`, `HTTPRoute/${name}`]),
  );
});
