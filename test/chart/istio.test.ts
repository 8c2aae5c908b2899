import { expect, test } from 'vitest';
import { render, renderNotes } from '../support/render.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const istio = (values: object = {}) => ({
  serviceMesh: { enabled: true, provider: 'istio', istio: values },
});
const raft = { dispatch: { backend: 'raft' } };
const host = 'xerv.team.svc.cluster.local';

interface Route {
  readonly name: string;
  readonly match: readonly Readonly<Record<string, unknown>>[];
  readonly timeout?: string;
  readonly retries?: Readonly<Record<string, unknown>>;
  readonly directResponse?: unknown;
}

async function routesOf(values: object): Promise<Readonly<Record<string, Route>>> {
  const { spec } = (await render(values)).get('VirtualService');
  return Object.fromEntries((spec.http as Route[]).map((route) => [route.name, route]));
}

const trafficPolicyOf = async (values: object, name = 'xerv') =>
  (await render(values)).get('DestinationRule', name).spec.trafficPolicy;

test.concurrent('values-istio.yaml of the README', async () => {
  const readme = await readUpstreamReadme();
  const rendering = await render(readValuesFile(readme, 'values-istio.yaml'));
  expect(rendering.get('DestinationRule').spec).toEqual({
    host,
    trafficPolicy: {
      connectionPool: {
        tcp: { maxConnections: 100 },
        http: { h2UpgradePolicy: 'UPGRADE', http1MaxPendingRequests: 100, http2MaxRequests: 1000 },
      },
      loadBalancer: { simple: 'ROUND_ROBIN', localityLbSetting: { enabled: true } },
      outlierDetection: {
        consecutive5xxErrors: 5,
        interval: '30s',
        baseEjectionTime: '30s',
        maxEjectionPercent: 50,
      },
      tls: { mode: 'ISTIO_MUTUAL' },
    },
  });
  expect(rendering.get('PeerAuthentication').spec).toEqual({
    selector: {
      matchLabels: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
    },
    mtls: { mode: 'STRICT' },
  });
  expect(rendering.get('VirtualService').spec.hosts).toEqual([host]);
  expect(rendering.find('AuthorizationPolicy')).toBeUndefined();
  expect(rendering.find('ServiceEntry')).toBeUndefined();
});

test.concurrent('A20: injection by label of the pods, not by annotation', async () => {
  const { metadata } = (await render(istio())).podTemplate;
  expect(metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'true' });
  expect(metadata.labels).not.toHaveProperty(['istio.io/rev']);
  expect(metadata.annotations).not.toHaveProperty(['sidecar.istio.io/inject']);
});

test.concurrent('A20: a revision is named where there is one', async () => {
  const rendering = await render(istio({ injection: { revision: '1-30-3' } }));
  expect(rendering.podTemplate.metadata.labels).toMatchObject({
    'sidecar.istio.io/inject': 'true',
    'istio.io/rev': '1-30-3',
  });
  expect(rendering.workload.spec.selector).toEqual((await render()).workload.spec.selector);
});

test.concurrent('A20: the verification in NOTES lists containers and init containers', async () => {
  const notes = await renderNotes(istio());
  expect(notes).toContain(
    'kubectl -n team get pods -l app.kubernetes.io/instance=xerv -o jsonpath=\'{range .items[*]}{.metadata.name}: {.spec.initContainers[*].name} {.spec.containers[*].name}{"\\n"}{end}\'',
  );
  expect(notes).toContain('Each pod must have istio-proxy');
  expect(notes).toContain('STRICT: callers outside the mesh are refused.');
});

test.concurrent('A21: rules are for the port of the API; without gateways the mesh is meant', async () => {
  const { spec } = (await render({ ...istio(), server: { apiPort: 9000 } })).get('VirtualService');
  expect(spec).not.toHaveProperty('gateways');
  const routes = spec.http as Route[];
  expect(routes.map(({ name }) => name)).toEqual(['streams', 'reads', 'writes']);
  for (const { match } of routes) expect(match).toMatchObject([{ port: 9000 }]);
  expect(routes.at(-1)).toMatchObject({
    match: [{ port: 9000 }],
    route: [{ destination: { host, port: { number: 9000 } } }],
  });
});

test.concurrent('A21, D54: gateways keep the mesh, and do not publish metrics', async () => {
  const virtualService = { gateways: ['ingress/public', 'mesh'], hosts: ['xerv.example.com'] };
  const values = { ...istio({ virtualService }), metrics: { path: '/internal' } };
  const { spec } = (await render(values)).get('VirtualService');
  expect(spec).toMatchObject({
    hosts: [host, 'xerv.example.com'],
    gateways: ['ingress/public', 'mesh'],
  });
  const [hidden, ...routes] = spec.http as Route[];
  const gateways = ['ingress/public'];
  expect(hidden).toEqual({
    name: 'metrics-hidden',
    match: ['/metrics', '/api/v1/metrics', '/internal'].map((prefix) => ({
      uri: { prefix },
      gateways,
    })),
    directResponse: { status: 404 },
  });
  // A port at a gateway would be the gateway's own.
  for (const { match } of routes) {
    expect(match).toMatchObject([{ port: 8080, gateways: ['mesh'] }, { gateways }]);
    expect(match[1]).not.toHaveProperty('port');
  }
});

test.concurrent('D54: gateways without hosts are told of', async () => {
  const virtualService = { gateways: ['ingress/public'] };
  expect(await renderNotes(istio({ virtualService }))).toContain(
    'WARNING: serviceMesh.istio.virtualService.gateways is set, but hosts is empty: the gateways know XERV only by its in-cluster name.',
  );
});

test.concurrent('A22, D55: only reads are tried again after an answer', async () => {
  const routes = await routesOf(istio());
  expect(routes.reads).toMatchObject({
    match: [{ method: { regex: 'GET|HEAD' } }],
    timeout: '30s',
    retries: { attempts: 3, perTryTimeout: '10s' },
  });
  expect(routes.writes?.retries).toEqual({
    attempts: 3,
    perTryTimeout: '10s',
    retryOn: 'connect-failure,refused-stream',
  });
});

test.concurrent('A22: what the user tries again on is for reads, and 0 attempts are none', async () => {
  const routes = await routesOf(
    istio({ virtualService: { retries: { retryOn: ['5xx', 'reset'] } } }),
  );
  expect(routes.reads?.retries).toMatchObject({ retryOn: '5xx,reset' });
  expect(routes.writes?.retries).toMatchObject({ retryOn: 'connect-failure,refused-stream' });
  const none = await routesOf(istio({ virtualService: { retries: { attempts: 0 } } }));
  expect([none.reads?.retries, none.writes?.retries]).toEqual([{ attempts: 0 }, { attempts: 0 }]);
});

test.concurrent('A22: the timeout cuts no stream', async () => {
  const { streams, writes } = await routesOf(istio({ virtualService: { timeout: '5s' } }));
  expect(writes?.timeout).toBe('5s');
  // Istio's own default: no timeout.
  expect(streams).not.toHaveProperty('timeout');
  expect(streams?.retries).toEqual({ attempts: 0 });
  const [match] = streams?.match ?? [];
  const pattern = new RegExp(`^${(match?.uri as { regex: string } | undefined)?.regex}$`);
  for (const path of ['/api/v1/logs', '/api/v1/logs/recent', '/api/v1/traces/1/stream'])
    expect(path).toMatch(pattern);
  for (const path of ['/api/v1/logsx', '/api/v1/traces', '/api/v1/traces/1'])
    expect(path).not.toMatch(pattern);
});

test.concurrent('A23, D50: under STRICT the sidecar serves the metrics', async () => {
  const values = { ...istio(), metrics: { enabled: true } };
  expect((await render(values)).podTemplate.metadata.annotations).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9090',
    'prometheus.io/path': '/metrics',
  });
  const without = await render({ ...istio(), metrics: { enabled: false } });
  expect(without.podTemplate.metadata.annotations).not.toHaveProperty(['prometheus.io/scrape']);
});

test.concurrent('A23: a port can be an exception', async () => {
  const portLevelMtls = { '8080': { mode: 'PERMISSIVE' } };
  const rendering = await render(istio({ peerAuthentication: { portLevelMtls } }));
  expect(rendering.get('PeerAuthentication').spec).toMatchObject({
    mtls: { mode: 'STRICT' },
    portLevelMtls,
  });
});

test.concurrent('A24: the AuthorizationPolicy has a switch of its own', async () => {
  const rules = [{ from: [{ source: { namespaces: ['frontend'] } }] }];
  const policy = { peerAuthentication: { enabled: false } };
  const rendering = await render(
    istio({ ...policy, authorizationPolicy: { enabled: true, rules } }),
  );
  expect(rendering.find('PeerAuthentication')).toBeUndefined();
  expect(rendering.get('AuthorizationPolicy').spec).toMatchObject({ action: 'ALLOW', rules });
});

test.concurrent('A24: no rules let nobody in but the raft peers', async () => {
  const policy = istio({ authorizationPolicy: { enabled: true } });
  expect((await render(policy)).get('AuthorizationPolicy').spec).not.toHaveProperty('rules');
  const peers = (await render({ ...policy, ...raft })).get('AuthorizationPolicy');
  expect(peers.spec.rules).toEqual([
    { from: [{ source: { namespaces: ['team'] } }], to: [{ operation: { ports: ['5000'] } }] },
  ]);
  const deny = istio({ authorizationPolicy: { enabled: true, action: 'DENY' } });
  const denying = (await render({ ...deny, ...raft })).get('AuthorizationPolicy');
  expect(denying.spec).not.toHaveProperty('rules');
});

test.concurrent('A25: every key of trafficPolicy is passed on', async () => {
  const trafficPolicy = {
    connectionPool: { http: { maxRequestsPerConnection: 1_000_000 } },
    portLevelSettings: [{ port: { number: 8080 }, loadBalancer: { simple: 'RANDOM' } }],
    loadBalancer: { consistentHash: { useSourceIp: true }, warmup: { duration: '10s' } },
    tunnel: { targetHost: 'a', targetPort: 1 },
  };
  const rendering = await render(istio({ destinationRule: { trafficPolicy } }));
  expect(rendering.get('DestinationRule').spec.trafficPolicy).toMatchObject(trafficPolicy);
  // Istio takes one kind of load balancing only.
  expect(rendering.get('DestinationRule').spec.trafficPolicy).not.toHaveProperty(
    'loadBalancer.simple',
  );
  expect(rendering.text).toContain('maxRequestsPerConnection: 1000000');
});

test.concurrent('A25, D60: preference for a zone never goes without outlier detection', async () => {
  const without = { trafficPolicy: { outlierDetection: null } };
  expect(await trafficPolicyOf(istio({ destinationRule: without }))).toMatchObject({
    outlierDetection: { consecutive5xxErrors: 5, interval: '30s' },
  });
  const neither = {
    trafficPolicy: {
      outlierDetection: null,
      loadBalancer: { localityLbSetting: { enabled: false } },
    },
  };
  expect(await trafficPolicyOf(istio({ destinationRule: neither }))).not.toHaveProperty(
    'outlierDetection',
  );
});

test.concurrent('A25, D61: the cluster domain is a value', async () => {
  const rendering = await render({ ...istio(), ...raft, clusterDomain: 'k8s.internal' });
  expect(rendering.get('DestinationRule', 'xerv').spec.host).toBe('xerv.team.svc.k8s.internal');
  expect(rendering.get('DestinationRule', 'xerv-headless').spec.host).toBe(
    'xerv-headless.team.svc.k8s.internal',
  );
  expect(rendering.get('VirtualService').spec.hosts).toEqual(['xerv.team.svc.k8s.internal']);
});

test.concurrent('A25: raft peers get TLS and TCP limits, and nothing about HTTP', async () => {
  expect(await trafficPolicyOf({ ...istio(), ...raft }, 'xerv-headless')).toEqual({
    connectionPool: { tcp: { maxConnections: 100 } },
    tls: { mode: 'ISTIO_MUTUAL' },
  });
  expect((await render(istio())).find('DestinationRule', 'xerv-headless')).toBeUndefined();
});

test.concurrent('D47: where the chart adds no sidecar, Istio finds out about TLS itself', async () => {
  const injection = { enabled: false };
  expect(await trafficPolicyOf(istio({ injection }))).not.toHaveProperty('tls');
  const destinationRule = { tlsMode: 'DISABLE' };
  expect(await trafficPolicyOf(istio({ injection, destinationRule }))).toMatchObject({
    tls: { mode: 'DISABLE' },
  });
});

test.concurrent('D49: ambient has no sidecar, and its probes ask the API', async () => {
  const rendering = await render(istio({ ambient: { enabled: true } }));
  expect(rendering.podTemplate.metadata.labels).toMatchObject({
    'istio.io/dataplane-mode': 'ambient',
    'sidecar.istio.io/inject': 'false',
  });
  expect(rendering.podTemplate.metadata.annotations).toBeUndefined();
  expect(rendering.container).toMatchObject({ readinessProbe: { httpGet: {} } });
  expect(await renderNotes(istio({ ambient: { enabled: true } }))).toContain(
    'Ambient: DestinationRule and VirtualService apply only with a waypoint',
  );
});

const nats = (url: string) => ({ dispatch: { backend: 'nats', nats: { url } } });
const bypass = 'traffic.sidecar.istio.io/excludeOutboundPorts';

test.concurrent.each([
  ['nats://nats:4222', '4222'],
  ['nats://nats', '4222'],
  ['nats://a:4223,nats://user:p/w:1@b:4224', '4223,4224'],
])('D52: connections to NATS go around the sidecar (%s)', async (url, ports) => {
  const rendering = await render({ ...istio(), ...nats(url) });
  expect(rendering.podTemplate.metadata.annotations).toMatchObject({ [bypass]: ports });
});

test.concurrent('D52: unless the user wants them in the mesh, and with no other backend', async () => {
  const values = istio({ injection: { bypassNats: false } });
  for (const other of [{ ...values, ...nats('nats://nats:4222') }, istio()])
    expect((await render(other)).podTemplate.metadata.annotations).not.toHaveProperty([bypass]);
});

const entriesOf = async (values: object) =>
  (await render(values)).objects
    .filter(({ kind }) => kind === 'ServiceEntry')
    .map(({ spec }) => spec);

test.concurrent('D53: a backend and a collector outside of the cluster are registered', async () => {
  const entries = await entriesOf({
    ...istio({ serviceEntry: { hosts: [{ host: '10.0.0.3', port: 6379 }] } }),
    dispatch: { backend: 'redis', redis: { url: 'rediss://u:p%zz/w@redis.example.com:6380/0' } },
    monitoring: { tracing: { enabled: true, endpoint: 'http://otlp.example.com:4317' } },
  });
  const tcp = (number: number) => ({
    resolution: 'NONE',
    location: 'MESH_EXTERNAL',
    exportTo: ['.'],
    ports: [{ name: `tcp-${number}`, number, protocol: 'TCP' }],
  });
  expect(entries).toEqual([
    { hosts: ['redis.example.com'], ...tcp(6380) },
    { hosts: ['otlp.example.com'], ...tcp(4317) },
    { hosts: ['xerv-outside-2.team.internal'], addresses: ['10.0.0.3'], ...tcp(6379) },
  ]);
  expect(JSON.stringify(entries)).not.toContain('p%zz');
});

test.concurrent.each([
  'redis://redis:6379',
  'redis://redis.data:6379',
  'redis://redis.data.svc:6379',
  'redis://redis.data.svc.cluster.local:6379',
  'redis://a.redis.data.svc:6379',
])('D53: %s is in the cluster', async (url) => {
  expect(await entriesOf({ ...istio(), dispatch: { backend: 'redis', redis: { url } } })).toEqual(
    [],
  );
});
