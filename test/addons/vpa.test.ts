import { expect, test } from 'vitest';
import { eventually, kubectl, makeNamespace } from '../support/cluster.ts';
import { apply, PATIENCE, useAddOnCluster } from './support/add-on-cluster.ts';
import { loadPreset } from './support/presets.ts';
import { installRelease, readPods } from './support/release.ts';
import { startVpa } from './support/vpa.ts';

const cluster = useAddOnCluster(startVpa);

const sidecar = {
  name: 'sidecar',
  image: 'registry.example/sidecar:1',
  resources: { requests: { cpu: '10m', memory: '16Mi' } },
};

/**
 * As the recommender writes it, which says nothing of containers whose mode is Off: that is how the
 * chart has sidecars left alone.
 */
function recommend(namespace: string, containers: Readonly<Record<string, object>>) {
  const containerRecommendations = Object.entries(containers).map(([containerName, target]) => ({
    containerName,
    target,
    lowerBound: target,
    upperBound: target,
  }));
  const status = {
    recommendation: { containerRecommendations },
    conditions: [
      {
        type: 'RecommendationProvided',
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  };
  return kubectl(cluster, [
    ...['patch', 'vpa', 'xerv', '-n', namespace, '--subresource=status', '--type=merge'],
    ...['-p', JSON.stringify({ status })],
  ]);
}

test('the admission controller is asked: it refuses what no schema would', async () => {
  const namespace = await makeNamespace(cluster);
  const vpa = {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { name: 'wrong', namespace },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
      resourcePolicy: {
        containerPolicies: [
          { containerName: '*', minAllowed: { cpu: '2' }, maxAllowed: { cpu: '1' } },
        ],
      },
    },
  };
  await expect(apply(cluster, [vpa])).rejects.toThrow('max resource for cpu is lower than min of');
});

test('a new pod requests what was recommended, within the bounds, and its sidecars what they had', async () => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, await loadPreset('vpa'), '--wait');
  const patched = await recommend(namespace, { xerv: { cpu: '777m', memory: '64Gi' } });
  expect(patched).toMatchObject({ code: 0 });

  await installRelease(cluster, namespace, {
    ...(await loadPreset('vpa')),
    extraContainers: [sidecar],
  });
  // The admission controller hears of a recommendation a moment later than it is written.
  const pod = await eventually(async () => {
    const pods = (await readPods(cluster, namespace)).filter(
      ({ spec }) => spec.containers.length === 2,
    );
    const asRecommended = pods.find(({ spec }) =>
      spec.containers.some(({ resources }) => resources?.requests?.cpu === '777m'),
    );
    const name = pods[0]?.metadata.name;
    if (!asRecommended && name)
      await kubectl(cluster, ['delete', 'pod', name, '-n', namespace, '--wait=false']);
    return asRecommended;
  }, PATIENCE);
  const requests = Object.fromEntries(
    pod.spec.containers.map(({ name, resources }) => [name, resources?.requests]),
  );
  expect(requests).toEqual({
    xerv: { cpu: '777m', memory: '8Gi' },
    sidecar: { cpu: '10m', memory: '16Mi' },
  });
});

test('with updateMode Off pods stay as they are', async () => {
  const namespace = await makeNamespace(cluster);
  const values = { vpa: { enabled: true, updateMode: 'Off' } };
  await installRelease(cluster, namespace, values, '--wait');
  await recommend(namespace, { xerv: { cpu: '777m', memory: '1Gi' } });
  const before = await readPods(cluster, namespace);
  await installRelease(cluster, namespace, { ...values, podAnnotations: { again: 'yes' } });
  const pod = await eventually(async () => {
    const pods = await readPods(cluster, namespace);
    return pods.find(({ metadata }) => metadata.annotations?.again);
  }, PATIENCE);
  expect(pod.spec.containers[0]?.resources).toEqual(before[0]?.spec.containers[0]?.resources);
});
