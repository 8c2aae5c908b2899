import { describe, expect, test } from 'vitest';
import { helms, render, renderError, renderNotes } from '../support/render.ts';
import { nats, on, redis, scaledObject, withTriggers } from './support/keda.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();
const example = readValuesFile(readme, 'values-keda.yaml');

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
      'WARNING: keda.minReplicaCount 0 is ignored: with backend memory all work is lost at zero. One replica stays.',
    );
    expect(await renderNotes({ ...withTriggers({ cpu: on }), dispatch: nats })).toContain(
      'nothing outside the pods could wake XERV. One replica stays.',
    );
    const zero = await renderNotes({ keda: on, dispatch: redis });
    expect(zero).toContain('0 to 10 replicas (set by KEDA)');
    expect(zero).toContain('at zero replicas API calls and webhooks fail');
  });

  test.concurrent('D38: a claim that no pod binds', async () => {
    const values = {
      ...{ keda: { enabled: true, maxReplicaCount: 1 }, dispatch: redis },
      persistence: { enabled: true },
    };
    expect(await renderNotes(values)).toContain('the claim may stay unbound');
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
  expect(await renderNotes(values)).toContain('keda.enabled is ignored: raft has fixed');
});
