import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

const raft = { replicaCount: 3, dispatch: { backend: 'raft' } };
const health = { httpGet: { path: '/api/v1/health', port: 'http' } };

test.concurrent('A04, B3, B12: health for start and readiness, a TCP connect for liveness', async () => {
  const { container } = await render(raft);
  expect(container).toMatchObject({
    startupProbe: { ...health, periodSeconds: 2, failureThreshold: 90 },
    readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
  });
  expect(container).not.toHaveProperty('livenessProbe.httpGet');
});

test.concurrent('the timing of a probe is the user’s; one may be left out', async () => {
  const { container } = await render({
    livenessProbe: { initialDelaySeconds: 7, periodSeconds: 8, timeoutSeconds: 9 },
    startupProbe: { enabled: false },
  });
  expect(container).toHaveProperty('livenessProbe', {
    tcpSocket: { port: 'http' },
    initialDelaySeconds: 7,
    periodSeconds: 8,
    timeoutSeconds: 9,
    failureThreshold: 3,
  });
  expect(container).not.toHaveProperty('startupProbe');
});

describe('B11: XERV stops on SIGINT only', () => {
  test.concurrent('a stopping pod gets it, after the delay', async () => {
    const { container, podTemplate } = await render({ shutdownDelaySeconds: 12 });
    expect(container).toHaveProperty('lifecycle.preStop.exec.command', [
      'sh',
      '-c',
      'sleep 12; kill -INT 1',
    ]);
    expect(podTemplate.spec.terminationGracePeriodSeconds).toBe(30);
  });

  test.concurrent('hooks of the user’s take the place of ours', async () => {
    const lifecycle = { preStop: { httpGet: { path: '/', port: 'http' } } };
    expect((await render({ lifecycle })).container).toHaveProperty('lifecycle', lifecycle);
  });
});

describe('A04: how pods are replaced', () => {
  test.concurrent('limits of history and readiness', async () => {
    const values = { ...raft, revisionHistoryLimit: 3, minReadySeconds: 4 };
    expect((await render(values)).workload.spec).toMatchObject({
      revisionHistoryLimit: 3,
      minReadySeconds: 4,
    });
  });

  test.concurrent('a strategy of the user’s is kept', async () => {
    const rolling = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    const set = await render({ ...raft, updateStrategy: rolling });
    expect(set.get('StatefulSet').spec.updateStrategy).toEqual(rolling);
    const persistence = { enabled: true };
    const oneByOne = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } };
    const deployment = await render({ persistence, updateStrategy: oneByOne });
    expect(deployment.get('Deployment').spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
    });
    const recreate = await render({ updateStrategy: { type: 'Recreate' } });
    expect(recreate.get('Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });
});

test.concurrent('command and arguments of the user’s', async () => {
  const own = await render({ ...raft, command: ['/xerv'], args: ['serve', '--port', '1'] });
  expect(own.container).toMatchObject({ command: ['/xerv'], args: ['serve', '--port', '1'] });
  const wrapped = await render({ ...raft, args: ['serve'] });
  expect(wrapped.container.command?.at(-1)).toBe('xerv');
  expect(wrapped.container.args).toEqual(['serve']);
});

test.concurrent('A18: unhealthyPodEvictionPolicy where Kubernetes knows it', async () => {
  const values = { podDisruptionBudget: { enabled: true } };
  const at = async (version: string) =>
    (await render(values, { args: ['--kube-version', version] })).get('PodDisruptionBudget').spec;
  expect(await at('1.27.0')).toMatchObject({ unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  expect(await at('1.26.0')).not.toHaveProperty('unhealthyPodEvictionPolicy');
});

test.concurrent('names that look like numbers stay text', async () => {
  const rendering = await render(
    {
      dispatch: { backend: 'redis', redis: { existingSecret: '123' } },
      serviceAccount: { create: false, name: '456' },
    },
    { release: '1e5', namespace: '789' },
  );
  expect(rendering.workload.metadata).toMatchObject({
    namespace: '789',
    labels: { 'app.kubernetes.io/instance': '1e5' },
  });
  expect(rendering.workload.spec.selector).toEqual({
    matchLabels: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': '1e5' },
  });
  expect(rendering.podTemplate.spec.serviceAccountName).toBe('456');
  expect(rendering.environment.XERV_DISPATCH_REDIS_URL?.valueFrom).toEqual({
    secretKeyRef: { name: '123', key: 'url' },
  });
});
