import { describe, expect, test } from 'vitest';
import { isAllowed, type NetworkPolicy, type Peer } from '../support/network-policy.ts';
import { render } from '../support/render.ts';
import {
  ambient,
  basics,
  every,
  letIn,
  mesh,
  on,
  pods,
  raft,
  xerv,
} from './support/let-through.ts';

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
