import { expect, test } from 'vitest';
import { readUpstreamReadme, readValuesFile } from '../chart/support/upstream-readme.ts';
import { eventually, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { render } from '../support/render.ts';
import { apply, PATIENCE, useAddOnCluster } from './support/add-on-cluster.ts';
import { startKeda } from './support/keda.ts';
import { type NatsServer, startNats } from './support/nats.ts';
import { type PrometheusServer, startPrometheus } from './support/prometheus.ts';
import { type RedisServer, startRedis } from './support/redis.ts';
import { installRelease } from './support/release.ts';

const PASSWORD = 'correct%20horse%2Fbattery';
const STREAM = 'xerv:dispatch:traces';
const GROUP = 'xerv-workers';
const servers = {} as {
  redis: RedisServer;
  secured: RedisServer;
  nats: NatsServer;
  prometheus: PrometheusServer;
};

const cluster = useAddOnCluster(async (started) => {
  await startKeda(started);
  servers.redis = await startRedis(started);
  servers.secured = await startRedis(started, decodeURIComponent(PASSWORD));
  servers.nats = await startNats(started);
  servers.prometheus = await startPrometheus(started, 'global: {}');
});

/** Quick enough for a test. */
const quick = { pollingInterval: 1, cooldownPeriod: 2 };
const on = { enabled: true };

const withRedis = ({ port }: RedisServer, keda: object = {}, credentials = '') => ({
  dispatch: { backend: 'redis', redis: { url: `redis://${credentials}127.0.0.1:${port}` } },
  keda: { enabled: true, minReplicaCount: 0, ...quick, ...keda },
});
const withNats = ({ port, monitoringPort }: NatsServer, stream: string) => ({
  dispatch: { backend: 'nats', nats: { url: `nats://127.0.0.1:${port}`, streamName: stream } },
  keda: {
    enabled: true,
    minReplicaCount: 0,
    ...quick,
    triggers: {
      natsJetstream: { consumer: 'workers', monitoringEndpoint: `127.0.0.1:${monitoringPort}` },
    },
  },
});

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}

interface ScaledObject {
  readonly spec: { readonly triggers: readonly { readonly type: string }[] };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly hpaName?: string };
}

interface Autoscaler {
  readonly spec: {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly { readonly type: string }[];
  };
}

/** Waits until KEDA has taken the ScaledObject. @throws with what KEDA says of it */
async function whenReady(namespace: string): Promise<{ object: ScaledObject; hpa: Autoscaler }> {
  const object = await eventually(async () => {
    const found = await kubectlJson<ScaledObject>(cluster, [
      ...['get', 'scaledobject', 'xerv', '-n', namespace],
    ]);
    const ready = found.status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.status === 'True') return found;
    throw new Error(`not Ready: ${JSON.stringify(found.status)}`);
  }, PATIENCE);
  const hpa = await kubectlJson<Autoscaler>(cluster, [
    ...['get', 'hpa', object.status?.hpaName ?? 'keda-hpa-xerv', '-n', namespace],
  ]);
  return { object, hpa };
}

async function whenAt(namespace: string, replicas: number): Promise<void> {
  await eventually(async () => {
    const { spec, status } = await kubectlJson<{
      spec: { replicas: number };
      status: { readyReplicas?: number };
    }>(cluster, ['get', 'deployment', 'xerv', '-n', namespace]);
    if (spec.replicas === replicas && (status.readyReplicas ?? 0) === replicas) return true;
    throw new Error(`${spec.replicas} replicas, ${replicas} expected`);
  }, PATIENCE);
}

test('the webhook is asked: it refuses to scale to zero on CPU alone', async () => {
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, {});
  const scaledObject = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'wrong', namespace },
    spec: {
      scaleTargetRef: { name: 'xerv' },
      minReplicaCount: 0,
      triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '50' } }],
    },
  };
  await expect(apply(cluster, [scaledObject])).rejects.toThrow(
    'admission webhook "vscaledobject.kb.io" denied',
  );
});

test.each(['cpu', 'memory'])(
  'A13: the chart asks for one replica where only %s scales',
  async (resource) => {
    const namespace = await makeNamespace(cluster);
    const values = {
      keda: { enabled: true, minReplicaCount: 0, triggers: { [resource]: on } },
    };
    await installRelease(cluster, namespace, values);
    const { hpa } = await whenReady(namespace);
    expect(hpa.spec).toMatchObject({ minReplicas: 1, metrics: [{ type: 'Resource' }] });
  },
);

test('KEDA takes every kind of trigger at once', async () => {
  const namespace = await makeNamespace(cluster);
  const prometheus = { enabled: true, serverAddress: servers.prometheus.url };
  const values = withRedis(servers.redis, {
    maxReplicaCount: 7,
    triggers: {
      pendingTraces: prometheus,
      activeTraces: { ...prometheus, activationThreshold: '5' },
      cpu: on,
      memory: on,
      cron: [{ timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: 3 }],
    },
    extraTriggers: [
      { type: 'kubernetes-workload', metadata: { podSelector: 'app=feeder', value: '5' } },
    ],
    advanced: {
      horizontalPodAutoscalerConfig: {
        behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
      },
    },
  });
  await installRelease(cluster, namespace, values);
  const { object, hpa } = await whenReady(namespace);
  expect(object.spec.triggers.map(({ type }) => type).sort()).toEqual(
    expect.arrayContaining([
      ...['cpu', 'cron', 'kubernetes-workload', 'memory'],
      ...['prometheus', 'redis-streams'],
    ]),
  );
  expect(hpa.spec.maxReplicas).toBe(7);
  expect(hpa.spec.metrics).toHaveLength(object.spec.triggers.length);
});

test('KEDA takes values-keda.yaml of the README, though its Prometheus is not there', async () => {
  const namespace = await makeNamespace(cluster);
  const values = readValuesFile(await readUpstreamReadme(), 'values-keda.yaml');
  await installRelease(cluster, namespace, values);
  const { hpa } = await whenReady(namespace);
  expect(hpa.spec).toMatchObject({ minReplicas: 1, maxReplicas: 20 });
});

test('A13: a message in Redis wakes XERV from zero, and without work it goes to zero again', async () => {
  const { redis } = servers;
  await redis.command('XGROUP', 'CREATE', STREAM, GROUP, '0', 'MKSTREAM');
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, withRedis(redis));
  await whenReady(namespace);
  await whenAt(namespace, 0);

  await redis.command('XADD', STREAM, '*', 'trace', 'one');
  await whenAt(namespace, 1);

  await redis.command('XREADGROUP', 'GROUP', GROUP, 'worker', 'STREAMS', STREAM, '>');
  const [id = ''] = (await redis.command('XPENDING', STREAM, GROUP, '-', '+', '1')).split('\n');
  await redis.command('XACK', STREAM, GROUP, id);
  await whenAt(namespace, 0);
});

test('A13: so does one in a Redis with a password, given in its URL', async () => {
  const { secured } = servers;
  await secured.command('XGROUP', 'CREATE', STREAM, GROUP, '0', 'MKSTREAM');
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, withRedis(secured, {}, `:${PASSWORD}@`));
  await whenReady(namespace);
  await whenAt(namespace, 0);
  await secured.command('XADD', STREAM, '*', 'trace', 'one');
  await whenAt(namespace, 1);
});

test('A13: so does one in NATS JetStream', async () => {
  const { nats } = servers;
  const stream = 'XERV_TRACES';
  await nats.request(`$JS.API.STREAM.CREATE.${stream}`, { name: stream, subjects: ['traces'] });
  await nats.request(`$JS.API.CONSUMER.DURABLE.CREATE.${stream}.workers`, {
    stream_name: stream,
    config: { durable_name: 'workers', ack_policy: 'explicit' },
  });
  const namespace = await makeNamespace(cluster);
  await installRelease(cluster, namespace, withNats(nats, stream));
  await whenReady(namespace);
  await whenAt(namespace, 0);
  await nats.request('traces', '{}');
  await whenAt(namespace, 1);
});

test('what KEDA decided stays where the chart is upgraded', async () => {
  const namespace = await makeNamespace(cluster);
  const values = withRedis(servers.redis, {
    triggers: {
      cron: [{ timezone: 'UTC', start: '0 0 1 1 *', end: '59 23 31 12 *', desiredReplicas: 3 }],
    },
  });
  await installRelease(cluster, namespace, values);
  await whenReady(namespace);
  await whenAt(namespace, 1);
  await installRelease(cluster, namespace, { ...values, podAnnotations: { again: 'yes' } });
  const { objects } = await render(values, { namespace });
  expect(objects.find(({ kind }) => kind === 'Deployment')?.spec).not.toHaveProperty('replicas');
  await whenAt(namespace, 1);
});
