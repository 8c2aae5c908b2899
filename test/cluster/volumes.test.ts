import { expect, test } from 'vitest';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { apply, podManifest } from '../support/pods.ts';

interface Claim {
  readonly spec: { readonly volumeName?: string };
  readonly status: { readonly phase: string; readonly capacity?: { readonly storage: string } };
}

interface Volume {
  readonly spec: {
    readonly nodeAffinity?: unknown;
    readonly persistentVolumeReclaimPolicy: string;
  };
  readonly status: { readonly phase: string };
}

describeCluster('claims', (cluster) => {
  const makeClaim = async (storageClassName: string) => {
    const namespace = await makeNamespace(cluster);
    await apply(cluster, namespace, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        storageClassName,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    });
    return namespace;
  };

  const getClaim = (namespace: string) =>
    kubectlJson<Claim>(cluster, ['get', 'pvc', 'data', '-n', namespace]);

  const getVolume = (name: string) => kubectlJson<Volume>(cluster, ['get', 'pv', name]);

  const untilBound = (namespace: string) =>
    eventually(async () => {
      const { spec, status } = await getClaim(namespace);
      return status.phase === 'Bound' ? (spec.volumeName ?? '') : undefined;
    });

  const deleteClaim = (namespace: string) =>
    kubectl(cluster, ['delete', 'pvc', 'data', '-n', namespace]);

  const grow = (namespace: string) =>
    kubectl(cluster, [
      ...['patch', 'pvc', 'data', '-n', namespace, '-p'],
      JSON.stringify({ spec: { resources: { requests: { storage: '3Gi' } } } }),
    ]);

  test('bind, and their volumes go with them', async () => {
    const namespace = await makeClaim('standard');
    const volume = await untilBound(namespace);
    await deleteClaim(namespace);
    await eventually(async () => {
      const { stderr } = await kubectl(cluster, ['get', 'pv', volume]);
      return /NotFound/.test(stderr) ? true : undefined;
    });
  });

  test('of a class that retains leave their volumes', async () => {
    const namespace = await makeClaim('retain');
    const volume = await untilBound(namespace);
    await deleteClaim(namespace);
    await eventually(async () =>
      (await getVolume(volume)).status.phase === 'Released' ? true : undefined,
    );
    await kubectl(cluster, ['delete', 'pv', volume]);
  });

  test('wait for the first pod, and their volumes belong to its zone', async () => {
    const namespace = await makeClaim('fast-ssd');
    const waiting = await kubectl(cluster, [
      ...['wait', 'pvc/data', '-n', namespace, '--for=jsonpath={.status.phase}=Bound'],
      '--timeout=2s',
    ]);
    expect(waiting.code).toBe(1);
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    const containers = [{ name: 'xerv', image: 'registry.example/xerv:1' }];
    await apply(cluster, namespace, podManifest('pod', { spec: { containers, volumes } }));
    const volume = await getVolume(await untilBound(namespace));
    expect(JSON.stringify(volume.spec.nodeAffinity)).toContain('topology.kubernetes.io/zone');
  });

  test('of a class that nobody serves stay pending', async () => {
    const namespace = await makeClaim('no-provisioner');
    const waiting = await kubectl(cluster, [
      ...['wait', 'pvc/data', '-n', namespace, '--for=jsonpath={.status.phase}=Bound'],
      '--timeout=2s',
    ]);
    expect(waiting.code).toBe(1);
    expect((await getClaim(namespace)).status.phase).toBe('Pending');
  });

  test('grow where their class lets them', async () => {
    const namespace = await makeClaim('standard');
    await untilBound(namespace);
    expect((await grow(namespace)).code).toBe(0);
    await eventually(async () =>
      (await getClaim(namespace)).status.capacity?.storage === '3Gi' ? true : undefined,
    );
  });

  test('do not grow where it does not', async () => {
    const namespace = await makeClaim('fixed');
    await untilBound(namespace);
    const { stderr } = await grow(namespace);
    expect(stderr).toMatch(/only dynamically provisioned pvc can be resized/);
  });
});
