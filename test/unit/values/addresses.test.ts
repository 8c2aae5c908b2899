import { expect, test } from 'vitest';
import { servicesOf } from '../../../src/values/addresses.ts';

test.each([
  ['redis', ['shop/redis']],
  ['redis:6379', ['shop/redis:6379']],
  ['redis://redis:6379/0?db=1', ['shop/redis:6379']],
  ['redis://user:p%40ss@redis.data:6379', ['data/redis:6379']],
  ['redis://:a@b@redis.data', ['data/redis']],
  ['http://prometheus.monitoring.svc.cluster.local:9090/x', ['monitoring/prometheus:9090']],
  ['http://prometheus.monitoring.svc.cluster.local.', ['monitoring/prometheus']],
  ['nats-0.nats.queue.svc', ['queue/nats']],
  ['nats://a:4222, nats://b.q:4222', ['shop/a:4222', 'q/b:4222']],
  ['redis.cache.example.com', []],
  ['svc.example.com', []],
  ['10.0.0.1:6379', []],
  ['[::1]:6379', []],
  ['localhost', []],
  ['', []],
])('%s means %j', (address, expected) => {
  expect(
    servicesOf(address, 'shop').map(
      ({ namespace, name, port }) => `${namespace}/${name}${port === undefined ? '' : `:${port}`}`,
    ),
  ).toEqual(expected);
});
