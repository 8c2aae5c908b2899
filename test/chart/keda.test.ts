import { describe, expect, test } from 'vitest';
import { helms, render, renderError, renderNotes } from '../support/render.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const example = readValuesFile(readme, 'values-keda.yaml');
const on = { enabled: true };
const redis = { backend: 'redis', redis: { url: 'redis://redis:6379' } };
const nats = { backend: 'nats', nats: { url: 'nats://nats:4222' } };

interface Trigger {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: unknown;
}

async function scaledObject(values: object | string, namespace = 'team') {
  const { spec } = (await render(values, { namespace })).get('ScaledObject');
  return spec as Record<string, unknown> & { triggers: readonly Trigger[] };
}
const withTriggers = (triggers: object, more: object = {}) => ({
  keda: { enabled: true, triggers, ...more },
});
const firstTrigger = async (values: object) => (await scaledObject(values)).triggers[0];

test.concurrent('nothing of it without the switch', async () => {
  const { names } = await render(withTriggers({ cpu: on }, { enabled: false }));
  expect(names).toEqual((await render({})).names);
  expect(names.join()).not.toMatch(/ScaledObject|TriggerAuthentication|Secret/);
});

describe.each(helms)('values-keda.yaml with %s', (helm) => {
  const query = (metric: string) => `sum(${metric}{job="xerv",namespace="team"}) or vector(0)`;
  const serverAddress = 'http://prometheus-server.monitoring.svc.cluster.local';

  test.concurrent('alone, with backend memory: one replica stays', async () => {
    const rendering = await render(example, { helm });
    const { apiVersion, metadata, spec } = rendering.get('ScaledObject');
    expect([apiVersion, metadata.name, metadata.namespace]).toEqual([
      ...['keda.sh/v1alpha1', 'xerv', 'team'],
    ]);
    expect(spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
      minReplicaCount: 1,
      maxReplicaCount: 20,
      cooldownPeriod: 300,
      pollingInterval: 15,
      fallback: { failureThreshold: 3, replicas: 2 },
      triggers: [
        {
          type: 'prometheus',
          name: 'activeTraces',
          metadata: { serverAddress, threshold: '100', query: query('xerv_active_traces') },
        },
        {
          type: 'prometheus',
          name: 'pendingTraces',
          metadata: { serverAddress, threshold: '50', query: query('xerv_dispatch_queue_depth') },
        },
      ],
    });
    expect(rendering.workload.spec).not.toHaveProperty('replicas');
    expect(rendering.find('TriggerAuthentication')).toBeUndefined();
    expect(rendering.find('HorizontalPodAutoscaler')).toBeUndefined();
  });

  test.concurrent('A13: with redis it goes to zero, and the stream wakes it', async () => {
    const args = ['--set', 'dispatch.backend=redis,dispatch.redis.url=redis://redis:6379'];
    const { spec } = (await render(example, { helm, args })).get('ScaledObject');
    expect(spec).toMatchObject({ minReplicaCount: 0 });
    expect(spec.triggers).toContainEqual({
      type: 'redis-streams',
      name: 'redisStreams',
      metadata: {
        address: 'redis.team.svc.cluster.local:6379',
        stream: 'xerv:dispatch:traces',
        consumerGroup: 'xerv-workers',
        lagCount: '10',
      },
    });
  });
});

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

describe('A14, D30: KEDA without a trigger is refused', () => {
  const message = 'keda.enabled is true, but there is nothing to scale on: enable one of';

  test.concurrent.each(helms)('%s', async (helm) => {
    expect(await renderError({ keda: on }, { helm })).toContain(message);
  });

  test.concurrent('with what is missing for the backend', async () => {
    expect(await renderError({ keda: on, dispatch: nats })).toContain(
      'keda does not see the work in NATS: set keda.triggers.natsJetstream.consumer',
    );
    const inSecret = { backend: 'redis', redis: { existingSecret: 'url' } };
    expect(await renderError({ keda: on, dispatch: inSecret })).toContain(
      'set keda.triggers.redisStreams.address',
    );
  });

  test.concurrent('that of the backend is enough', async () => {
    const { triggers } = await scaledObject({ keda: on, dispatch: redis });
    expect(triggers.map(({ type }) => type)).toEqual(['redis-streams']);
  });
});

describe('A13, D02, D31, D32: what keeps a replica', () => {
  const least = async (values: object) => (await scaledObject(values)).minReplicaCount;
  const extraTriggers = [{ type: 'kafka', metadata: { topic: 'a' } }];

  test.concurrent.each([
    ['memory, whatever the trigger', { ...withTriggers({ cpu: on }, { extraTriggers }) }, 1],
    [
      'metrics of its own pods',
      { ...withTriggers({ pendingTraces: on, redisStreams: { enabled: false } }), dispatch: redis },
      1,
    ],
    [
      'CPU alone',
      { ...withTriggers({ cpu: on, redisStreams: { enabled: false } }), dispatch: redis },
      1,
    ],
    ['NATS without a durable consumer', { ...withTriggers({ cpu: on }), dispatch: nats }, 1],
    [
      'a Redis without streams',
      {
        ...withTriggers({ cpu: on }),
        dispatch: { ...redis, redis: { ...redis.redis, useStreams: false } },
      },
      1,
    ],
    [
      'not: a query on something else',
      { ...withTriggers({ pendingTraces: { enabled: true, query: 'q' } }), dispatch: nats },
      0,
    ],
    ['not: another trigger', { ...withTriggers({}, { extraTriggers }), dispatch: nats }, 0],
    ['not: the stream', { keda: on, dispatch: redis }, 0],
  ])('%s', async (_, values, expected) => {
    expect(await least(values)).toBe(expected);
  });

  test.concurrent('a higher minimum is the user’s', async () => {
    expect(await least(withTriggers({ cpu: on }, { minReplicaCount: 3 }))).toBe(3);
  });

  test.concurrent('NOTES say why', async () => {
    expect(await renderNotes(example)).toContain(
      'WARNING: keda.minReplicaCount 0 is not followed: with backend memory all work is lost at zero. One replica stays.',
    );
    expect(await renderNotes({ ...withTriggers({ cpu: on }), dispatch: nats })).toContain(
      'nothing outside the pods could wake XERV again. One replica stays.',
    );
    const zero = await renderNotes({ keda: on, dispatch: redis });
    expect(zero).toContain('0 to 10 replicas (set by KEDA)');
    expect(zero).toContain('at zero replicas nobody answers the API');
  });

  test.concurrent('D38: a claim that no pod binds', async () => {
    const values = {
      ...{ keda: { enabled: true, maxReplicaCount: 1 }, dispatch: redis },
      persistence: { enabled: true },
    };
    expect(await renderNotes(values)).toContain('the claim may stay unbound');
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

describe.each([
  ['redis://us%40er:p%2Fa%25%3F@redis:6379', { username: 'us@er', password: 'p/a%?' }],
  ['redis://:123@redis:6379', { password: '123' }],
  ['redis://:a@b:c@redis:6379', { password: 'a@b:c' }],
  ['redis://:100%@redis:6379', { password: '100%' }],
])('a password in the URL %s', (url, credentials) => {
  test.concurrent.each(helms)('goes to KEDA in a Secret only (%s)', async (helm) => {
    const values = { keda: on, dispatch: { backend: 'redis', redis: { url } } };
    const rendering = await render(values, { helm });
    expect(rendering.get('Secret', 'xerv-keda-redis').stringData).toEqual(credentials);
    const [trigger] = rendering.get('ScaledObject').spec.triggers as Trigger[];
    expect(trigger?.authenticationRef).toEqual({ name: 'xerv-keda-redis' });
    expect(rendering.get('TriggerAuthentication', 'xerv-keda-redis').spec).toEqual({
      secretTargetRef: Object.keys(credentials)
        .sort()
        .map((parameter) => ({ parameter, name: 'xerv-keda-redis', key: parameter })),
    });
    expect(JSON.stringify(rendering.get('ScaledObject'))).not.toContain(credentials.password);
  });
});

describe('existing Secrets and authentications', () => {
  test.concurrent('Redis', async () => {
    const redisStreams = {
      address: 'redis.data:6379',
      authentication: {
        existingSecret: 'redis-login',
        secretKeys: { password: 'pass', ca: 'ca.crt' },
      },
    };
    const dispatch = { backend: 'redis', redis: { existingSecret: 'redis-url' } };
    const rendering = await render({ ...withTriggers({ redisStreams }), dispatch });
    expect(rendering.find('Secret')).toBeUndefined();
    expect(rendering.get('TriggerAuthentication').spec).toEqual({
      secretTargetRef: [
        { parameter: 'ca', name: 'redis-login', key: 'ca.crt' },
        { parameter: 'password', name: 'redis-login', key: 'pass' },
      ],
    });
  });

  test.concurrent('Redis, its address too', async () => {
    const authentication = { existingSecret: 'redis-login', secretKeys: { address: 'address' } };
    const dispatch = { backend: 'redis', redis: { existingSecret: 'redis-url' } };
    const trigger = await firstTrigger({
      ...withTriggers({ redisStreams: { authentication } }),
      dispatch,
    });
    expect(trigger?.metadata).not.toHaveProperty('address');
    expect(trigger?.authenticationRef).toEqual({ name: 'xerv-keda-redis' });
  });

  test.concurrent('Prometheus', async () => {
    const prometheus = { authModes: 'bearer', authentication: { existingSecret: 'prometheus' } };
    const values = withTriggers({ pendingTraces: on, activeTraces: on }, { prometheus });
    const rendering = await render(values);
    const triggers = rendering.get('ScaledObject').spec.triggers as Trigger[];
    for (const trigger of triggers) {
      expect(trigger.metadata.authModes).toBe('bearer');
      expect(trigger.authenticationRef).toEqual({ name: 'xerv-keda-prometheus' });
    }
    expect(triggers).toHaveLength(2);
    expect(rendering.get('TriggerAuthentication', 'xerv-keda-prometheus').spec).toEqual({
      secretTargetRef: [{ parameter: 'bearerToken', name: 'prometheus', key: 'token' }],
    });
  });

  test.concurrent('one of the user’s takes the place of the Secret', async () => {
    const authenticationRef = { name: 'platform', kind: 'ClusterTriggerAuthentication' };
    const prometheus = { authentication: { existingSecret: 'a', authenticationRef } };
    const rendering = await render(withTriggers({ pendingTraces: on }, { prometheus }));
    const [trigger] = rendering.get('ScaledObject').spec.triggers as Trigger[];
    expect(trigger?.authenticationRef).toEqual(authenticationRef);
    expect(rendering.find('TriggerAuthentication')).toBeUndefined();
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

describe('A14, D36: a fallback that KEDA would refuse or has no use for', () => {
  const fallbackOf = async (fallback: object, triggers: object = { pendingTraces: on }) =>
    (await scaledObject(withTriggers(triggers, { fallback, maxReplicaCount: 5 }))).fallback;

  test.concurrent('on CPU and memory alone there is none', async () => {
    expect(await fallbackOf({}, { cpu: on, memory: on })).toBeUndefined();
  });

  test.concurrent('to nothing there is none', async () => {
    expect(await fallbackOf({ replicas: 0 })).toBeUndefined();
    expect(await fallbackOf({ enabled: false })).toBeUndefined();
  });

  test.concurrent('to more than the maximum is to the maximum', async () => {
    expect(await fallbackOf({ replicas: 9, failureThreshold: 0 })).toEqual({
      failureThreshold: 0,
      replicas: 5,
    });
  });
});

test.concurrent('D26: a maximum below the minimum is not what the API server gets', async () => {
  const values = withTriggers({ cpu: on }, { minReplicaCount: 12 });
  expect(await scaledObject(values)).toMatchObject({ minReplicaCount: 12, maxReplicaCount: 12 });
  expect(await renderNotes(values)).toContain('keda.maxReplicaCount (10) is below the minimum');
});

test.concurrent('A10, D82: the autoscaler’s name fits into a label', async () => {
  const fullnameOverride = `${'x'.repeat(53)}-${'y'.repeat(9)}`;
  const rendering = await render({ ...withTriggers({ cpu: on }), fullnameOverride });
  expect(rendering.get('ScaledObject').metadata.name).toBe('x'.repeat(53));
  expect(rendering.get('ScaledObject').spec).toMatchObject({
    scaleTargetRef: { name: rendering.workload.metadata.name },
  });
});

test.concurrent('A15, D05: raft is not scaled, and NOTES say so', async () => {
  const values = { ...withTriggers({ cpu: on }), replicaCount: 3, dispatch: { backend: 'raft' } };
  const rendering = await render(values);
  expect(rendering.find('ScaledObject')).toBeUndefined();
  expect(rendering.workload.spec).toMatchObject({ replicas: 3 });
  expect(await renderNotes(values)).toContain('keda.enabled is not followed: raft has fixed');
});
