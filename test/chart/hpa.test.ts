import { describe, expect, test } from 'vitest';
import { helms, render, renderError, renderNotes } from '../support/render.ts';

const on = { enabled: true };
const hpaOf = async (values: object) => (await render(values)).get('HorizontalPodAutoscaler');
const resource = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});

test.concurrent('nothing of it without the switch', async () => {
  const rendering = await render({ autoscaling: { minReplicas: 3 } });
  expect(rendering.find('HorizontalPodAutoscaler')).toBeUndefined();
  expect(rendering.workload.spec).toMatchObject({ replicas: 1 });
});

describe.each(helms)('%s', (helm) => {
  test.concurrent('the documented defaults', async () => {
    const { apiVersion, metadata, spec } = (await render({ autoscaling: on }, { helm })).get(
      'HorizontalPodAutoscaler',
    );
    expect([apiVersion, metadata.name, metadata.namespace]).toEqual([
      ...['autoscaling/v2', 'xerv', 'team'],
    ]);
    expect(spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [resource('cpu', 80)],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 300,
          policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
        },
        scaleUp: {
          stabilizationWindowSeconds: 0,
          policies: [
            { type: 'Percent', value: 100, periodSeconds: 15 },
            { type: 'Pods', value: 4, periodSeconds: 15 },
          ],
          selectPolicy: 'Max',
        },
      },
    });
  });

  test.concurrent('A11, D24: HPA and KEDA together are refused', async () => {
    const keda = { enabled: true, triggers: { cpu: on } };
    expect(await renderError({ autoscaling: on, keda }, { helm })).toContain(
      'autoscaling.enabled and keda.enabled are both true, and only one of them can set the number of replicas: turn one of them off.',
    );
  });
});

test.concurrent('A11, D25: the autoscaler owns the replicas', async () => {
  const rendering = await render({ replicaCount: 3, autoscaling: on });
  expect(rendering.workload.spec).not.toHaveProperty('replicas');
});

test.concurrent('A15, D05: raft is not scaled, and NOTES say so', async () => {
  const values = { replicaCount: 3, dispatch: { backend: 'raft' }, autoscaling: on };
  const rendering = await render(values);
  expect(rendering.find('HorizontalPodAutoscaler')).toBeUndefined();
  expect(rendering.workload).toMatchObject({ kind: 'StatefulSet', spec: { replicas: 3 } });
  expect(await renderNotes(values)).toContain(
    'WARNING: autoscaling.enabled is ignored: raft has fixed members and would lose its quorum. It keeps 3 replicas.',
  );
});

test.concurrent('memory, XERV’s metrics, and whatever else Kubernetes takes', async () => {
  const custom = { type: 'External', external: { metric: { name: 'q' }, target: { value: 1e6 } } };
  const { spec } = await hpaOf({
    autoscaling: {
      enabled: true,
      targetCPUUtilizationPercentage: null,
      targetMemoryUtilizationPercentage: 70,
      metrics: { pendingTraces: on, activeTraces: { enabled: true, targetValue: 1_000_000 } },
      customMetrics: [custom],
    },
  });
  const pods = (name: string, averageValue: string) => ({
    type: 'Pods',
    pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
  });
  expect(spec.metrics).toEqual([
    resource('memory', 70),
    pods('xerv_active_traces', '1000000'),
    pods('xerv_dispatch_queue_depth', '100'),
    custom,
  ]);
});

test.concurrent('A16: metrics of XERV need an adapter; keda does not', async () => {
  const metrics = { pendingTraces: on };
  expect(await renderNotes({ autoscaling: { enabled: true, metrics } })).toContain(
    'autoscaling.metrics needs an adapter that serves custom.metrics.k8s.io; keda scales on the same metrics without one.',
  );
  expect(await renderNotes({ autoscaling: on })).not.toContain('adapter');
});

test.concurrent('D26: a maximum below the minimum is not what the API server gets', async () => {
  const values = { autoscaling: { enabled: true, minReplicas: 4, maxReplicas: 2 } };
  expect((await hpaOf(values)).spec).toMatchObject({ minReplicas: 4, maxReplicas: 4 });
  expect(await renderNotes(values)).toContain(
    'autoscaling.maxReplicas (2) is below the minimum, so there are always 4 replicas.',
  );
});

test.concurrent('D27: NOTES name the request that is missing', async () => {
  const values = { autoscaling: on, resources: { requests: { cpu: null }, limits: { cpu: null } } };
  expect(await renderNotes(values)).toContain(
    'replicas are scaled on cpu usage, but the pods request none: set resources.requests.cpu.',
  );
});

test.concurrent('no metric and no policy leave out what Kubernetes takes no empty list of', async () => {
  const { spec } = await hpaOf({
    autoscaling: {
      enabled: true,
      targetCPUUtilizationPercentage: 0,
      behavior: { scaleDown: { policies: [], selectPolicy: 'Disabled' }, scaleUp: null },
    },
  });
  expect(spec).not.toHaveProperty('metrics');
  expect(spec.behavior).toEqual({
    scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Disabled' },
  });
});

test.concurrent('D20: replicas that may become several share no volume of one', async () => {
  const values = { persistence: { enabled: true }, autoscaling: on };
  const several = await render(values);
  expect(several.podTemplate.spec.volumes).toContainEqual({ name: 'data', emptyDir: {} });
  expect(several.workload.spec.strategy).toMatchObject({ type: 'RollingUpdate' });
  expect(several.get('Service').spec).toMatchObject({ sessionAffinity: 'ClientIP' });
  const one = await render({ ...values, autoscaling: { enabled: true, maxReplicas: 1 } });
  expect(one.find('PersistentVolumeClaim')).toBeDefined();
  expect(one.get('Service').spec).toMatchObject({ sessionAffinity: 'None' });
});

test.concurrent('NOTES give the range', async () => {
  expect(await renderNotes({ autoscaling: on })).toContain(
    '1 to 10 replicas (set by an autoscaler)',
  );
});
