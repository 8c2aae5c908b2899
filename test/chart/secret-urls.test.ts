import { describe, expect, test } from 'vitest';
import { hasPassword } from '../../src/values/mask.ts';
import { render } from '../support/render.ts';

/** Whether a URL holds a credential: the chart and the program must agree. */
const urls: readonly (readonly ['redis' | 'nats', string, boolean])[] = [
  ['redis', 'redis://redis:6379', false],
  ['redis', 'redis://user@redis:6379', false],
  ['redis', 'redis://user:@redis:6379', false],
  ['redis', 'redis://:@redis:6379', false],
  ['redis', 'redis://:hunter2@redis:6379', true],
  ['redis', 'rediss://user:hunter2@redis:6379/0', true],
  ['redis', 'redis://:hunt@er/2#@redis:6379', true],
  ['redis', 'redis://a:6379,redis://user@b:6379', false],
  ['redis', 'redis://a:6379,redis://:hunter2@b:6379', true],
  ['redis', 'redis://redis:6379?password=hunter2', true],
  ['redis', 'redis://redis:6379/0?db=1&Password=hunter2', true],
  ['redis', 'redis://redis:6379?token=hunter2', true],
  ['redis', 'redis://redis:6379?password=&db=1', false],
  ['redis', 'redis://redis:6379?passwordless=true', false],
  ['nats', 'nats://nats:4222', false],
  ['nats', 'nats://a:4222, nats://b:4222', false],
  ['nats', 'nats://[fd00::1]:4222', false],
  ['nats', 'nats://hunter2@nats:4222', true],
  ['nats', 'nats://hunter2:@nats:4222', true],
  ['nats', 'nats://:@nats:4222', false],
  ['nats', 'tls://a:4222,tls://user:hunter2@b:4222', true],
  ['nats', 'wss://nats:443?access_token=hunter2', true],
  ['nats', 'ws://nats:80?api_key=hunter2', true],
];

describe('A40, D18: a URL with a credential goes to a Secret, by chart and program alike', () => {
  test.each(urls)('%s: %s: %s', async (backend, url, secret) => {
    expect(hasPassword(url)).toBe(secret);
    const rendering = await render({ dispatch: { backend, [backend]: { url } } });
    const variable = rendering.environment[`XERV_DISPATCH_${backend.toUpperCase()}_URL`];
    expect(rendering.find('Secret')?.stringData).toEqual(secret ? { url } : undefined);
    expect(variable?.value).toBe(secret ? undefined : url);
  });
});
