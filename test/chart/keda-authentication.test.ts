import { describe, expect, test } from 'vitest';
import { helms, render } from '../support/render.ts';
import { firstTrigger, on, type Trigger, withTriggers } from './support/keda.ts';

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
