import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

/** Literals: where one of these moves, a running release cannot be upgraded or loses its data. */
const selector = { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'prod' };
const raft = { replicaCount: 3, dispatch: { backend: 'raft' } };
const release = 'prod';

test.concurrent('raft: names, selectors, serviceName and claim template', async () => {
  const rendering = await render(raft, { release });
  expect(rendering.names).toEqual([
    'ConfigMap/prod-xerv-config',
    'Pod/prod-xerv-test-connection',
    'Service/prod-xerv',
    'Service/prod-xerv-headless',
    'ServiceAccount/prod-xerv',
    'StatefulSet/prod-xerv',
  ]);
  expect(rendering.workload.spec).toMatchObject({
    serviceName: 'prod-xerv-headless',
    selector: { matchLabels: selector },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      },
    ],
  });
  expect(rendering.container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
  expect(rendering.container.ports).toEqual([
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'grpc', containerPort: 5000, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
  ]);
  expect(rendering.get('Service', 'prod-xerv-headless').spec.selector).toEqual(selector);
});

test.concurrent('memory: names, selectors, claim and port', async () => {
  const rendering = await render({ persistence: { enabled: true } }, { release });
  expect(rendering.names).toEqual([
    'Deployment/prod-xerv',
    'PersistentVolumeClaim/prod-xerv-data',
    'Pod/prod-xerv-test-connection',
    'Service/prod-xerv',
    'ServiceAccount/prod-xerv',
  ]);
  expect(rendering.workload.spec).toMatchObject({ selector: { matchLabels: selector } });
  expect(rendering.get('Service').spec).toMatchObject({
    selector,
    ports: [
      { name: 'http', port: 8080, targetPort: 'http' },
      { name: 'metrics', port: 9090, targetPort: 'metrics' },
    ],
  });
  expect(rendering.container.ports).toEqual([
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
  ]);
});

describe.each([
  ['raft', raft],
  ['memory', {}],
])('%s', (_backend, values) => {
  test.concurrent('container and user', async () => {
    const { podTemplate } = await render(values, { release });
    expect(podTemplate.spec.containers.map(({ name }) => name)).toEqual(['xerv']);
    expect(podTemplate.spec).toMatchObject({
      serviceAccountName: 'prod-xerv',
      securityContext: { runAsUser: 1000, fsGroup: 1000 },
    });
  });

  test.concurrent('labels of users do not change what selects the pods', async () => {
    const labels = { 'app.kubernetes.io/name': 'other', team: 'a' };
    const rendering = await render(
      { ...values, commonLabels: labels, podLabels: labels },
      { release },
    );
    expect(rendering.workload.spec.selector).toEqual({ matchLabels: selector });
    expect(rendering.podTemplate.metadata.labels).toEqual({ ...selector, team: 'a' });
  });
});

test.concurrent('a release named like the chart is not named twice', async () => {
  const rendering = await render(raft, { release: 'my-xerv' });
  expect(rendering.workload.metadata.name).toBe('my-xerv');
});
