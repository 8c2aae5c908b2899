import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  findCredentials,
  findPasswordsInArguments,
  findPasswordsInSets,
} from '../../../src/values/credentials.ts';
import { effective, type Layer, userValues } from '../../../src/values/layers.ts';
import { SecretMaterial, takeSecrets } from '../../../src/values/secrets.ts';

const canary = 'redis://:hunter2@cache:6379';
const name = (backend: string) => `xerv-${backend}`;
const file = (values: Layer['values'], path = 'mine.yaml'): Layer => ({
  origin: { kind: 'file', path },
  values,
});

describe('a URL with a password in the values', () => {
  it.each<Layer['origin']>([
    { kind: 'live', revision: 3 },
    { kind: 'preset', name: 'mine' },
    { kind: 'file', path: 'f.yaml' },
    { kind: 'flag', flag: 'XERV_DEPLOY_REDIS_URL' },
    { kind: 'set', flag: '--set-file', expression: 'dispatch.redis.url=url.txt' },
  ])('is moved out of a layer of kind $kind into a Secret', (origin) => {
    const before: Layer[] = [
      { origin, values: { dispatch: { backend: 'redis', redis: { url: canary, poolSize: 5 } } } },
    ];
    const { layers, pending, taken } = takeSecrets(before, name);
    expect(effective(layers)).toEqual({
      dispatch: {
        backend: 'redis',
        redis: { url: '', poolSize: 5, existingSecret: 'xerv-redis', existingSecretKey: 'url' },
      },
    });
    expect(pending).toMatchObject([{ backend: 'redis', name: 'xerv-redis', key: 'url' }]);
    expect(pending[0]?.material.reveal()).toBe(canary);
    expect(taken).toEqual([
      { backend: 'redis', path: ['dispatch', 'redis', 'url'], origin, used: true },
    ]);
    expect(JSON.stringify({ layers, taken })).not.toContain('hunter2');
  });

  it('is dropped where a stronger layer overrules it', () => {
    const plain = { dispatch: { redis: { url: 'redis://plain:6379' } } };
    const { layers, pending, taken } = takeSecrets(
      [file({ dispatch: { redis: { url: canary } } }), file(plain, 'stronger.yaml')],
      name,
    );
    expect(pending).toEqual([]);
    expect(taken).toMatchObject([{ used: false }]);
    expect(userValues(layers)).toEqual(plain);
    expect(JSON.stringify(layers)).not.toContain('hunter2');
  });

  it('gives way to a Secret that the user names as strongly', () => {
    const { layers, pending } = takeSecrets(
      [file({ dispatch: { redis: { url: canary, existingSecret: 'mine' } } })],
      name,
    );
    expect(pending).toEqual([]);
    expect(userValues(layers)).toEqual({ dispatch: { redis: { existingSecret: 'mine' } } });
  });

  it('replaces the Secret that weaker values name: a new password rolls the pods', () => {
    const { layers, pending } = takeSecrets(
      [
        file({ dispatch: { redis: { existingSecret: 'old', existingSecretKey: 'connection' } } }),
        {
          origin: { kind: 'flag', flag: 'XERV_DEPLOY_REDIS_URL' },
          values: { dispatch: { redis: { url: canary, existingSecret: '' } } },
        },
      ],
      name,
    );
    expect(pending).toHaveLength(1);
    expect(userValues(layers)).toEqual({
      dispatch: { redis: { url: '', existingSecret: 'xerv-redis', existingSecretKey: 'url' } },
    });
  });

  it('is found in a list of NATS servers, as a token too', () => {
    const url = 'nats://n1:4222,nats://token@n2:4222';
    const { pending } = takeSecrets([file({ dispatch: { nats: { url } } })], name);
    expect(pending[0]).toMatchObject({ backend: 'nats', name: 'xerv-nats' });
    expect(pending[0]?.material.reveal()).toBe(url);
  });

  it('leaves layers alone that hold none', () => {
    const layers = [file({ dispatch: { redis: { url: 'redis://plain:6379' } } })];
    expect(takeSecrets(layers, name)).toEqual({ layers, pending: [], taken: [] });
  });
});

describe('secret material', () => {
  it('does not slip out', () => {
    const material = new SecretMaterial('hunter2');
    const shown = [
      `${material}`,
      String(material),
      JSON.stringify({ material }),
      inspect({ material }, { depth: 9, showHidden: true }),
      JSON.stringify(Object.entries(material)),
      `${Object.values({ ...material })}`,
    ].join('\n');
    expect(shown).not.toContain('hunter2');
    expect(material.reveal()).toBe('hunter2');
  });
});

describe('credentials elsewhere', () => {
  it('are reported by path', () => {
    const found = findCredentials({
      extraEnv: [
        { name: 'DB_PASSWORD', value: 'hunter2' },
        { name: 'DB_URL', value: 'postgres://app:hunter2@db/x' },
        { name: 'TOKEN', value: '' },
        { name: 'MODE', value: 'fast' },
      ],
      monitoring: { tracing: { endpoint: 'http://u:p@tempo:4317' } },
    });
    expect(found).toEqual([
      { path: ['extraEnv', 0, 'value'], kind: 'variable' },
      { path: ['extraEnv', 1, 'value'], kind: 'url' },
      { path: ['monitoring', 'tracing', 'endpoint'], kind: 'url' },
    ]);
  });
});

describe('passwords in arguments', () => {
  it('are refused, naming the flag and never the password', () => {
    const problems = findPasswordsInArguments([
      'install',
      '--redis-url',
      canary,
      `--nats-url=nats://a:hunter2@n`,
      '--set',
      `dispatch.redis.url=${canary}`,
      canary,
      '--redis-url',
      'redis://plain:6379',
    ]);
    expect(problems.map(({ where }) => where)).toEqual([
      '--redis-url',
      '--nats-url',
      '--set',
      'argument 7',
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('are found behind escapes once they are parsed, but not in files', () => {
    const values = { dispatch: { redis: { url: canary } } };
    expect(findPasswordsInSets([{ flag: '--set-json', values }])).toHaveLength(1);
    expect(findPasswordsInSets([{ flag: '--set-file', values }])).toEqual([]);
  });
});
