import { expect, test } from 'vitest';
import { readUpstreamReadme, readValuesFile } from '../chart/support/upstream-readme.ts';
import { eventually, kubectl, makeNamespace } from '../support/cluster.ts';
import { render } from '../support/render.ts';
import { apply, PATIENCE, useAddOnCluster } from './support/add-on-cluster.ts';
import { istioctl, startIstio } from './support/istio.ts';
import { loadPreset } from './support/presets.ts';
import { type InjectedPod, installRelease, readPods } from './support/release.ts';

const cluster = useAddOnCluster(startIstio);
const preset = await loadPreset('istio');
const readme = readValuesFile(await readUpstreamReadme(), 'values-istio.yaml');
const withIstio = (more: object) => ({
  serviceMesh: {
    enabled: true,
    provider: 'istio',
    istio: { injection: { enabled: true }, ...more },
  },
});

/** The proxies in a pod: a native sidecar is an init container that keeps running. */
function proxiesOf({ spec }: InjectedPod): string[] {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  return all.filter(({ name }) => name === 'istio-proxy').map((proxy) => `${proxy.restartPolicy}`);
}

async function firstPod(namespace: string): Promise<InjectedPod> {
  return eventually(async () => (await readPods(cluster, namespace))[0], PATIENCE);
}

test.each([
  ['without labels', {}],
  ['with istio-injection', { 'istio-injection': 'enabled' }],
  ['with a revision', { 'istio.io/rev': 'default' }],
] as const)('A20: pods in a namespace %s have one sidecar', async (_, labels) => {
  const namespace = await makeNamespace(cluster, labels);
  await installRelease(cluster, namespace, preset, '--wait');
  expect(proxiesOf(await firstPod(namespace))).toEqual(['Always']);
});

test('A20: so do those of values-istio.yaml of the README', async () => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, readme, '--wait');
  expect(proxiesOf(await firstPod(namespace))).toEqual(['Always']);
});

test('A20: so do three raft members, each of them', async () => {
  const namespace = await makeNamespace(cluster);
  const values = { ...preset, dispatch: { backend: 'raft' }, replicaCount: 3 };
  await installRelease(cluster, namespace, values, '--wait');
  const pods = await readPods(cluster, namespace);
  expect(pods.map(proxiesOf)).toEqual([['Always'], ['Always'], ['Always']]);
});

test('a pod asks for the revision that it is told, and no other one takes it', async () => {
  const namespace = await makeNamespace(cluster);
  const values = withIstio({ injection: { enabled: true, revision: 'canary' } });
  await installRelease(cluster, namespace, values);
  const other = await firstPod(namespace);
  expect(other.metadata.labels['istio.io/rev']).toBe('canary');
  expect(proxiesOf(other)).toEqual([]);

  const own = await makeNamespace(cluster);
  await installRelease(
    cluster,
    own,
    withIstio({ injection: { enabled: true, revision: 'default' } }),
    '--wait',
  );
  expect(proxiesOf(await firstPod(own))).toEqual(['Always']);
});

test.each([
  ['no mesh', {}],
  ['injection off', withIstio({ injection: { enabled: false } })],
  ['ambient', withIstio({ ambient: { enabled: true } })],
])('with %s there is no sidecar', async (_, values) => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, values, '--wait');
  expect(proxiesOf(await firstPod(namespace))).toEqual([]);
});

test('in ambient mode there is none either where the namespace would add one', async () => {
  const namespace = await makeNamespace(cluster, { 'istio-injection': 'enabled' });
  await installRelease(cluster, namespace, withIstio({ ambient: { enabled: true } }), '--wait');
  expect(proxiesOf(await firstPod(namespace))).toEqual([]);
});

test("the proxy starts first and bypasses NATS, as the chart's annotations say", async () => {
  const namespace = await makeNamespace(cluster);
  const values = {
    ...preset,
    dispatch: { backend: 'nats', nats: { url: 'nats://nats:4333' } },
  };
  await installRelease(cluster, namespace, values, '--wait');
  const { spec } = await firstPod(namespace);
  const init = spec.initContainers?.find(({ name }) => name === 'istio-init');
  expect(JSON.stringify(init)).toContain('4333');
});

test('istiod is asked: it refuses a DestinationRule that no schema would', async () => {
  const namespace = await makeNamespace(cluster);
  const rule = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'wrong', namespace },
    spec: { host: 'no name of a host' },
  };
  // Until istiod has told the API server whom to trust, its webhook lets everything through.
  const isDenied = await eventually(async () => {
    const said = await apply(cluster, [rule]).then(() => '', String);
    return /admission webhook "[a-z.]*validation\.istio\.io" denied/.test(said) || undefined;
  }, 90_000);
  expect(isDenied).toBe(true);
});

test('istioctl knows that the pods are injected', async () => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, preset, '--wait');
  const answer = await istioctl(cluster, [
    ...['x', 'check-inject', '-n', namespace, 'deployment/xerv'],
  ]);
  expect(answer.stdout).toMatch(/istio-sidecar-injector.*✔/);
});

test.each([
  ['the preset', preset],
  ['values-istio.yaml of the README', readme],
  ['raft', { ...preset, dispatch: { backend: 'raft' }, replicaCount: 3 }],
  [
    'every object of the mesh',
    withIstio({
      destinationRule: { enabled: true },
      virtualService: { enabled: true },
      peerAuthentication: { enabled: true },
      authorizationPolicy: { enabled: true },
    }),
  ],
])('istioctl analyze finds nothing in the release: %s', async (_, values) => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, values, '--wait');
  const { stdout, stderr } = await istioctl(cluster, [
    ...['analyze', '-n', namespace, '--output', 'json', '--failure-threshold', 'Error'],
  ]);
  const found = JSON.parse(stdout || '[]') as { level: string; code: string; message: string }[];
  const level = found.filter((message) => message.level !== 'Info');
  expect(level, stderr).toEqual([]);
});

test('istioctl analyze would find a route to nowhere', async () => {
  const namespace = await makeNamespace(cluster);
  const { objects } = await render(preset, { namespace });
  const route = objects.find(({ kind }) => kind === 'VirtualService');
  await apply(cluster, [{ ...route, metadata: { ...route?.metadata, namespace } }]);
  const { stdout } = await istioctl(cluster, ['analyze', '-n', namespace, '--output', 'json']);
  expect(stdout).toContain('IST0101');
  await kubectl(cluster, ['delete', 'virtualservice', '--all', '-n', namespace]);
});
