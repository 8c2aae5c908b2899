import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createApi } from '../../../src/cluster/api.ts';
import { fakeTransport } from './fake-transport.ts';

const named = z.looseObject({ name: z.string() });
const busy = { status: 503, json: { kind: 'Status', message: 'starting', code: 503 } };
const query = (path: string) => Object.fromEntries(new URLSearchParams(path.split('?')[1]));

describe('a list', () => {
  const pages = [
    { items: [{ name: 'a' }, { name: 'b' }], metadata: { continue: 'token 1' } },
    { items: [{ name: 'c' }], metadata: {} },
  ];

  test('follows every page, with the selector and without the resource version', async () => {
    const transport = fakeTransport((_, index) => ({ json: pages[index] }));
    const api = createApi(transport, 1_000);
    const listed = await api.list('/api/v1/pods?labelSelector=a%3Db&resourceVersion=0', named);
    expect(listed).toEqual({ ok: true, value: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
    expect(transport.requests.map(({ path }) => query(path))).toEqual([
      { labelSelector: 'a=b', resourceVersion: '0', limit: '500' },
      { labelSelector: 'a=b', limit: '500', continue: 'token 1' },
    ]);
  });

  test('starts over once where the server has forgotten the snapshot', async () => {
    const gone = { status: 410, json: { kind: 'Status', reason: 'Expired' } };
    const script = [{ json: pages[0] }, gone, { json: pages[0] }, { json: pages[1] }];
    const transport = fakeTransport((_, index) => script[index] ?? busy);
    const listed = await createApi(transport, 1_000).list('/api/v1/pods', named);
    expect(listed).toMatchObject({
      ok: true,
      value: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    });

    const always = fakeTransport(({ path }) => (query(path).continue ? gone : { json: pages[0] }));
    expect(await createApi(always, 1_000).list('/api/v1/pods', named)).toMatchObject({
      ok: false,
      failure: { status: 410 },
    });
  });

  test('can be read a page at a time, as long as somebody wants to see more', async () => {
    const first = { ...pages[0], metadata: { continue: 'token 1', remainingItemCount: 1 } };
    const transport = fakeTransport((_, index) => ({ json: index === 0 ? first : pages[1] }));
    const api = createApi(transport, 1_000);
    const start = await api.page('/api/v1/nodes', named, { limit: 2 });
    expect(start).toEqual({
      ok: true,
      value: { items: [{ name: 'a' }, { name: 'b' }], next: 'token 1', remaining: 1 },
    });
    const rest = await api.page('/api/v1/nodes', named, { limit: 2, token: 'token 1' });
    expect(rest).toEqual({
      ok: true,
      value: { items: [{ name: 'c' }], next: undefined, remaining: 0 },
    });
    expect(transport.requests.map(({ path }) => query(path))).toEqual([
      { limit: '2' },
      { limit: '2', continue: 'token 1' },
    ]);
  });

  test('reads null items, which the server may send, as none', async () => {
    const transport = fakeTransport(() => ({ json: { items: null } }));
    expect(await createApi(transport, 1_000).list('/api', named)).toEqual({ ok: true, value: [] });
  });

  test('an item that cannot be understood is a failure that does not quote it', async () => {
    const transport = fakeTransport(() => ({ json: { items: [{ name: 7, token: 'secret' }] } }));
    const listed = await createApi(transport, 1_000).list('/api/v1/pods', named);
    expect(listed).toEqual({
      ok: false,
      failure: {
        kind: 'other',
        message: 'an item of GET /api/v1/pods is not what was expected at name',
      },
    });
  });

  test('of metadata asks for nothing else and reads whole objects too', async () => {
    const item = { metadata: { name: 's', labels: null, uid: 'u' }, data: { key: 'c2VjcmV0' } };
    const transport = fakeTransport(() => ({ json: { items: [item] } }));
    const listed = await createApi(transport, 1_000).listMetadata('/api/v1/secrets');
    expect(transport.requests[0]?.accept).toContain('as=PartialObjectMetadataList');
    expect(JSON.stringify(listed)).not.toContain('c2VjcmV0');
    expect(listed).toMatchObject({ ok: true, value: [{ name: 's', uid: 'u', labels: {} }] });
  });
});

describe('a server that is busy', () => {
  test.each([429, 500, 502, 503])('is asked again for a read (%i)', async (status) => {
    const transport = fakeTransport((_, index) =>
      index < 2 ? { ...busy, status } : { json: { name: 'x' } },
    );
    const answer = await createApi(transport, 5_000).get('/version', named);
    expect(answer).toMatchObject({ ok: true });
    expect(transport.requests).toHaveLength(3);
  });

  test('is asked again what somebody may do: that writes nothing, though it is a POST', async () => {
    const transport = fakeTransport((_, index) => (index === 0 ? busy : { json: { name: 'x' } }));
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const answer = await createApi(transport, 5_000).post(path, {}, named);
    expect(answer).toMatchObject({ ok: true });
    expect(transport.requests).toHaveLength(2);
  });

  test('is left alone after some attempts, with its words', async () => {
    const transport = fakeTransport(() => busy);
    const answer = await createApi(transport, 10_000).get('/version', named);
    expect(answer).toMatchObject({ ok: false, failure: { status: 503, message: 'starting' } });
    expect(transport.requests).toHaveLength(4);
  });

  test('is asked again when it says', async () => {
    const transport = fakeTransport((_, index) =>
      index === 0 ? { ...busy, status: 429, retryAfterSeconds: 1 } : { json: { name: 'x' } },
    );
    const startedAt = Date.now();
    await createApi(transport, 5_000).post('/api', {}, named);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  test('is not waited for longer than the time limit', async () => {
    const transport = fakeTransport(() => ({ ...busy, retryAfterSeconds: 60 }));
    const startedAt = Date.now();
    expect(await createApi(transport, 500).get('/version', named)).toMatchObject({ ok: false });
    expect(Date.now() - startedAt).toBeLessThan(500);
  });

  test('is sent a write once, unless it says that it did nothing', async () => {
    const transport = fakeTransport(() => busy);
    await createApi(transport, 5_000).post('/api', {}, named);
    expect(transport.requests).toHaveLength(1);
  });

  test('the pause ends with the abort', async () => {
    const controller = new AbortController();
    const transport = fakeTransport(() => {
      setTimeout(() => controller.abort(), 20);
      return { ...busy, retryAfterSeconds: 5 };
    });
    const answer = await createApi(transport, 10_000).get('/version', named, controller.signal);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });
});

test('a cluster that cannot be reached is not asked again: kubectl has said why', async () => {
  const words = 'dial tcp 127.0.0.1:6443: connect: connection refused';
  const transport = fakeTransport(() => ({ status: 502, contentType: 'text/plain', body: words }));
  const answer = await createApi(transport, 5_000).get('/version', named);
  expect(answer).toEqual({
    ok: false,
    failure: { kind: 'unreachable', status: 502, message: words },
  });
  expect(transport.requests).toHaveLength(1);
});

test('an answer that is not JSON is a failure', async () => {
  const transport = fakeTransport(() => ({ body: '<html>login</html>' }));
  const answer = await createApi(transport, 1_000).get('/version', named);
  expect(answer).toMatchObject({
    ok: false,
    failure: { kind: 'other', message: 'the answer to GET /version is not JSON' },
  });
});

test('a delete names the uid and how to propagate', async () => {
  const transport = fakeTransport(() => ({ json: {} }));
  const api = createApi(transport, 1_000);
  await api.delete('/api/v1/namespaces/a/persistentvolumeclaims/b', {
    uid: 'u-1',
    propagationPolicy: 'Foreground',
  });
  await api.delete('/x');
  expect(transport.requests.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
    {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u-1' },
      propagationPolicy: 'Foreground',
    },
    { apiVersion: 'v1', kind: 'DeleteOptions' },
  ]);
});
