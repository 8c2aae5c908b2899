import { describe, expect, test } from 'vitest';
import {
  type ClusterUser,
  describeCluster,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { podManifest } from '../support/pods.ts';

interface Node {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly taints?: unknown };
}

interface StorageClass {
  readonly metadata: { readonly name: string };
  readonly allowVolumeExpansion: boolean;
  readonly volumeBindingMode: string;
  readonly reclaimPolicy: string;
}

describeCluster('the control plane', (cluster) => {
  const list = async <T>(kind: string): Promise<readonly T[]> =>
    (await kubectlJson<{ items: T[] }>(cluster, ['get', kind])).items;

  test('has nodes that take pods, spread over the zones', async () => {
    const nodes = await list<Node>('nodes');
    expect(nodes).toHaveLength(6);
    expect(nodes.flatMap((node) => node.spec.taints ?? [])).toEqual([]);
    const zones = nodes.map((node) => node.metadata.labels['topology.kubernetes.io/zone']);
    expect(new Set(zones).size).toBe(3);
  });

  test('knows its version', async () => {
    const version = await kubectlJson<{ serverVersion: object }>(cluster, ['version']);
    expect(version.serverVersion).toMatchObject({ gitVersion: 'v1.36.3', major: '1', minor: '36' });
  });

  test('has classes with and without expansion, of both kinds of binding', async () => {
    const classes = await list<StorageClass>('storageclasses');
    expect(
      Object.fromEntries(
        classes.map((item) => [
          item.metadata.name,
          `${item.allowVolumeExpansion} ${item.volumeBindingMode} ${item.reclaimPolicy}`,
        ]),
      ),
    ).toEqual({
      standard: 'true Immediate Delete',
      'fast-ssd': 'true WaitForFirstConsumer Delete',
      fixed: 'false Immediate Delete',
      retain: 'true Immediate Retain',
      'no-provisioner': 'false Immediate Delete',
    });
  });

  describe('gives users what they may do and no more', () => {
    const cases: readonly [ClusterUser, readonly string[], RegExp | undefined][] = [
      ['viewer', ['get', 'pods', '--all-namespaces'], undefined],
      ['viewer', ['create', 'configmap', 'x', '-n', 'default'], /forbidden/],
      ['viewer', ['get', 'secrets', '-n', 'default'], /forbidden/],
      ['editor', ['get', 'secrets', '-n', 'team-a'], undefined],
      ['editor', ['create', 'configmap', 'x', '-n', 'team-a', '--dry-run=server'], undefined],
      ['editor', ['get', 'pods', '-n', 'default'], /forbidden/],
      ['editor', ['create', 'namespace', 'x'], /forbidden/],
      ['nobody', ['get', 'pods', '-n', 'default'], /User "nobody" cannot list/],
      ['expired', ['get', 'pods', '-n', 'default'], /Unauthorized/],
    ];
    test.for(cases)('%s: kubectl %j', async ([user, args, refusal]) => {
      const { code, stderr } = await kubectl(cluster, args, { user });
      expect({ code, stderr }).toEqual(
        refusal
          ? { code: 1, stderr: expect.stringMatching(refusal) }
          : { code: 0, stderr: expect.any(String) },
      );
    });
  });

  test('keeps to Pod Security', async () => {
    const namespace = await makeNamespace(cluster, {
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    const input = JSON.stringify(podManifest('plain'));
    const refused = await kubectl(cluster, ['create', '-n', namespace, '-f', '-'], { input });
    expect(refused.stderr).toMatch(/violates PodSecurity "restricted:latest"/);
  });

  test('keeps to quotas', async () => {
    const namespace = await makeNamespace(cluster);
    await kubectl(cluster, ['create', 'quota', 'few', '--hard=pods=1', '-n', namespace]);
    const pod = (name: string) =>
      kubectl(cluster, ['create', '-n', namespace, '-f', '-'], {
        input: JSON.stringify(podManifest(name)),
      });
    expect((await pod('first')).code).toBe(0);
    expect((await pod('second')).stderr).toMatch(/exceeded quota: few/);
  });

  test('keeps to limits', async () => {
    const namespace = await makeNamespace(cluster);
    const limits = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'small', namespace },
      spec: { limits: [{ type: 'Container', max: { memory: '64Mi' } }] },
    };
    await kubectl(cluster, ['create', '-f', '-'], { input: JSON.stringify(limits) });
    const resources = { limits: { memory: '1Gi' } };
    const containers = [{ name: 'xerv', image: 'registry.example/xerv:1.0.0', resources }];
    const input = JSON.stringify(podManifest('large', { spec: { containers } }));
    const refused = await kubectl(cluster, ['create', '-n', namespace, '-f', '-'], { input });
    expect(refused.stderr).toMatch(/maximum memory usage per Container is 64Mi/);
  });
});
