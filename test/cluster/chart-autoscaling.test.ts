import { beforeAll, expect, test } from 'vitest';
import { readUpstreamReadme, readValuesFile } from '../chart/support/upstream-readme.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { plainHelm } from '../support/plain-helm.ts';
import { bundledChart, helms } from '../support/release.ts';
import { render } from '../support/render.ts';

const readme = await readUpstreamReadme();
const on = { enabled: true };
const kinds = 'horizontalpodautoscaler,scaledobject,triggerauthentication,verticalpodautoscaler';

/** As many fields as the objects can have, so that each one that the chart renders is seen. */
const releases = {
  hpa: {
    commonAnnotations: { number: 1_000_000 },
    autoscaling: {
      enabled: true,
      annotations: { a: 1 },
      minReplicas: 2,
      maxReplicas: 3,
      targetMemoryUtilizationPercentage: 70,
      metrics: { pendingTraces: on, activeTraces: { enabled: true, targetValue: 1_000_000 } },
      customMetrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'xerv',
            target: { type: 'Utilization', averageUtilization: 60 },
          },
        },
      ],
    },
    podDisruptionBudget: on,
    vpa: { enabled: true, updateMode: 'Initial' },
  },
  'keda with redis': {
    dispatch: { backend: 'redis', redis: { url: 'rediss://user:secret@redis:6379/2' } },
    keda: {
      enabled: true,
      annotations: { 'autoscaling.keda.sh/paused': true },
      minReplicaCount: 2,
      idleReplicaCount: 0,
      initialCooldownPeriod: 60,
      fallback: { replicas: 50, behavior: 'currentReplicas' },
      prometheus: { authModes: 'bearer', authentication: { existingSecret: 'prometheus' } },
      triggers: {
        pendingTraces: { enabled: true, threshold: 50, activationThreshold: 1_000_000 },
        cpu: on,
        memory: on,
        cron: [{ timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: 3 }],
      },
      extraTriggers: [{ type: 'kafka', metadata: { lagThreshold: 1_000_000, allowIdle: true } }],
      advanced: {
        restoreToOriginalReplicaCount: true,
        horizontalPodAutoscalerConfig: {
          behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
        },
      },
    },
  },
  'keda with nats': {
    dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } },
    keda: { enabled: true, triggers: { natsJetstream: { consumer: 'workers' } } },
    fullnameOverride: 'x'.repeat(63),
  },
  vpa: {
    dispatch: { backend: 'raft' },
    replicaCount: 3,
    vpa: {
      enabled: true,
      updateMode: 'InPlaceOrRecreate',
      minReplicas: 2,
      evictionRequirements: [{ resources: ['cpu'], changeRequirement: 'TargetHigherThanRequests' }],
      recommenders: [{ name: 'custom' }],
      containerPolicies: [
        {
          containerName: '*',
          minAllowed: { cpu: 0.5 },
          maxAllowed: { memory: 8_589_934_592 },
          controlledValues: 'RequestsOnly',
        },
      ],
    },
  },
  'a minimum above the maximum': {
    autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 1 },
  },
  'values-keda.yaml of the README': readValuesFile(readme, 'values-keda.yaml'),
  'values-vpa.yaml of the README': readValuesFile(readme, 'values-vpa.yaml'),
};

interface Scalable {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas?: number; readonly readyReplicas?: number };
}

describeCluster('autoscalers on the API server', (cluster) => {
  beforeAll(() => ensureCrds(cluster, ['keda', 'vertical-pod-autoscaler']));

  const namesOf = async (namespace: string) =>
    (await kubectl(cluster, ['get', kinds, '-n', namespace, '-o', 'name'])).stdout
      .split('\n')
      .filter(Boolean);

  const deployment = (namespace: string) =>
    kubectlJson<Scalable>(cluster, ['get', 'deployment', 'xerv', '-n', namespace]);

  const readyAt = (namespace: string, replicas: number) =>
    eventually(async () => {
      const { spec, status } = await deployment(namespace);
      const counts = new Set([spec.replicas, status.replicas, status.readyReplicas, replicas]);
      return counts.size === 1 ? true : undefined;
    }, 30_000);

  test.each(Object.entries(releases))('%s: every field is known', async (_, values) => {
    const namespace = await makeNamespace(cluster);
    const { text } = await render(values, { namespace });
    const applied = await kubectl(
      cluster,
      ['apply', '-n', namespace, '--server-side', '--validate=strict', '-f', '-'],
      { input: text },
    );
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect((await namesOf(namespace)).length).toBeGreaterThan(0);
  });

  test.each(helms)(
    'A11, D25: an upgrade leaves what the autoscaler decided, and an uninstall leaves nothing (%s)',
    async (helm) => {
      const namespace = await makeNamespace(cluster);
      const run = (...args: string[]) => plainHelm(cluster, { helm, namespace }, args);
      const sets = ['--set', 'autoscaling.enabled=true,autoscaling.minReplicas=2,vpa.enabled=true'];
      await run('install', 'xerv', bundledChart, ...sets);
      // As the autoscaler does it, through the scale subresource.
      await kubectl(cluster, ['scale', 'deployment/xerv', '--replicas=4', '-n', namespace]);
      await run('upgrade', 'xerv', bundledChart, ...sets, '--set', 'podAnnotations.a=b');
      await readyAt(namespace, 4);
      expect(await namesOf(namespace)).toEqual([
        'horizontalpodautoscaler.autoscaling/xerv',
        'verticalpodautoscaler.autoscaling.k8s.io/xerv',
      ]);

      await run('upgrade', 'xerv', bundledChart, '--set', 'replicaCount=1');
      expect(await namesOf(namespace)).toEqual([]);
      await run('uninstall', 'xerv');
      const left = await kubectl(cluster, [
        ...['get', 'deployment,service,secret,serviceaccount', '-n', namespace, '-o', 'name'],
      ]);
      expect(left.stdout.trim()).toBe('serviceaccount/default');
    },
  );

  test.each(helms)('from KEDA to the HPA and away (%s)', async (helm) => {
    const namespace = await makeNamespace(cluster);
    const run = (...args: string[]) => plainHelm(cluster, { helm, namespace }, args);
    const url = 'dispatch.backend=redis,dispatch.redis.url=redis://:secret@redis:6379';
    await run('install', 'xerv', bundledChart, '--set', `keda.enabled=true,${url}`);
    expect(await namesOf(namespace)).toEqual([
      'scaledobject.keda.sh/xerv',
      'triggerauthentication.keda.sh/xerv-keda-redis',
    ]);
    await run('upgrade', 'xerv', bundledChart, '--set', `autoscaling.enabled=true,${url}`);
    expect(await namesOf(namespace)).toEqual(['horizontalpodautoscaler.autoscaling/xerv']);
    await run('uninstall', 'xerv');
    expect(await namesOf(namespace)).toEqual([]);
  });
});
