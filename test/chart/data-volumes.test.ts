import { describe, expect, test } from 'vitest';
import { type Rendering, render } from '../support/render.ts';

const volume = ({ podTemplate }: Rendering, name: string) =>
  podTemplate.spec.volumes.find((each) => each.name === name);
const mountAt = ({ container }: Rendering, path: string) =>
  container.volumeMounts.find(({ mountPath }) => mountPath === path);

const claimed = { enabled: true };
const queues = [
  ['redis', { url: 'redis://redis:6379' }],
  ['nats', { url: 'nats://nats:4222' }],
] as const;

test.concurrent('A01, D21: one pod with a ReadWriteOnce claim is replaced by Recreate', async () => {
  const rendering = await render({ persistence: claimed });
  expect(rendering.get('Deployment').spec.strategy).toEqual({
    type: 'Recreate',
  });
  expect(volume(rendering, 'data')).toEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'xerv-data' },
  });
});

test.concurrent('A01: pods without a claim are replaced one after the other', async () => {
  const { spec } = (await render()).get('Deployment');
  // In full: what Kubernetes fills in by itself, helm cannot take away for Recreate.
  expect(spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
  });
});

describe.each(queues)('A02: %s', (backend, server) => {
  const dispatch = { backend, [backend]: server };

  test.concurrent('several replicas never get a ReadWriteOnce claim', async () => {
    const rendering = await render({ replicaCount: 2, dispatch, persistence: claimed });
    expect(rendering.find('PersistentVolumeClaim')).toBeUndefined();
    expect(volume(rendering, 'data')).toEqual({ name: 'data', emptyDir: {} });
  });

  test.concurrent('nor an existing one', async () => {
    const persistence = { ...claimed, existingClaim: 'mine' };
    const rendering = await render({ replicaCount: 2, dispatch, persistence });
    expect(volume(rendering, 'data')).toEqual({ name: 'data', emptyDir: {} });
  });

  test.concurrent('on a ReadWriteMany claim each has a directory of its own', async () => {
    const persistence = { ...claimed, accessMode: 'ReadWriteMany' };
    const rendering = await render({ replicaCount: 2, dispatch, persistence });
    expect(rendering.get('PersistentVolumeClaim').spec.accessModes).toEqual(['ReadWriteMany']);
    expect(mountAt(rendering, '/data')?.subPathExpr).toBe('$(POD_NAME)');
    expect(rendering.environment.POD_NAME?.valueFrom).toEqual({
      fieldRef: { fieldPath: 'metadata.name' },
    });
  });
});

test.concurrent('A05: an uninstall keeps the claim', async () => {
  const persistence = { ...claimed, annotations: { 'helm.sh/resource-policy': 'x', team: 'a' } };
  const { metadata } = (await render({ persistence })).get('PersistentVolumeClaim', 'xerv-data');
  expect(metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep', team: 'a' });
});

test.concurrent('A05: raft claims are retained', async () => {
  const rendering = await render(
    { dispatch: { backend: 'raft' } },
    {
      args: ['--kube-version', '1.30.0'],
    },
  );
  expect(rendering.workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
});

test.concurrent('the retention policy is left out where Kubernetes does not know it', async () => {
  const rendering = await render(
    { dispatch: { backend: 'raft' } },
    {
      args: ['--kube-version', '1.25.0'],
    },
  );
  expect(rendering.workload.spec).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
});

test.concurrent('A08: what XERV writes to is writable with a read-only image', async () => {
  const rendering = await render();
  expect(rendering.container.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  for (const path of ['/data', '/tmp', '/var/lib/xerv']) {
    const mount = mountAt(rendering, path);
    expect(mount?.readOnly, path).toBeUndefined();
    expect(volume(rendering, mount?.name ?? ''), path).toMatchObject({ emptyDir: {} });
  }
});

test.concurrent('A08: with raft the log outlives the pod', async () => {
  const rendering = await render({ dispatch: { backend: 'raft' } });
  expect(mountAt(rendering, '/data')).toEqual({ name: 'data', mountPath: '/data' });
  expect(mountAt(rendering, '/var/lib/xerv')?.name).toBe('data');
  expect(volume(rendering, 'data')).toBeUndefined();
  expect(volume(rendering, 'tmp')).toEqual({ name: 'tmp', emptyDir: {} });
});
