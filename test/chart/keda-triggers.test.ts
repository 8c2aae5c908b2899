import { describe, expect, test } from 'vitest';
import { firstTrigger, nats, on, redis, scaledObject, withTriggers } from './support/keda.ts';

describe('A12, D34: a query gives one number, that of this release', () => {
  const queryOf = async (trigger: object) =>
    (await firstTrigger(withTriggers({ pendingTraces: { enabled: true, ...trigger } })))?.metadata
      .query;

  test.concurrent('upstream’s default is a name alone', async () => {
    expect(await queryOf({ query: 'xerv_dispatch_queue_depth' })).toBe(
      'sum(xerv_dispatch_queue_depth{job="xerv",namespace="team"}) or vector(0)',
    );
  });

  test.concurrent.each(['max(xerv_dispatch_queue_depth{job="a"})', 'my_recorded_sum'])(
    'the user’s own is left as it is: %s',
    async (query) => {
      expect(await queryOf({ query })).toBe(query);
    },
  );

  test.concurrent('A14: no metricName', async () => {
    const trigger = await firstTrigger(withTriggers({ pendingTraces: on }));
    expect(Object.keys(trigger?.metadata ?? {}).sort()).toEqual([
      ...['query', 'serverAddress', 'threshold'],
    ]);
  });
});

describe('the trigger on Redis', () => {
  const triggerOf = (url: string, redisStreams: object = {}) =>
    firstTrigger({
      ...withTriggers({ redisStreams }),
      dispatch: { backend: 'redis', redis: { url } },
    });

  test.concurrent.each([
    ['redis://redis', { address: 'redis.team.svc.cluster.local:6379' }],
    ['redis://redis.data:6380/0', { address: 'redis.data:6380' }],
    ['redis://10.0.0.1:6379/2', { address: '10.0.0.1:6379', databaseIndex: '2' }],
    ['redis://[::1]:6379', { address: '[::1]:6379' }],
    ['rediss://redis.example.com', { address: 'redis.example.com:6379', enableTLS: 'true' }],
    ['redis://a.x:1,redis://b.x:2', { address: 'a.x:1' }],
  ])('%s', async (url, expected) => {
    const { stream, consumerGroup, lagCount, ...rest } = (await triggerOf(url))?.metadata ?? {};
    expect(rest).toEqual(expected);
    expect([stream, consumerGroup, lagCount]).toEqual([
      ...['xerv:dispatch:traces', 'xerv-workers', '10'],
    ]);
  });

  test.concurrent('the cluster’s domain is a value', async () => {
    const trigger = await firstTrigger({ keda: on, dispatch: redis, clusterDomain: 'k8s.local' });
    expect(trigger?.metadata.address).toBe('redis.team.svc.k8s.local:6379');
  });

  test.concurrent('every field of it can be set', async () => {
    const trigger = await triggerOf('redis://redis:6379', {
      type: 'redis-cluster-streams',
      address: 'a:1,b:2',
      stream: 's',
      lagCount: 1_000_000,
      activationLagCount: 5,
      metadata: { unsafeSsl: true, lagCount: 7 },
    });
    expect(trigger).toMatchObject({
      type: 'redis-cluster-streams',
      metadata: {
        addresses: 'a:1,b:2',
        stream: 's',
        lagCount: '7',
        activationLagCount: '5',
        unsafeSsl: 'true',
      },
    });
    expect(trigger?.metadata).not.toHaveProperty('address');
  });
});

describe('the trigger on NATS', () => {
  const triggerOf = (url: string, natsJetstream: object) =>
    firstTrigger({
      ...withTriggers({ natsJetstream: { consumer: 'workers', ...natsJetstream } }),
      dispatch: { backend: 'nats', nats: { url } },
    });

  test.concurrent('from the URL and a durable consumer', async () => {
    const values = withTriggers({ natsJetstream: { consumer: 'workers' } });
    expect(await scaledObject({ ...values, dispatch: nats })).toMatchObject({
      minReplicaCount: 0,
      triggers: [
        {
          type: 'nats-jetstream',
          metadata: {
            natsServerMonitoringEndpoint: 'nats.team.svc.cluster.local:8222',
            account: '$G',
            stream: 'XERV_TRACES',
            consumer: 'workers',
            lagThreshold: '10',
          },
        },
      ],
    });
  });

  test.concurrent('a password of the URL is not in it', async () => {
    const trigger = await triggerOf('tls://user:secret@a.x:4222,tls://b.x:4222', {});
    expect(trigger?.metadata.natsServerMonitoringEndpoint).toBe('a.x:8222');
    expect(JSON.stringify(trigger)).not.toContain('secret');
  });

  test.concurrent('every field of it can be set', async () => {
    const trigger = await triggerOf('nats://nats:4222', {
      monitoringEndpoint: 'monitor:8223',
      account: 'A',
      lagThreshold: 5,
      activationLagThreshold: 2,
      metadata: { useHttps: true },
    });
    expect(trigger?.metadata).toMatchObject({
      natsServerMonitoringEndpoint: 'monitor:8223',
      account: 'A',
      lagThreshold: '5',
      activationLagThreshold: '2',
      useHttps: 'true',
    });
  });
});

test.concurrent('CPU, memory, hours and whatever else KEDA takes', async () => {
  const cron = { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: 3 };
  const { triggers, ...spec } = await scaledObject({
    ...withTriggers(
      { cpu: on, memory: { enabled: true, threshold: 70 }, cron: [cron] },
      {
        extraTriggers: [
          { type: 'kafka', metadata: { lagThreshold: 1_000_000 }, useCachedMetrics: true },
        ],
        minReplicaCount: 2,
        idleReplicaCount: 0,
        initialCooldownPeriod: 60,
        fallback: { behavior: 'currentReplicas' },
        advanced: { horizontalPodAutoscalerConfig: { name: 'mine' } },
      },
    ),
    dispatch: nats,
  });
  expect(triggers).toEqual([
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } },
    { type: 'memory', metricType: 'Utilization', metadata: { value: '70' } },
    { type: 'cron', metadata: { ...cron, desiredReplicas: '3' } },
    { type: 'kafka', metadata: { lagThreshold: '1000000' }, useCachedMetrics: true },
  ]);
  expect(spec).toMatchObject({
    idleReplicaCount: 0,
    initialCooldownPeriod: 60,
    fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicas' },
    advanced: { horizontalPodAutoscalerConfig: { name: 'mine' } },
  });
});
