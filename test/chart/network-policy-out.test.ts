import { describe, expect, test } from 'vitest';
import { isAllowed, type NetworkPolicy, type Peer } from '../support/network-policy.ts';
import { render, renderNotes } from '../support/render.ts';
import {
  ambient,
  every,
  everybody,
  letOut,
  letThrough,
  mesh,
  on,
  pods,
  raft,
  redis,
  xerv,
} from './support/let-through.ts';

const nats = (url: string) => ({ dispatch: { backend: 'nats', nats: { url } } });

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
        'The URL of redis is in a Secret: its port is open to every address until networkPolicy.backendServers is set.',
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
