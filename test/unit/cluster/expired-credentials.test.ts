import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectionError } from '../../../src/cluster/connection-error.ts';
import { findStaleCredential } from '../../../src/cluster/expired-credentials.ts';
import { explainStaleCredential } from '../../../src/cluster/explain-stale-credential.ts';

/** Of CN=me, valid in January 2024. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBHzCBxgIBATAKBggqhkjOPQQDAjAcMQswCQYDVQQDDAJtZTENMAsGA1UECgwE
eGVydjAeFw0yNDAxMDEwMDAwMDBaFw0yNDAyMDEwMDAwMDBaMBwxCzAJBgNVBAMM
Am1lMQ0wCwYDVQQKDAR4ZXJ2MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEul6Z
ei8Gn8J758e6aYE9BSauwOOThEtCxDF2BrORBDjUIuAd8jnj5sOlUQnXN19QdZAM
5MzwlNNUcs6cMa6lOjAKBggqhkjOPQQDAgNIADBFAiEA4U2uJbaiRS/K4qFQgI8J
XYm4hdyLvuvzJijSl5A5CFMCIFFcWYaUvJoc05J5Q0JfYkNYEIF+n0awJyoPj3hr
cQ0C
-----END CERTIFICATE-----
`;
const [before, during, after] = ['2023-12-31T22:00:00Z', '2024-01-15', '2024-02-03T01:00:00Z'].map(
  (time) => new Date(time),
);
const begin = new Date('2024-01-01');
const end = new Date('2024-02-01');

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const tokenOf = (claims: object) => `${encode({ alg: 'none' })}.${encode(claims)}.signature`;
const seconds = (date: Date) => date.getTime() / 1000;
const token = tokenOf({ nbf: seconds(begin), exp: seconds(end) });

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stale-'));
  await writeFile(join(directory, 'me.pem'), certificate);
  await writeFile(join(directory, 'me.token'), `${token}\n`);
});
afterEach(() => rm(directory, { recursive: true }));

async function write(users: readonly object[], name = 'config'): Promise<string> {
  const path = join(directory, name);
  const context = (of: string) => ({ name: of, context: { cluster: 'c', user: of } });
  const config = { contexts: [context('me'), context('other'), { name: 'none' }], users };
  await writeFile(path, JSON.stringify(config));
  return path;
}
const findIn = async (user: object, now: Date | undefined, context = 'me') =>
  findStaleCredential({ kubeconfig: await write([{ name: 'me', user }]), context }, now);

const data = Buffer.from(certificate).toString('base64');
const forms: readonly [string, 'client certificate' | 'token', object][] = [
  ['a certificate in the kubeconfig', 'client certificate', { 'client-certificate-data': data }],
  ['a certificate in a file', 'client certificate', { 'client-certificate': 'me.pem' }],
  ['a token', 'token', { token }],
  ['a token in a file, which is taken instead', 'token', { tokenFile: 'me.token', token: 'x' }],
];

describe.each(forms)('%s', (_, what, user) => {
  test('has run out, is not valid yet, or neither', async () => {
    const where = `user me in ${join(directory, 'config')}`;
    expect(await findIn(user, after)).toEqual({ what, is: 'expired', at: end, where });
    expect(await findIn(user, before)).toEqual({ what, is: 'early', at: begin, where });
    expect(await findIn(user, during)).toBeUndefined();
  });
  test('is told in words, and nothing of it', async () => {
    const kubeconfig = await write([{ name: 'me', user }]);
    const problem = await explainStaleCredential(
      { kind: 'unauthorized', message: 'Unauthorized' },
      { doing: 'ask', access: { server: 'https://api', context: 'me' } },
      { kubeconfig, context: 'me' },
      after,
    );
    expect(problem).toMatchObject({
      message: `Your ${what} for the cluster at https://api has expired (context me).`,
      why: `It was valid until 2024-02-01 00:00 UTC, 2 days ago (user me in ${kubeconfig}).\nThe cluster answers: Unauthorized`,
      next: expect.stringMatching(/whoever runs the cluster/),
    });
    for (const secret of [token, token.slice(0, 20), data.slice(0, 20)])
      expect(JSON.stringify(problem)).not.toContain(secret);
  });
});

test.each<[string, object, string?]>([
  ['a token of another form', { token: 'abcdef.0123456789abcdef' }],
  ['a token that only looks like one that tells', { token: 'a.b.c' }],
  ['a token without an end', { token: tokenOf({ sub: 'me' }) }],
  ['an end that is no time', { token: tokenOf({ exp: 'soon' }) }],
  ['a certificate that is none', { 'client-certificate-data': 'QQ==' }],
  ['a certificate that is not there', { 'client-certificate': 'nowhere.pem' }],
  ['a login program, which gives another', { token, exec: { command: 'login' } }],
  ['nothing', {}],
  ['somebody else', { token }, 'other'],
  ['nobody', { token }, 'none'],
])('nothing is told of %s', async (_, user, context) => {
  expect(await findIn(user, after, context)).toBeUndefined();
});

test('of several files the first that has the user decides', async () => {
  const first = await write([{ name: 'other', user: {} }], 'first');
  const stale = await write([{ name: 'me', user: { token } }], 'second');
  const fresh = await write([{ name: 'me', user: { token: tokenOf({}) } }], 'third');
  const find = (...paths: string[]) =>
    findStaleCredential({ kubeconfig: paths.join(delimiter), context: 'me' }, after);
  expect(await find(first, stale, fresh)).toMatchObject({ where: `user me in ${stale}` });
  expect(await find(first, fresh, stale)).toBeUndefined();
});

test('only where the user is not accepted is it looked for', async () => {
  const kubeconfig = await write([{ name: 'me', user: { token } }]);
  const messageOf = async (kind: 'unauthorized' | 'unreachable', message: string) =>
    (await connectionError({ kind, message }, { doing: 'ask' }, { kubeconfig, context: 'me' }))
      .message;
  const expired = 'Your token for the cluster has expired.';
  expect(await messageOf('unauthorized', 'Unauthorized')).toContain(expired);
  expect(await messageOf('unreachable', 'remote error: tls: expired certificate')).toContain(
    expired,
  );
  expect(await messageOf('unreachable', 'connection refused')).not.toContain('expired');
});
