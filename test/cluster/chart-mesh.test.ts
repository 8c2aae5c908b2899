import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
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
import { bundledChart, helms } from '../support/release.ts';
import { render } from '../support/render.ts';
import { runCommand } from '../support/run-command.ts';

const preset = (name: string) =>
  readFile(fileURLToPath(new URL(`../../presets/${name}.yaml`, import.meta.url)), 'utf8');
const readme = await readUpstreamReadme();

/** All that a mesh can be given, so that each field that the chart renders is seen. */
const istio = {
  injection: { revision: '1-30-3' },
  destinationRule: {
    trafficPolicy: {
      connectionPool: {
        tcp: { connectTimeout: '1s', tcpKeepalive: { time: '7200s' } },
        http: { maxRequestsPerConnection: 1_000_000, idleTimeout: '1m30s' },
      },
      loadBalancer: { consistentHash: { useSourceIp: true } },
    },
  },
  virtualService: {
    hosts: ['xerv.example.com'],
    gateways: ['istio-ingress/public'],
    retries: { retryOn: ['5xx', 'reset'] },
  },
  peerAuthentication: { portLevelMtls: { '8080': { mode: 'PERMISSIVE' } } },
  authorizationPolicy: {
    enabled: true,
    rules: [{ from: [{ source: { namespaces: ['frontend'] } }] }],
  },
  serviceEntry: {
    hosts: [
      { host: '10.0.0.3', port: 6379 },
      { host: 'otlp.example.com', port: 4317 },
    ],
  },
};
const linkerd = {
  injection: { opaquePorts: [4222] },
  serviceProfile: {
    routes: [
      {
        name: 'api',
        condition: { method: '*', pathRegex: '/api/.*' },
        isRetryable: true,
        timeout: '30s',
      },
    ],
  },
};
const mesh = (provider: 'istio' | 'linkerd', values: object) => ({
  serviceMesh: { enabled: true, provider, [provider]: values },
});
const raft = { dispatch: { backend: 'raft' }, replicaCount: 3 };
const nats = { dispatch: { backend: 'nats', nats: { url: 'nats://nats.example.com:4222' } } };

const kinds =
  'deployment,statefulset,service,configmap,serviceaccount,destinationrule.networking.istio.io,virtualservice.networking.istio.io,serviceentry.networking.istio.io,peerauthentication.security.istio.io,authorizationpolicy.security.istio.io,serviceprofile.linkerd.io,httproute.gateway.networking.k8s.io';

interface Workload {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly observedGeneration?: number; readonly readyReplicas?: number };
}

describeCluster('the chart in a mesh on the API server', (cluster) => {
  beforeAll(() => ensureCrds(cluster, ['istio', 'linkerd', 'gateway-api']));

  /** Waits until each workload of the namespace is ready, and gives their names. */
  const readyWorkloads = (namespace: string) =>
    eventually(async () => {
      const { items } = await kubectlJson<{ items: Workload[] }>(cluster, [
        ...['get', 'deployment,statefulset', '-n', namespace],
      ]);
      const ready = items.every(
        ({ metadata, spec, status }) =>
          status.observedGeneration === metadata.generation &&
          status.readyReplicas === spec.replicas,
      );
      return ready && items.length > 0 ? items.map(({ metadata }) => metadata.name) : undefined;
    }, 30_000);

  const namesOf = async (namespace: string) =>
    (
      await kubectlJson<{ items: { kind: string; metadata: { name: string } }[] }>(cluster, [
        ...['get', kinds, '-n', namespace],
      ])
    ).items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

  test.each([
    ['every field of istio, raft', { ...mesh('istio', istio), ...raft }],
    ['every field of istio, nats', { ...mesh('istio', istio), ...nats }],
    ['ambient', mesh('istio', { ambient: { enabled: true } })],
    ['every field of linkerd, raft', { ...mesh('linkerd', linkerd), ...raft }],
    ['a canary, nats', { ...mesh('linkerd', { trafficSplit: { enabled: true } }), ...nats }],
  ])('is accepted, and its pods become ready: %s', async (_, values) => {
    const namespace = await makeNamespace(cluster);
    const { text, names } = await render(values, { namespace });
    const applied = await kubectl(
      cluster,
      ['apply', '-n', namespace, '--server-side', '--validate=strict', '-f', '-'],
      { input: text },
    );
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    await readyWorkloads(namespace);
    const kind =
      /^(Deployment|StatefulSet|Service|.*(Rule|Entry|Authentication|Policy|Profile|Route))\//;
    expect(await namesOf(namespace)).toEqual(
      expect.arrayContaining(names.filter((name) => kind.test(name))),
    );
  });

  test.each(helms)('each example lives its life with %s', async (helm) => {
    const env = { KUBECONFIG: cluster.kubeconfigs.admin };
    const runHelm = async (args: readonly string[], input = '') => {
      const ran = await runCommand(cluster.tools[helm], args, { env, input });
      expect(ran, ran.stderr).toMatchObject({ code: 0 });
    };
    const lives = [
      [await preset('istio'), readValuesFile(readme, 'values-linkerd.yaml')],
      [await preset('linkerd'), readValuesFile(readme, 'values-istio.yaml')],
      [
        JSON.stringify(mesh('linkerd', { trafficSplit: { enabled: true } })),
        JSON.stringify({ ...mesh('istio', istio), ...raft }),
      ],
    ].map(async ([first = '', second = '']) => {
      const namespace = await makeNamespace(cluster);
      const release = ['xerv', bundledChart, '-n', namespace, '--values', '-'];
      await runHelm(['install', ...release], first);
      await readyWorkloads(namespace);
      await runHelm(['upgrade', ...release], second);
      await readyWorkloads(namespace);
      await runHelm(['uninstall', 'xerv', '-n', namespace]);
      await eventually(async () => {
        const left = await namesOf(namespace);
        return left.every((name) => /kube-root-ca|ServiceAccount\/default/.test(name)) || undefined;
      });
    });
    await Promise.all(lives);
  });
});
