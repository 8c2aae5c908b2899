import { describe, expect, test } from 'vitest';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { apply, getPod, isReady, type Pod, podManifest } from '../support/pods.ts';

const REPOSITORY = 'registry.example/xerv';

describeCluster('pods', (cluster) => {
  /** Waits for the pod to be as wanted. */
  const until = (namespace: string, name: string, isWanted: (pod: Pod) => boolean) =>
    eventually(async () => {
      const pod = await getPod(cluster, namespace, name);
      return isWanted(pod) ? pod : undefined;
    });

  /** Makes a pod whose image has the tag. */
  const makePod = async (tag: string, options: Parameters<typeof podManifest>[1] = {}) => {
    const namespace = await makeNamespace(cluster);
    await apply(
      cluster,
      namespace,
      podManifest('pod', { image: `${REPOSITORY}:${tag}`, ...options }),
    );
    return namespace;
  };

  const firstContainer = (pod: Pod) => pod.status.containerStatuses?.[0];

  const events = async (
    namespace: string,
  ): Promise<readonly { reason: string; message: string }[]> =>
    (
      await kubectlJson<{ items: { reason: string; message: string }[] }>(cluster, [
        'get',
        'events',
        '-n',
        namespace,
      ])
    ).items;

  test('come up', async () => {
    const namespace = await makePod('1.0.0');
    const pod = await until(namespace, 'pod', isReady);
    expect(pod.status.phase).toBe('Running');
    expect(pod.status.podIP).toMatch(/^10\.244\./);
    expect(firstContainer(pod)).toMatchObject({
      image: `${REPOSITORY}:1.0.0`,
      imageID: expect.stringMatching(/^registry\.example\/xerv@sha256:[0-9a-f]{64}$/),
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: {} },
    });
    const logs = await kubectl(cluster, ['logs', 'pod', '-n', namespace]);
    expect(logs.stdout).toMatch(/listening/);
  });

  test('pass through the states of a real start', async () => {
    const namespace = await makeNamespace(cluster);
    const watch = kubectl(cluster, [
      ...['get', 'pods', '-n', namespace, '--watch', '--request-timeout=3s', '--no-headers'],
    ]);
    await apply(
      cluster,
      namespace,
      podManifest('pod', {
        spec: {
          initContainers: [
            { name: 'prepare', image: 'registry.example/prepare:1' },
            { name: 'proxy', image: 'registry.example/proxy:1', restartPolicy: 'Always' },
          ],
        },
      }),
    );
    const pod = await until(namespace, 'pod', isReady);
    expect(pod.status.initContainerStatuses).toMatchObject([
      { name: 'prepare', ready: true, state: { terminated: { exitCode: 0 } } },
      { name: 'proxy', ready: true, state: { running: {} } },
    ]);
    const seen = (await watch).stdout.split('\n').map((line) => line.trim().split(/\s+/)[2]);
    const wanted = ['Pending', 'Init:0/2', 'PodInitializing', 'Running'];
    expect(seen.filter((state) => wanted.includes(state ?? ''))).toEqual(
      expect.arrayContaining(wanted),
    );
  });

  test('of a StatefulSet of three come up in seconds', async () => {
    const namespace = await makeNamespace(cluster);
    const labels = { app: 'web' };
    await apply(cluster, namespace, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        serviceName: 'web',
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'web', image: `${REPOSITORY}:1` }] },
        },
      },
    });
    const rollout = ['rollout', 'status', 'statefulset/web', '-n', namespace, '--timeout=10s'];
    expect((await kubectl(cluster, rollout)).code).toBe(0);
  });

  test('that start slowly become ready in the end', async () => {
    const annotations = { 'test.xerv.io/delay': '2s' };
    const namespace = await makePod('1.0.0-slow-start', { annotations });
    const running = await until(namespace, 'pod', (pod) => pod.status.phase === 'Running');
    expect(isReady(running)).toBe(false);
    const ready = await until(namespace, 'pod', isReady);
    expect(ready.status.phase).toBe('Running');
  });

  test('that never become ready say why', async () => {
    const namespace = await makePod('never-ready');
    await eventually(async () =>
      (await events(namespace)).find(({ message }) => /Readiness probe failed/.test(message)),
    );
    expect(isReady(await getPod(cluster, namespace, 'pod'))).toBe(false);
  });

  test('whose image cannot be pulled back off', async () => {
    const image = 'registry.example/unpullable/xerv:1';
    const namespace = await makePod('', { image });
    const pod = await until(
      namespace,
      'pod',
      (pod) => firstContainer(pod)?.state.waiting?.reason === 'ImagePullBackOff',
    );
    expect(pod.status.phase).toBe('Pending');
    expect(firstContainer(pod)?.state.waiting?.message).toContain(
      `Back-off pulling image "${image}"`,
    );
    await eventually(async () =>
      (await events(namespace)).find(({ message }) =>
        message.startsWith(`Failed to pull image "${image}"`),
      ),
    );
  });

  test('whose init container cannot be pulled stay there', async () => {
    const initContainers = [{ name: 'prepare', image: 'registry.example/unpullable:1' }];
    const namespace = await makePod('1', { spec: { ...spec('1'), initContainers } });
    const pod = await until(
      namespace,
      'pod',
      (pod) => pod.status.initContainerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff',
    );
    expect(firstContainer(pod)?.state.waiting?.reason).toBe('PodInitializing');
  });

  test('that crash are restarted and keep the log of their end', async () => {
    const namespace = await makePod('crash-loop');
    const pod = await until(
      namespace,
      'pod',
      (pod) =>
        (firstContainer(pod)?.restartCount ?? 0) >= 2 &&
        firstContainer(pod)?.state.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(firstContainer(pod)?.lastState.terminated).toMatchObject({
      exitCode: 1,
      reason: 'Error',
    });
    const logs = await kubectl(cluster, ['logs', 'pod', '-n', namespace, '--previous']);
    expect(logs.stdout).toMatch(/ERROR xerv: /);
  });

  test('that need too much memory are killed', async () => {
    const namespace = await makePod('oom-killed');
    const pod = await until(
      namespace,
      'pod',
      (pod) => firstContainer(pod)?.state.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(firstContainer(pod)?.lastState.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  test('of which one container fails keep the others up', async () => {
    const containers = [
      { name: 'xerv', image: `${REPOSITORY}:1` },
      { name: 'side', image: `${REPOSITORY}:crash-loop` },
    ];
    const namespace = await makePod('', { spec: { containers } });
    const pod = await until(
      namespace,
      'pod',
      (pod) => pod.status.containerStatuses?.[1]?.state.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(firstContainer(pod)).toMatchObject({ name: 'xerv', ready: true, restartCount: 0 });
  });

  test.for([
    ['labels', { labels: { 'test.xerv.io/behaviour': 'never-ready' } }],
    ['annotations', { annotations: { 'test.xerv.io/behaviour': 'never-ready' } }],
  ] as const)('do as their %s say', async ([, options]) => {
    const namespace = await makePod('1.0.0', options);
    await eventually(async () =>
      (await events(namespace)).find(({ reason }) => reason === 'Unhealthy'),
    );
  });

  test('are deleted at once', async () => {
    const namespace = await makePod('1.0.0');
    await until(namespace, 'pod', isReady);
    const began = Date.now();
    const deleted = await kubectl(cluster, ['delete', 'pod', 'pod', '-n', namespace]);
    expect(deleted.code).toBe(0);
    // They would be given 30 s to end.
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  test('that are stuck stay until they are released', async () => {
    const namespace = await makePod('stuck-terminating');
    await until(namespace, 'pod', isReady);
    const on = ['pod', 'pod', '-n', namespace];
    await kubectl(cluster, ['delete', ...on, '--wait=false']);
    const waited = await kubectl(cluster, ['wait', ...on, '--for=delete', '--timeout=2s']);
    expect(waited.code).toBe(1);
    expect((await getPod(cluster, namespace, 'pod')).metadata.deletionTimestamp).toBeDefined();
    await kubectl(cluster, ['annotate', ...on, 'test.xerv.io/release=true']);
    const gone = await kubectl(cluster, ['wait', ...on, '--for=delete', '--timeout=10s']);
    expect(gone.code).toBe(0);
  });

  describe('that are meant to end', () => {
    test.for([
      ['1.0.0', 'Succeeded', 0],
      ['failed', 'Failed', 1],
    ] as const)('%s: %s', async ([tag, phase, exitCode]) => {
      const namespace = await makePod('', { spec: { ...spec(tag), restartPolicy: 'Never' } });
      const pod = await until(namespace, 'pod', (pod) => pod.status.phase === phase);
      expect(firstContainer(pod)?.state.terminated).toMatchObject({ exitCode });
    });

    test('let their job complete', async () => {
      const namespace = await makeNamespace(cluster);
      const image = `--image=${REPOSITORY}:1`;
      await kubectl(cluster, ['create', 'job', 'once', image, '-n', namespace]);
      const wait = ['wait', 'job/once', '--for=condition=Complete', '--timeout=15s'];
      expect((await kubectl(cluster, [...wait, '-n', namespace])).code).toBe(0);
    });
  });
});

function spec(tag: string) {
  return { containers: [{ name: 'xerv', image: `${REPOSITORY}:${tag}` }] };
}
