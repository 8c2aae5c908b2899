import { describe, expect, it } from 'vitest';
import {
  hasPassword,
  maskExpression,
  maskNode,
  maskUrl,
  redact,
} from '../../../src/values/mask.ts';

describe('a password in a URL', () => {
  it.each([
    ['redis://:hunter2@cache:6379/0', 'redis://:[secret]@cache:6379/0'],
    ['rediss://app:hunter2@cache', 'rediss://app:[secret]@cache'],
    ['redis://:hun@ter2@cache', 'redis://:[secret]@cache'],
    ['redis://:hunt/er2@cache:6379', 'redis://:[secret]@cache:6379'],
    ['redis://:123/hunter2@cache:6379', 'redis://:[secret]@cache:6379'],
    ['redis://app:1#hunter2@cache', 'redis://app:[secret]@cache'],
    ['redis://:hun ter2@cache', 'redis://:[secret]@cache'],
    ['redis://:hun"ter2@cache', 'redis://:[secret]@cache'],
    [
      'nats://app:hunter2@n1,nats://app:hunter2@n2',
      'nats://app:[secret]@n1,nats://app:[secret]@n2',
    ],
    ['nats://app:hunter2@n1,app:hunter2@n2', 'nats://app:[secret]@n2'],
    ['nats://hunter2@n1:4222', 'nats://[secret]@n1:4222'],
    [
      'cannot reach "redis://:hunter2@cache", sorry',
      'cannot reach "redis://:[secret]@cache", sorry',
    ],
    ['https://user:hunter2@charts.example.com/x', 'https://user:[secret]@charts.example.com/x'],
    ['redis://cache?password=hunter2&db=1', 'redis://cache?password=[secret]&db=1'],
    ['REDIS://:hunter2@CACHE', 'REDIS://:[secret]@CACHE'],
    ['--set=a.b=redis://:hunter2\\@cache', '--set=a.b=redis://:[secret]@cache'],
  ])('%s', (text, masked) => {
    expect(maskUrl(text)).toBe(masked);
    expect(hasPassword(text)).toBe(true);
    expect(maskUrl(masked)).toBe(masked);
  });

  it.each([
    'redis://redis-cluster:6379',
    'redis://default@cache:6379',
    'nats://n1:4222,nats://n2:4222',
    'nats://[fd00::1]:4222',
    'https://charts.example.com/a@v1',
    'https://charts.example.com:8443/a:b@v1',
    'a@b.example',
    '',
    'redis://:@cache',
  ])('there is none in %j', (text) => {
    expect(hasPassword(text)).toBe(false);
    expect(maskUrl(text)).toBe(text);
  });
});

describe('an expression that is shown', () => {
  it.each([
    ['auth.password=hunter2,replicaCount=3', 'auth.password=[secret],replicaCount=3'],
    ['auth.password=hun\\,ter2,b=1', 'auth.password=[secret],b=1'],
    [
      'extraEnv[0].name=DB_PASSWORD,extraEnv[0].value=hunter2',
      'extraEnv[0].name=DB_PASSWORD,extraEnv[0].value=[secret]',
    ],
    [
      'extraEnv=[{"name":"API_TOKEN","value":"hunter2"}]',
      'extraEnv=[{"name":"API_TOKEN","value":"[secret]"}]',
    ],
    [
      'dispatch.redis.url=redis://:hunter2@cache,b=1',
      'dispatch.redis.url=redis://:[secret]@cache,b=1',
    ],
    ['dispatch.redis.existingSecretKey=url', 'dispatch.redis.existingSecretKey=url'],
    [
      'extraEnv[0].name=MODE,extraEnv[0].value=fast',
      'extraEnv[0].name=MODE,extraEnv[0].value=fast',
    ],
  ])('%s', (expression, shown) => {
    expect(maskExpression(expression)).toBe(shown);
  });
});

describe('redaction', () => {
  it('takes a secret out in every form in which it travels', () => {
    const url = 'redis://:pa%20ss-w%C3%B6rd@cache';
    const text = `${url} pa%20ss-w%C3%B6rd pa ss-wörd ${Buffer.from(url).toString('base64')}`;
    expect(redact(text, [url])).toBe('[secret] [secret] [secret] [secret]');
  });

  it('leaves a text alone in which no secret stands', () => {
    expect(redact('all is well', ['', 'is', 'hunter2'])).toBe('all is well');
  });

  it('leaves nothing of a secret that begins like another one', () => {
    expect(redact('the key is hunter2-and-more', ['hunter2', 'hunter2-and-more'])).toBe(
      'the key is [secret]',
    );
  });
});

describe('a node that is shown', () => {
  it('has its secrets masked by key and by variable name', () => {
    expect(
      maskNode({
        extraEnv: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'DB_URL', value: 'postgres://app:hunter2@db/x' },
          { name: 'PLAIN', value: 'yes' },
          { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'api' } } },
        ],
        auth: { password: 'hunter2', existingSecret: 'mine', existingSecretKey: 'url' },
      }),
    ).toEqual({
      extraEnv: [
        { name: 'DB_PASSWORD', value: '[secret]' },
        { name: 'DB_URL', value: 'postgres://app:[secret]@db/x' },
        { name: 'PLAIN', value: 'yes' },
        { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'api' } } },
      ],
      auth: { password: '[secret]', existingSecret: 'mine', existingSecretKey: 'url' },
    });
  });
});
