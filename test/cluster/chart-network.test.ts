import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { readUpstreamReadme, readValuesFile } from '../chart/support/upstream-readme.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { plainHelm } from '../support/plain-helm.ts';
import { bundledChart, helms } from '../support/release.ts';
import { render } from '../support/render.ts';

const on = { enabled: true };
const kinds = 'networkpolicy,ingress,httproute.gateway.networking.k8s.io';
const preset = new URL('../../presets/network-secure.yaml', import.meta.url);

const published = {
  service: {
    type: 'LoadBalancer',
    clusterIP: '10.96.0.77',
    externalIPs: ['192.0.2.10'],
    loadBalancerIP: '192.0.2.11',
    allocateLoadBalancerNodePorts: false,
    internalTrafficPolicy: 'Cluster',
    trafficDistribution: 'PreferSameZone',
    publishNotReadyAddresses: true,
    appProtocol: 'http',
    sessionAffinity: 'ClientIP',
    sessionAffinityTimeoutSeconds: 60,
  },
  extraPorts: [
    { name: 'hooks', port: 81, targetPort: 8081, appProtocol: 'http' },
    { name: 'syslog', port: 5514, protocol: 'UDP' },
  ],
  ingress: {
    enabled: true,
    className: 'nginx',
    labels: { tier: 'edge' },
    annotations: { number: 1_000_000 },
    hosts: [
      'a.example.com',
      '*.example.com',
      { host: 'b.example.com', paths: ['/x', { path: '/y', pathType: 'Exact', port: 'hooks' }] },
    ],
    tls: [{ secretName: 'tls', hosts: ['a.example.com'] }],
  },
  httpRoute: {
    enabled: true,
    parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https', port: 443 }],
    hostnames: ['a.example.com'],
    filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['Server'] } }],
    timeouts: { request: '30s', backendRequest: '10s' },
    extraRules: [
      {
        matches: [{ path: { type: 'Exact', value: '/old' } }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 301 } }],
      },
    ],
  },
};

/** As many fields as the objects can have, so that each one that the chart renders is seen. */
const releases = {
  'published in every way, with a policy': {
    ...published,
    networkPolicy: {
      enabled: true,
      labels: { tier: 'edge' },
      annotations: { number: 1_000_000 },
      clients: { namespaces: ['frontend'], podLabels: { number: 1_000_000 } },
      backendServers: { namespaces: ['data'], cidrs: ['10.0.0.0/8', 'fd00::/8'], ports: [6380] },
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }],
    },
    dispatch: { backend: 'redis', redis: { url: 'rediss://[2001:db8::1]:6380' } },
    monitoring: { tracing: { enabled: true, endpoint: 'http://tempo.monitoring:4317' } },
  },
  'ports on the nodes': {
    service: { type: 'NodePort', nodePort: 30_180, externalTrafficPolicy: 'Local' },
    extraPorts: [{ name: 'hooks', port: 8081, nodePort: 30_181 }],
  },
  'a headless Service': { service: { clusterIP: 'None' }, networkPolicy: on },
  'raft, with a policy and nothing else': {
    ...{ dispatch: { backend: 'raft' }, networkPolicy: on },
    ...{ tests: { enabled: false }, metrics: { enabled: false } },
  },
  'the README’s values-network-secure.yaml': readValuesFile(
    await readUpstreamReadme(),
    'values-network-secure.yaml',
  ),
  'the preset': await readFile(preset, 'utf8'),
};

interface Service {
  readonly spec: { readonly ports: readonly { readonly name: string; readonly port: number }[] };
}

describeCluster('the ways in and out, on the API server', (cluster) => {
  beforeAll(() => ensureCrds(cluster, ['gateway-api']));

  const namesOf = async (namespace: string, what = kinds) =>
    (await kubectl(cluster, ['get', what, '-n', namespace, '-o', 'name'])).stdout
      .split('\n')
      .filter(Boolean);

  const podsReady = (namespace: string) =>
    eventually(async () => {
      const { items } = await kubectlJson<{
        items: { status: { conditions?: { type: string; status: string }[] } }[];
      }>(cluster, ['get', 'pods', '-l', 'app.kubernetes.io/name=xerv', '-n', namespace]);
      const ready = items.every(({ status }) =>
        status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
      );
      return items.length > 0 && ready ? true : undefined;
    }, 60_000);

  test.each(Object.entries(releases))('%s: every field is known', async (_, values) => {
    const namespace = await makeNamespace(cluster);
    const rendering = await render(values, { namespace });
    const applied = await kubectl(
      cluster,
      ['apply', '-n', namespace, '--server-side', '--validate=strict', '-f', '-'],
      { input: rendering.text },
    );
    // Kubernetes 1.36 and newer say that externalIPs is on its way out.
    const others = applied.stderr.replace(/^Warning: spec.externalIPs is deprecated.*\n/m, '');
    expect([applied.code, others]).toEqual([0, '']);
    await podsReady(namespace);
  });

  test.each(helms)(
    'helm opens and closes the ways, and an uninstall leaves none (%s)',
    async (helm) => {
      const namespace = await makeNamespace(cluster);
      const run = (...args: string[]) => plainHelm(cluster, { helm, namespace }, args);
      const sets = (...values: string[]) => ['--set', values.join()];
      await run('install', 'xerv', bundledChart);
      expect(await namesOf(namespace)).toEqual([]);

      const ways = ['networkPolicy.enabled=true', 'ingress.enabled=true', 'httpRoute.enabled=true'];
      const ports = ['extraPorts[0].name=hooks', 'extraPorts[0].port=8081'];
      await run('upgrade', 'xerv', bundledChart, ...sets(...ways, 'ingress.hosts[0]=a', ...ports));
      expect(await namesOf(namespace)).toEqual([
        'networkpolicy.networking.k8s.io/xerv',
        'ingress.networking.k8s.io/xerv',
        'httproute.gateway.networking.k8s.io/xerv',
      ]);
      const service = await kubectlJson<Service>(cluster, ['get', 'service/xerv', '-n', namespace]);
      expect(service.spec.ports.map(({ name, port }) => [name, port])).toEqual([
        ['http', 8080],
        ['metrics', 9090],
        ['hooks', 8081],
      ]);

      await run('upgrade', 'xerv', bundledChart, ...sets('networkPolicy.enabled=true'));
      expect(await namesOf(namespace)).toEqual(['networkpolicy.networking.k8s.io/xerv']);
      await podsReady(namespace);
      await run('uninstall', 'xerv');
      expect(await namesOf(namespace, `${kinds},deployment,service,secret`)).toEqual([]);
    },
  );
});
