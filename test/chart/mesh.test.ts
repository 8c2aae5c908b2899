import { describe, expect, test } from 'vitest';
import { helms, render, renderError } from '../support/render.ts';

const settings = {
  istio: {
    authorizationPolicy: { enabled: true },
    ambient: { enabled: true },
    virtualService: { gateways: ['a/b'] },
    serviceEntry: { hosts: [{ host: 'a.example.com', port: 1 }] },
  },
  linkerd: { trafficSplit: { enabled: true } },
};
const backends = [
  ['memory', {}],
  ['raft', { dispatch: { backend: 'raft' } }],
  ['nats', { dispatch: { backend: 'nats', nats: { url: 'nats://nats.example.com:4222' } } }],
] as const;

test.concurrent.each(backends)('without a mesh nothing of one is made (%s)', async (_, values) => {
  const [plain, off] = await Promise.all([
    render(values),
    render({ ...values, serviceMesh: { ...settings, provider: 'istio' } }),
  ]);
  expect(off.text).toBe(plain.text);
  expect(plain.text).not.toMatch(/istio|linkerd|canary/);
});

describe.each(helms)('with %s', (helm) => {
  test.concurrent('D44: a mesh without a provider is refused', async () => {
    expect(await renderError({ serviceMesh: { enabled: true } }, { helm })).toContain(
      'serviceMesh.enabled is true, but serviceMesh.provider is empty: set it to istio or linkerd.',
    );
  });

  test.concurrent('D44: an unknown provider is refused', async () => {
    const message = await renderError(
      { serviceMesh: { enabled: true, provider: 'consul' } },
      { helm },
    );
    expect(message).toMatch(/serviceMesh[./]provider/);
    expect(message).toMatch(/['"]istio['"], ['"]linkerd['"]/);
  });
});

const sections = {
  istio: [
    'injection',
    'ambient',
    'destinationRule',
    'virtualService',
    'peerAuthentication',
    'authorizationPolicy',
    'serviceEntry',
  ],
  linkerd: ['injection', 'serviceProfile', 'trafficSplit'],
} as const;

test.concurrent.each(['istio', 'linkerd'] as const)(
  '%s: defaults taken away with null',
  async (provider) => {
    const values = (inner: unknown) => ({
      serviceMesh: { enabled: true, provider, [provider]: inner },
      dispatch: { backend: 'raft' },
    });
    const gone = Object.fromEntries(sections[provider].map((key) => [key, null]));
    const emptied = {
      istio: {
        destinationRule: { trafficPolicy: null, tlsMode: null },
        virtualService: { retries: null, timeout: null, hosts: null, gateways: null },
        authorizationPolicy: { enabled: true, action: null, rules: null },
        peerAuthentication: { mtls: null, portLevelMtls: null },
        serviceEntry: { hosts: null },
      },
      linkerd: { serviceProfile: { routes: null, retryBudget: null } },
    }[provider];
    for (const inner of [null, gone, emptied]) await render(values(inner));
    if (provider === 'linkerd')
      for (const canary of [null, { image: null, replicas: null, canaryWeight: null }]) {
        const rendering = await render({
          serviceMesh: {
            enabled: true,
            provider,
            linkerd: { trafficSplit: { enabled: true, canary } },
          },
        });
        expect(rendering.get('Deployment', 'xerv-canary').spec.replicas).toBe(1);
      }
  },
);

// XERV limits requests by client address; behind a proxy the probe shares that of all clients.
test.concurrent.each(['istio', 'linkerd'])(
  'B12: behind the proxy of %s the readiness probe asks nothing of the API',
  async (provider) => {
    const probesOf = async (values: object) =>
      (await render(values)).container as unknown as Record<string, object>;
    const { startupProbe, readinessProbe } = await probesOf({
      serviceMesh: { enabled: true, provider },
    });
    expect(readinessProbe).toMatchObject({ tcpSocket: { port: 'http' }, periodSeconds: 5 });
    expect(readinessProbe).not.toHaveProperty('httpGet');
    expect(startupProbe).toMatchObject({ httpGet: { path: '/api/v1/health' } });
    expect((await probesOf({})).readinessProbe).toMatchObject({ httpGet: { port: 'http' } });
  },
);

test.concurrent("the user's own labels and annotations win", async () => {
  const own = { 'sidecar.istio.io/inject': 'false', 'proxy.istio.io/config': '{}' };
  const { metadata } = (
    await render({
      serviceMesh: { enabled: true, provider: 'istio' },
      podLabels: own,
      podAnnotations: own,
    })
  ).podTemplate;
  expect(metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
  expect(metadata.annotations).toMatchObject({ 'proxy.istio.io/config': '{}' });
});
