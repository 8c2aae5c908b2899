import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isAllowed, type NetworkPolicy, type Peer, type Pod } from '../support/network-policy.ts';
import { helms, type Rendering, render, renderNotes } from '../support/render.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const on = { networkPolicy: { enabled: true } };
const pods = (namespace: string, labels: Record<string, string> = {}): Pod => ({
  namespace,
  labels,
});
const outside = { address: '198.51.100.7' };
const inRelease = (release: string, name = 'xerv') => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': release,
});
const xerv = pods('team', inRelease('xerv'));
const everybody: Record<string, Peer> = {
  peer: xerv,
  'helm test': pods('team', inRelease('xerv', 'xerv-test')),
  'other release': pods('team', inRelease('other')),
  neighbour: pods('team'),
  'namespace data': pods('data'),
  DNS: pods('kube-system', { 'k8s-app': 'kube-dns' }),
  'NodeLocal DNS': { address: '169.254.20.10' },
  'OpenShift DNS': pods('openshift-dns'),
  Prometheus: pods('monitoring'),
  istiod: pods('istio-system'),
  linkerd: pods('linkerd'),
  'ingress-nginx': pods('ingress-nginx'),
  frontend: pods('frontend'),
  stranger: pods('stranger'),
  outside,
};
/** Every port that means something to somebody, and one that does not. */
const ports = [
  ...[53, 443, 1234, 4143, 4191, 4222, 4317, 5000, 5353, 6379, 6380, 8080, 8081, 8086, 8090, 9090],
  ...[15008, 15012, 15020, 15021, 15090],
];

/** `who:port` of all TCP connections that are let through, of those that are tried. */
function letThrough(rendering: Rendering, direction: 'in' | 'out', pod = xerv): string[] {
  const policies = rendering.objects.filter(({ kind }) => kind === 'NetworkPolicy');
  return Object.entries(everybody).flatMap(([who, peer]) =>
    ports
      .filter((port) =>
        isAllowed(policies as unknown as NetworkPolicy[], { direction, pod, peer, port }),
      )
      .map((port) => `${who}:${port}`),
  );
}
const letIn = async (values: object) => letThrough(await render({ ...on, ...values }), 'in').sort();
/** Without DNS, which is the same for all. */
const letOut = async (values: object) =>
  letThrough(await render({ ...on, ...values }), 'out')
    .filter((peer) => !/DNS:(53|5353)$/.test(peer))
    .sort();

const every = (port: number) => Object.keys(everybody).map((who) => `${who}:${port}`);
const basics = ['Prometheus:9090', 'helm test:8080'];
const redis = (url: string) => ({ dispatch: { backend: 'redis', redis: { url } } });
const nats = (url: string) => ({ dispatch: { backend: 'nats', nats: { url } } });
const raft = { dispatch: { backend: 'raft' } };
const mesh = (provider: string, more: object = {}) => ({
  serviceMesh: { enabled: true, provider, [provider]: more },
});
const ambient = mesh('istio', { ambient: { enabled: true } });

test.concurrent('none by default', async () => {
  expect((await render({})).find('NetworkPolicy')).toBeUndefined();
});

describe('whom it selects', () => {
  test.concurrent('the pods of this release alone', async () => {
    const rendering = await render(on);
    for (const free of ['other release', 'helm test', 'neighbour', 'stranger'])
      expect(letThrough(rendering, 'in', everybody[free] as Pod)).toContain('stranger:1234');
    expect(letThrough(rendering, 'in')).not.toContain('stranger:1234');
  });

  test.concurrent('those of a canary too', async () => {
    const values = mesh('linkerd', { trafficSplit: { enabled: true } });
    const rendering = await render({ ...on, ...values });
    const { labels = {} } = (
      rendering.get('Deployment', 'xerv-canary').spec as {
        template: { metadata: { labels?: Record<string, string> } };
      }
    ).template.metadata;
    expect(letThrough(rendering, 'in', pods('team', labels))).toEqual(letThrough(rendering, 'in'));
    expect(letThrough(rendering, 'in', pods('team', inRelease('other')))).toContain(
      'stranger:1234',
    );
  });
});

describe('DNS', () => {
  test.concurrent('D67: of Kubernetes, NodeLocal DNSCache and OpenShift, by UDP and TCP', async () => {
    const policies = [(await render(on)).get('NetworkPolicy')] as unknown as NetworkPolicy[];
    const asks = (who: string, port: number, protocol: 'TCP' | 'UDP') =>
      isAllowed(policies, {
        direction: 'out',
        pod: xerv,
        peer: everybody[who] as Peer,
        port,
        protocol,
      });
    for (const protocol of ['TCP', 'UDP'] as const) {
      expect(asks('DNS', 53, protocol)).toBe(true);
      expect(asks('NodeLocal DNS', 53, protocol)).toBe(true);
      expect(asks('OpenShift DNS', 5353, protocol)).toBe(true);
      for (const who of ['outside', 'stranger', 'neighbour'])
        expect(asks(who, 53, protocol)).toBe(false);
    }
    expect(asks('DNS', 443, 'TCP')).toBe(false);
  });

  test.concurrent('elsewhere', async () => {
    const dns = { namespaces: ['stranger'], podLabels: { a: 'b' }, cidrs: [], ports: [1234] };
    const rendering = await render({ networkPolicy: { enabled: true, dns } });
    expect(letThrough(rendering, 'out')).toEqual([]);
    const policies = [rendering.get('NetworkPolicy')] as unknown as NetworkPolicy[];
    const peer = pods('stranger', { a: 'b' });
    expect(
      isAllowed(policies, { direction: 'out', pod: xerv, peer, port: 1234, protocol: 'UDP' }),
    ).toBe(true);
  });
});

describe('out: the backend', () => {
  test.concurrent.each([
    ['memory', {}, []],
    ['raft: its peers', raft, ['peer:5000']],
    ['raft at another port', { ...raft, server: { grpcPort: 1234 } }, ['peer:1234']],
    [
      'a Service in this namespace',
      redis('redis://redis:6379'),
      ['helm test:6379', 'neighbour:6379', 'other release:6379', 'peer:6379'],
    ],
    ['a Service elsewhere', redis('redis://redis.data.svc:6379'), ['namespace data:6379']],
    [
      'a full name, a password and the usual port',
      redis('rediss://user:pass@redis.data.svc.cluster.local/2'),
      ['namespace data:6379'],
    ],
    ['an address', redis('rediss://:p@198.51.100.7:6380'), ['outside:6380']],
    ['a name outside: by its port', redis('rediss://cache.example.com:6380'), every(6380)],
    ['in the pod itself', redis('redis://127.0.0.1:6379'), []],
    [
      'several NATS servers',
      nats('nats://a.stranger.svc, nats://198.51.100.7:1234,tls://nats.data.svc:4222'),
      ['namespace data:4222', 'outside:1234', 'stranger:4222'],
    ],
    [
      'a pod of a headless Service, or a Service of a namespace: both',
      nats('nats://nats-0.data:4222'),
      ['helm test', 'namespace data', 'neighbour', 'other release', 'peer'].map((w) => `${w}:4222`),
    ],
  ])('%s', async (_, values, expected) => {
    expect(await letOut(values)).toEqual([...expected].sort());
  });

  test.concurrent('an IPv6 address', async () => {
    const rendering = await render({ ...on, ...redis('redis://[2001:db8::1]:6379') });
    const policies = [rendering.get('NetworkPolicy')] as unknown as NetworkPolicy[];
    const to = (address: string) =>
      isAllowed(policies, { direction: 'out', pod: xerv, peer: { address }, port: 6379 });
    expect([to('2001:db8::1'), to('2001:db8::2'), to('198.51.100.7')]).toEqual([
      ...[true, false, false],
    ]);
  });

  describe('D63: a URL in a Secret', () => {
    const secret = { dispatch: { backend: 'redis', redis: { existingSecret: 'redis' } } };

    test.concurrent('by the usual port, and the notes say so', async () => {
      expect(await letOut(secret)).toEqual(every(6379).sort());
      expect(await renderNotes({ ...on, ...secret })).toContain(
        'The URL of redis is in a Secret: its port is open to everywhere until networkPolicy.backendServers says where it is.',
      );
    });

    test.concurrent('to where the values say', async () => {
      const backendServers = { namespaces: ['data'], cidrs: ['198.51.100.0/24'], ports: [6380] };
      const values = { ...secret, networkPolicy: { enabled: true, backendServers } };
      expect(await letOut(values)).toEqual(['namespace data:6380', 'outside:6380']);
      expect(await renderNotes(values)).not.toContain('is in a Secret: its port');
    });
  });

  test.concurrent('a port of the pods that the Service hides', async () => {
    const networkPolicy = { enabled: true, backendServers: { ports: [1234] } };
    expect(await letOut({ ...redis('redis://r.data.svc'), networkPolicy })).toEqual([
      ...['namespace data:1234', 'namespace data:6379'],
    ]);
  });

  test.concurrent('a password is nowhere in the policy', async () => {
    const rendering = await render({ ...on, ...redis('redis://:hunter2@cache.example.com') });
    expect(JSON.stringify(rendering.get('NetworkPolicy'))).not.toContain('hunter2');
  });
});

describe('out: traces', () => {
  const tracing = (endpoint: string) => ({ monitoring: { tracing: { enabled: true, endpoint } } });
  test.concurrent.each([
    ['http://jaeger.data:4317', 'namespace data:4317'],
    ['jaeger.data.svc:4317', 'namespace data:4317'],
    ['https://198.51.100.7', 'outside:443'],
  ])('%s', async (endpoint, expected) => {
    expect(await letOut(tracing(endpoint))).toContain(expected);
    expect(await letOut(tracing(endpoint))).not.toContain('stranger:4317');
  });

  test.concurrent('not without the switch', async () => {
    const off = { monitoring: { tracing: { enabled: false, endpoint: 'http://a.data.svc:4317' } } };
    expect(await letOut(off)).toEqual([]);
  });
});

describe('D62: out: the mesh', () => {
  test.concurrent.each([
    ['istio', mesh('istio'), ['istiod:15012']],
    [
      'istio, by the label of the namespace',
      mesh('istio', { injection: { enabled: false } }),
      ['istiod:15012'],
    ],
    ['ambient: nothing', ambient, []],
    ['ambient, raft: peers by HBONE', { ...ambient, ...raft }, ['peer:15008', 'peer:5000']],
    ['istio, raft', { ...mesh('istio'), ...raft }, ['istiod:15012', 'peer:5000']],
    ['linkerd', mesh('linkerd'), ['linkerd:4143', 'linkerd:8080', 'linkerd:8086', 'linkerd:8090']],
    [
      'linkerd, redis in the mesh',
      { ...mesh('linkerd'), ...redis('redis://r.data.svc') },
      [
        ...['linkerd:4143', 'linkerd:8080', 'linkerd:8086', 'linkerd:8090'],
        ...['namespace data:4143', 'namespace data:6379'],
      ],
    ],
  ])('%s', async (_, values, expected) => {
    expect(await letOut(values)).toEqual(expected);
  });

  test.concurrent('a control plane elsewhere', async () => {
    const networkPolicy = { enabled: true, mesh: { namespaces: ['stranger'] } };
    expect(await letOut({ ...mesh('istio'), networkPolicy })).toEqual(['stranger:15012']);
  });
});

describe('in', () => {
  const sidecar = ['Prometheus', 'istiod'].flatMap((who) =>
    [15020, 15021, 15090].map((port) => `${who}:${port}`),
  );
  const controller = (who: string) => [`${who}:8080`, ...basics];

  test.concurrent.each([
    ['nobody but Prometheus and helm test', {}, basics],
    ['not even them', { metrics: { enabled: false }, tests: { enabled: false } }, []],
    ['metrics at the API', { metrics: { onApiPort: true } }, ['Prometheus:8080', 'helm test:8080']],
    ['raft peers', raft, [...basics, 'peer:5000']],
    ['D64: an ingress controller', { ingress: { enabled: true } }, controller('ingress-nginx')],
    [
      'one of another class',
      { ingress: { enabled: true, className: 'istio' } },
      controller('istiod'),
    ],
    [
      'a Gateway, in the namespace of its reference',
      { httpRoute: { enabled: true, parentRefs: [{ name: 'g', namespace: 'stranger' }] } },
      controller('stranger'),
    ],
    [
      'LoadBalancer: everybody',
      { service: { type: 'LoadBalancer' } },
      [...every(8080), 'Prometheus:9090'],
    ],
    [
      'B16: extra ports, by the number of the container',
      { ingress: { enabled: true }, extraPorts: [{ name: 'a', port: 80, targetPort: 8081 }] },
      ['ingress-nginx:8081', ...controller('ingress-nginx')],
    ],
    ['istio: metrics at the sidecar', mesh('istio'), ['helm test:8080', ...sidecar]],
    [
      'istio, a monitor with a certificate',
      { ...mesh('istio'), metrics: { podMonitor: { scheme: 'https' } } },
      [...basics, ...sidecar],
    ],
    [
      'istio, a Gateway of its own',
      mesh('istio', {
        virtualService: { gateways: ['stranger/public'], hosts: ['a.example.com'] },
      }),
      ['istiod:8080', 'stranger:8080', 'helm test:8080', ...sidecar],
    ],
    [
      'linkerd: by its proxy',
      mesh('linkerd'),
      [
        ...basics,
        ...['Prometheus:4143', 'Prometheus:4191', 'helm test:4143'],
        ...['linkerd:4143', 'linkerd:4191'],
      ],
    ],
    ['ambient: by HBONE', ambient, [...basics, 'Prometheus:15008', 'helm test:15008']],
  ])('%s', async (_, values, expected) => {
    expect(await letIn(values)).toEqual([...new Set(expected)].sort());
  });

  const policyOf = async (values: object) =>
    [(await render({ ...on, ...values })).get('NetworkPolicy')] as unknown as NetworkPolicy[];

  test.concurrent('ambient: the kubelet’s probes, and the waypoint', async () => {
    const labels = { 'istio.io/use-waypoint': 'way' };
    const policies = await policyOf({ ...ambient, service: { labels } });
    const from = (peer: Peer, port: number) =>
      isAllowed(policies, { direction: 'in', pod: xerv, peer, port });
    expect(from({ address: '169.254.7.127' }, 8080)).toBe(true);
    expect(from({ address: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff' }, 8080)).toBe(true);
    expect(from({ address: '169.254.7.127' }, 9090)).toBe(false);
    const waypoint = { 'gateway.networking.k8s.io/gateway-name': 'way' };
    expect(from(pods('team', waypoint), 15008)).toBe(true);
    expect(from(pods('stranger', waypoint), 15008)).toBe(false);
  });

  test.concurrent('A42: pods in a namespace, not pods or a namespace', async () => {
    const labels = { app: 'prometheus' };
    const networkPolicy = {
      enabled: true,
      prometheus: { namespaces: ['monitoring', 'stranger'], podLabels: labels },
      clients: { namespaces: ['frontend'], podLabels: { app: 'web' } },
    };
    const policies = await policyOf({ networkPolicy });
    const from = (peer: Peer, port: number) =>
      isAllowed(policies, { direction: 'in', pod: xerv, peer, port });
    expect(from(pods('monitoring', labels), 9090)).toBe(true);
    expect(from(pods('stranger', labels), 9090)).toBe(true);
    expect(from(pods('monitoring'), 9090)).toBe(false);
    expect(from(pods('team', labels), 9090)).toBe(false);
    expect(from(pods('frontend', { app: 'web' }), 8080)).toBe(true);
    expect(from(pods('frontend'), 8080)).toBe(false);
    expect(from(pods('team', { app: 'web' }), 8080)).toBe(false);
  });

  test.concurrent('KEDA, where it asks XERV', async () => {
    const keda = (type: string) => ({
      keda: { enabled: true, extraTriggers: [{ type, metadata: {} }] },
    });
    const from = async (values: object) =>
      isAllowed(await policyOf(values), {
        direction: 'in',
        pod: xerv,
        peer: pods('keda'),
        port: 8080,
      });
    expect(await from(keda('metrics-api'))).toBe(true);
    expect(await from(keda('kafka'))).toBe(false);
  });

  test.concurrent('no port that an extra port does not have: UDP', async () => {
    const policies = await policyOf({
      networkPolicy: { enabled: true, clients: { namespaces: ['frontend'] } },
      extraPorts: [{ name: 'a', port: 8081, protocol: 'UDP' }],
    });
    const from = (protocol: 'TCP' | 'UDP') =>
      isAllowed(policies, {
        direction: 'in',
        pod: xerv,
        peer: pods('frontend'),
        port: 8081,
        protocol,
      });
    expect([from('UDP'), from('TCP')]).toEqual([true, false]);
  });
});

describe.each(helms)('values-network-secure.yaml with %s', (helm) => {
  const example = readValuesFile(readme, 'values-network-secure.yaml');

  test.concurrent('its rules come on top of ours', async () => {
    const rendering = await render(example, { helm });
    const policies = [rendering.get('NetworkPolicy')] as unknown as NetworkPolicy[];
    const frontend = { ...pods('frontend'), namespaceLabels: { name: 'frontend' } };
    const check = (direction: 'in' | 'out', peer: Peer, port: number) =>
      isAllowed(policies, { direction, pod: xerv, peer, port });
    expect(check('in', frontend, 8080)).toBe(true);
    expect(check('in', frontend, 9090)).toBe(false);
    // D65: only with the label.
    expect(check('in', pods('frontend'), 8080)).toBe(false);
    expect(check('out', { address: '10.1.2.3' }, 443)).toBe(true);
    expect(check('out', outside, 443)).toBe(false);
    expect(letThrough(rendering, 'in').sort()).toEqual(basics);
  });
});

test.concurrent('the preset needs no label', async () => {
  const preset = await readFile(
    new URL('../../presets/network-secure.yaml', import.meta.url),
    'utf8',
  );
  expect(letThrough(await render(preset), 'in').sort()).toEqual(
    [...basics, 'frontend:8080'].sort(),
  );
});

test.concurrent.each([
  ['linkerd', mesh('linkerd'), 4143],
  ['ambient', ambient, 15008],
])('the user’s rules go through the mesh too: %s', async (_, values, port) => {
  const rule = (peer: 'from' | 'to') => ({
    [peer]: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'frontend' } } }],
    ports: [{ port: 8080 }],
  });
  const networkPolicy = { enabled: true, ingress: [rule('from')], egress: [rule('to')] };
  expect(await letIn({ ...values, networkPolicy })).toContain(`frontend:${port}`);
  expect(await letOut({ ...values, networkPolicy })).toContain(`frontend:${port}`);
  const without = await letIn({ ...mesh('istio'), networkPolicy });
  expect(without).not.toContain(`frontend:${port}`);
});

test.concurrent.each(helms)('every value of it may be null (%s)', async (helm) => {
  const keys = ['ingress', 'egress', 'clients', 'ingressController', 'prometheus', 'keda', 'mesh'];
  const nothing = Object.fromEntries([...keys, 'dns', 'backendServers'].map((key) => [key, null]));
  const values = {
    ...redis('redis://redis'),
    ...mesh('linkerd'),
    ingress: { enabled: true },
    networkPolicy: { enabled: true, ...nothing },
  };
  expect((await render(values, { helm })).get('NetworkPolicy').spec).toBeDefined();
});

describe('what the notes say', () => {
  test.concurrent('D65: a label that no namespace has by itself', async () => {
    const notes = await renderNotes(readValuesFile(readme, 'values-network-secure.yaml'));
    expect(notes).toContain('kubectl label namespace frontend name=frontend');
    expect(await renderNotes(on)).not.toContain('kubectl label');
  });

  test.concurrent('D66: it needs a network plugin', async () => {
    expect(await renderNotes(on)).toContain("where the cluster's network plugin enforces policies");
    expect(await renderNotes({})).not.toContain('network plugin');
  });

  test.concurrent('D64: a controller that nobody knows', async () => {
    const ingress = { enabled: true, className: 'internal' };
    expect(await renderNotes({ ...on, ingress })).toContain(
      'WARNING: nobody knows here where the ingress controller of class internal is: set networkPolicy.ingressController.namespaces.',
    );
  });
});
