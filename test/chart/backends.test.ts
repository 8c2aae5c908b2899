import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

const own = /^XERV_DISPATCH_/;

const dispatchVariables = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => own.test(name)));

test.concurrent('memory: a Deployment without anything of the other backends', async () => {
  const rendering = await render({ dispatch: { backend: 'memory' } });
  expect(rendering.names).toEqual([
    'Deployment/xerv',
    'Pod/xerv-test-connection',
    'Service/xerv',
    'ServiceAccount/xerv',
  ]);
  expect(dispatchVariables(rendering.variables)).toEqual({ XERV_DISPATCH_BACKEND: 'memory' });
  expect(rendering.container.command).toBeUndefined();
  expect(rendering.container.args).toEqual(['serve', '--host', '0.0.0.0', '--port', '8080']);
  expect(rendering.variables).toMatchObject({
    XERV_DATA_DIR: '/data',
    XERV_MAX_CONCURRENT_NODES: '16',
    XERV_MAX_CONCURRENT_TRACES: '100',
    XERV_NODE_TIMEOUT_MS: '30000',
  });
});

describe('raft', () => {
  const values = { replicaCount: 3, dispatch: { backend: 'raft' } };

  test.concurrent('the environment', async () => {
    const { variables, environment } = await render(values);
    expect(dispatchVariables(variables)).toEqual({
      XERV_DISPATCH_BACKEND: 'raft',
      XERV_DISPATCH_RAFT_LISTEN_ADDR: '0.0.0.0:5000',
      XERV_DISPATCH_RAFT_ELECTION_TIMEOUT_MS: '1000',
      XERV_DISPATCH_RAFT_HEARTBEAT_INTERVAL_MS: '100',
    });
    expect(environment.POD_NAME?.valueFrom).toEqual({ fieldRef: { fieldPath: 'metadata.name' } });
  });

  test.concurrent('the members, a name of the headless Service for each replica', async () => {
    const rendering = await render(values);
    expect(rendering.get('ConfigMap', 'xerv-config').data).toEqual({
      'raft-members': `1:xerv-0.xerv-headless.team.svc:5000
2:xerv-1.xerv-headless.team.svc:5000
3:xerv-2.xerv-headless.team.svc:5000
`,
    });
    expect(rendering.container.volumeMounts).toContainEqual({
      name: 'config',
      mountPath: '/config',
      readOnly: true,
    });
  });

  test.concurrent('a new replicaCount leaves the pods alone', async () => {
    const [three, five] = await Promise.all([
      render(values),
      render({ ...values, replicaCount: 5 }),
    ]);
    expect(five.podTemplate).toEqual(three.podTemplate);
    expect(five.get('ConfigMap').data?.['raft-members']?.trim().split('\n')).toHaveLength(5);
  });

  test.concurrent('peers find each other before they are ready', async () => {
    const { spec } = (await render(values)).get('Service', 'xerv-headless');
    expect(spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      ports: [{ name: 'grpc', port: 5000, targetPort: 'grpc' }],
    });
  });

  test.concurrent('an IPv6 listen address stands in brackets', async () => {
    const { variables } = await render({ ...values, server: { host: '::', grpcPort: 5001 } });
    expect(variables.XERV_DISPATCH_RAFT_LISTEN_ADDR).toBe('[::]:5001');
  });
});

test.concurrent('redis: pool, streams and group', async () => {
  const redis = { url: 'redis://redis:6379', poolSize: 7, useStreams: false, consumerGroup: 'g' };
  const rendering = await render({ dispatch: { backend: 'redis', redis } });
  expect(dispatchVariables(rendering.variables)).toEqual({
    XERV_DISPATCH_BACKEND: 'redis',
    XERV_DISPATCH_REDIS_URL: 'redis://redis:6379',
    XERV_DISPATCH_REDIS_POOL_SIZE: '7',
    XERV_DISPATCH_REDIS_STREAMS: 'false',
    XERV_DISPATCH_REDIS_USE_STREAMS: 'false',
    XERV_DISPATCH_REDIS_CONSUMER_GROUP: 'g',
  });
  expect(rendering.find('Secret')).toBeUndefined();
});

test.concurrent('nats: JetStream and stream', async () => {
  const nats = { url: 'nats://a:4222,nats://b:4222', useJetstream: false, streamName: 'WORK' };
  const rendering = await render({ dispatch: { backend: 'nats', nats } });
  expect(dispatchVariables(rendering.variables)).toEqual({
    XERV_DISPATCH_BACKEND: 'nats',
    XERV_DISPATCH_NATS_URL: 'nats://a:4222,nats://b:4222',
    XERV_DISPATCH_NATS_JETSTREAM: 'false',
    XERV_DISPATCH_NATS_USE_JETSTREAM: 'false',
    XERV_DISPATCH_NATS_STREAM: 'WORK',
  });
  expect(rendering.find('Secret')).toBeUndefined();
});
