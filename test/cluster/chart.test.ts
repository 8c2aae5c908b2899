import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { readInstallCommands, readUpstreamReadme } from '../chart/support/upstream-readme.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { bundledChart, helms, runHelm } from '../support/release.ts';
import { type Rendering, render } from '../support/render.ts';

const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const presets = fileURLToPath(new URL('../../presets/', import.meta.url));
const presetValues = await Promise.all(
  (await readdir(presets)).map(
    async (file) => [file, await readFile(`${presets}${file}`, 'utf8')] as const,
  ),
);

/** As many values as one release can have, so that each field that the chart renders is seen. */
const everything = {
  replicaCount: 2,
  image: { tag: 1, digest: `sha256:${'a'.repeat(64)}`, pullPolicy: 'Always' },
  imagePullSecrets: [{ name: 'registry' }],
  commonLabels: { team: 'a' },
  commonAnnotations: { number: 1_000_000 },
  executor: { nodeTimeoutMs: 3_600_000 },
  service: {
    type: 'LoadBalancer',
    labels: { tier: 'api' },
    annotations: { a: true },
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    externalTrafficPolicy: 'Local',
    sessionAffinity: 'ClientIP',
    ipFamilyPolicy: 'SingleStack',
    ipFamilies: ['IPv4'],
  },
  podAnnotations: { number: 1_000_000 },
  podLabels: { tier: 'api' },
  updateStrategy: { type: 'RollingUpdate' },
  minReadySeconds: 1,
  terminationGracePeriodSeconds: 60,
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1e6 }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' }] } },
      ],
    },
  },
  podDisruptionBudget: { enabled: true, minAvailable: '50%' },
  serviceAccount: { automount: true, annotations: { role: 'a' }, name: 'worker' },
  resources: { limits: { 'ephemeral-storage': 2_147_483_648 } },
  extraEnv: [
    { name: 'XERV_DATA_DIR', value: '/data/x' },
    { name: 'COUNT', value: 1_000_000 },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ],
  extraEnvFrom: [{ secretRef: { name: 'environment', optional: true } }],
  extraVolumes: [
    { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    { name: 'pipelines', configMap: { name: 'pipelines', optional: true } },
  ],
  extraVolumeMounts: [{ name: 'pipelines', mountPath: '/pipelines', readOnly: true }],
};

const withBackends = [
  ['raft', { dispatch: { backend: 'raft' }, storage: { class: 'fast-ssd', size: 1_073_741_824 } }],
  [
    'redis with a password and a shared claim',
    {
      dispatch: { backend: 'redis', redis: { url: 'redis://:secret@redis:6379' } },
      persistence: { enabled: true, accessMode: 'ReadWriteMany', annotations: { a: 'b' } },
    },
  ],
  ['nats', { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } }],
] as const;

interface Workload {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

describeCluster('the chart on the API server, with Pod Security restricted', (cluster) => {
  // What presets make besides Kubernetes' own kinds.
  beforeAll(() =>
    ensureCrds(cluster, [
      'istio',
      'keda',
      'linkerd',
      'prometheus-operator',
      'vertical-pod-autoscaler',
    ]),
  );

  /** Applies what helm renders; a field that the server does not know is an error. */
  async function apply(namespace: string, rendering: Rendering): Promise<void> {
    const applied = await kubectl(
      cluster,
      ['apply', '-n', namespace, '--server-side', '--validate=strict', '-f', '-'],
      { input: rendering.text },
    );
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    await podsReady(namespace, rendering);
  }

  async function podsReady(namespace: string, rendering: Rendering): Promise<void> {
    const { kind, metadata } = rendering.workload;
    await eventually(async () => {
      const live = await kubectlJson<Workload>(cluster, [
        ...['get', kind, metadata.name, '-n', namespace],
      ]);
      const { observedGeneration, replicas, readyReplicas, updatedReplicas } = live.status;
      if (observedGeneration !== live.metadata.generation) return undefined;
      const counts = new Set([replicas, readyReplicas, updatedReplicas, live.spec.replicas]);
      return counts.size === 1 ? true : undefined;
    }, 60_000);
  }

  const uidsOf = async (namespace: string, kind: string) =>
    (
      await kubectlJson<{ items: { metadata: { name: string; uid: string } }[] }>(cluster, [
        ...['get', kind, '-n', namespace],
      ])
    ).items.map(({ metadata: { name, uid } }) => `${name} ${uid}`);

  test.each(presetValues)('preset %s is accepted and its pods become ready', async (_, values) => {
    const namespace = await makeNamespace(cluster, restricted);
    await apply(namespace, await render(values, { namespace }));
  });

  test.each(withBackends)('every field is one that the server knows: %s', async (_, values) => {
    const namespace = await makeNamespace(cluster, restricted);
    await apply(namespace, await render({ ...everything, ...values }, { namespace }));
  });

  test.each(helms)('the commands of the README, by helm alone (%s)', async (helm) => {
    const commands = readInstallCommands(await readUpstreamReadme());
    expect(commands).toHaveLength(4);
    const lives = commands.map(async (sets) => {
      const namespace = await makeNamespace(cluster, restricted);
      const release = ['xerv', bundledChart, '-n', namespace];
      await runHelm(cluster, helm, ['install', ...release, ...sets]);
      await podsReady(namespace, await render({}, { helm, namespace, args: sets }));

      const again = [...sets, '--set', 'image.tag=0.1.1'];
      await runHelm(cluster, helm, ['upgrade', ...release, ...again]);
      await podsReady(namespace, await render({}, { helm, namespace, args: again }));

      const claims = await uidsOf(namespace, 'pvc');
      await runHelm(cluster, helm, ['uninstall', 'xerv', '-n', namespace]);
      expect(await uidsOf(namespace, 'pvc')).toEqual(claims);
      expect(await uidsOf(namespace, 'deployment,statefulset,service,configmap,pdb')).toEqual([
        expect.stringMatching(/^kube-root-ca.crt /),
      ]);
    });
    await Promise.all(lives);
  });

  test.each(helms)('A09: more raft replicas leave the running ones alone (%s)', async (helm) => {
    const namespace = await makeNamespace(cluster, restricted);
    const release = ['xerv', bundledChart, '-n', namespace, '--set', 'dispatch.backend=raft'];
    await runHelm(cluster, helm, ['install', ...release, '--set', 'replicaCount=3']);
    await podsReady(
      namespace,
      await render({ replicaCount: 3, dispatch: { backend: 'raft' } }, { namespace }),
    );
    const before = await uidsOf(namespace, 'pods');

    await runHelm(cluster, helm, ['upgrade', ...release, '--set', 'replicaCount=5']);
    await podsReady(
      namespace,
      await render({ replicaCount: 5, dispatch: { backend: 'raft' } }, { namespace }),
    );
    expect((await uidsOf(namespace, 'pods')).slice(0, 3)).toEqual(before);
  });

  test.each(helms)(
    'A05, A07: neither another backend nor an uninstall takes the claim (%s)',
    async (helm) => {
      const namespace = await makeNamespace(cluster, restricted);
      const release = ['xerv', bundledChart, '-n', namespace];
      const persistent = ['--set', 'persistence.enabled=true'];
      await runHelm(cluster, helm, ['install', ...release, ...persistent]);
      const claim = await uidsOf(namespace, 'pvc');
      expect(claim).toEqual([expect.stringMatching(/^xerv-data /)]);

      await runHelm(cluster, helm, ['upgrade', ...release, '--set', 'dispatch.backend=raft']);
      expect(await uidsOf(namespace, 'pvc')).toEqual(expect.arrayContaining(claim));
      // Found again, though helm had let go of it.
      await runHelm(cluster, helm, ['upgrade', ...release, ...persistent]);
      await podsReady(namespace, await render({ persistence: { enabled: true } }, { namespace }));
      await runHelm(cluster, helm, ['uninstall', 'xerv', '-n', namespace]);
      expect(await uidsOf(namespace, 'pvc')).toEqual(expect.arrayContaining(claim));
    },
  );
});
