import { expect, test } from 'vitest';
import { render } from '../support/render.ts';

const serviceOf = async (values: object) =>
  (await render(values)).get('Service', 'xerv').spec as Record<string, unknown>;

test.concurrent('inside the cluster by default, and nothing that belongs to other types', async () => {
  const service = { nodePort: 30_080, externalTrafficPolicy: 'Local', loadBalancerClass: 'a' };
  expect(await serviceOf({ service })).toEqual({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    selector: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
    ports: [
      { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' },
      { name: 'metrics', port: 9090, targetPort: 'metrics', protocol: 'TCP' },
    ],
  });
});

test.concurrent('NodePort', async () => {
  const service = { type: 'NodePort', nodePort: 30_080, externalTrafficPolicy: 'Local' };
  expect(await serviceOf({ service })).toMatchObject({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ name: 'http', nodePort: 30_080 }],
  });
});

test.concurrent('LoadBalancer', async () => {
  const service = {
    type: 'LoadBalancer',
    loadBalancerClass: 'internal',
    loadBalancerSourceRanges: ['10.0.0.0/8'],
  };
  expect(await serviceOf({ service })).toMatchObject(service);
});

test.concurrent('what belongs to every type', async () => {
  const service = {
    clusterIP: 'None',
    externalIPs: ['192.0.2.10'],
    internalTrafficPolicy: 'Local',
    trafficDistribution: 'PreferClose',
    publishNotReadyAddresses: true,
  };
  const spec = await serviceOf({ service: { ...service, appProtocol: 'http' } });
  expect(spec).toMatchObject({ ...service, ports: [{ appProtocol: 'http' }, {}] });
});

test.concurrent('what belongs to LoadBalancer alone', async () => {
  const service = { loadBalancerIP: '192.0.2.11', allocateLoadBalancerNodePorts: false };
  expect(await serviceOf({ service: { ...service, type: 'LoadBalancer' } })).toMatchObject(service);
  for (const key of Object.keys(service)) {
    expect(await serviceOf({ service: { ...service, type: 'NodePort' } })).not.toHaveProperty(key);
    expect(await serviceOf({ service: { type: 'LoadBalancer' } })).not.toHaveProperty(key);
  }
});

test.concurrent('a client keeps its pod for as long as is said', async () => {
  const timeoutSeconds = 60;
  const sticky = { sessionAffinityTimeoutSeconds: timeoutSeconds };
  expect(await serviceOf({ replicaCount: 2, service: sticky })).toMatchObject({
    sessionAffinityConfig: { clientIP: { timeoutSeconds } },
  });
  for (const values of [{ service: sticky }, { replicaCount: 2 }])
    expect(await serviceOf(values)).not.toHaveProperty('sessionAffinityConfig');
});

test.concurrent('several replicas keep a client on its pod, unless told otherwise', async () => {
  expect(await serviceOf({ replicaCount: 2 })).toMatchObject({ sessionAffinity: 'ClientIP' });
  const service = { sessionAffinity: 'None' };
  expect(await serviceOf({ replicaCount: 2, service })).toMatchObject(service);
});

test.concurrent('IP families go to both Services', async () => {
  const families = { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'] };
  const rendering = await render({
    dispatch: { backend: 'raft' },
    server: { host: '::' },
    service: families,
  });
  for (const name of ['xerv', 'xerv-headless'])
    expect(rendering.get('Service', name).spec).toMatchObject(families);
  expect(rendering.container.args).toEqual(['serve', '--host', '::', '--port', '8080']);
});

test.concurrent('labels and annotations: own, common, and those of a release stay', async () => {
  const rendering = await render({
    commonLabels: { team: 'a', 'app.kubernetes.io/instance': 'other' },
    commonAnnotations: { owner: 1_000_000, note: 'common' },
    service: { labels: { tier: 'api' }, annotations: { note: 'own' } },
  });
  const { metadata } = rendering.get('Service');
  expect(metadata.labels).toMatchObject({
    team: 'a',
    tier: 'api',
    'app.kubernetes.io/instance': 'xerv',
  });
  expect(metadata.annotations).toEqual({ owner: '1000000', note: 'own' });
  expect(rendering.podTemplate.metadata.labels).toMatchObject({ team: 'a' });
  expect(rendering.podTemplate.metadata.annotations).toBeUndefined();
});

test.concurrent('B1, B2: one port, by the flag; gRPC only with raft', async () => {
  const rendering = await render({
    server: { apiPort: 9000, grpcPort: 9000 },
    metrics: { enabled: false },
  });
  expect(rendering.container.args.slice(-2)).toEqual(['--port', '9000']);
  expect(rendering.container.ports).toEqual([
    { name: 'http', containerPort: 9000, protocol: 'TCP' },
  ]);
  expect(rendering.get('Service').spec.ports).toMatchObject([{ port: 9000 }]);
});
