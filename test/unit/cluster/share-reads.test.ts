import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createApi } from '../../../src/cluster/api.ts';
import { mayI } from '../../../src/cluster/permissions.ts';
import { shareReads } from '../../../src/cluster/share-reads.ts';
import { fakeTransport } from './fake-transport.ts';

const anything = z.unknown();

function sharing(json: unknown) {
  const transport = fakeTransport(() => ({ json }));
  return { transport, api: shareReads(createApi(transport, 1_000)) };
}

test('what is read twice is asked for once', async () => {
  const { transport, api } = sharing({ items: [{ name: 'a' }] });
  const named = z.object({ name: z.string() });
  await Promise.all([api.list('/api/v1/nodes', anything), api.list('/api/v1/nodes', named)]);
  expect(await api.list('/api/v1/nodes', named)).toEqual({ ok: true, value: [{ name: 'a' }] });
  expect(transport.requests).toHaveLength(1);
});

test('the same question about rights is asked once, another one for itself', async () => {
  const { transport, api } = sharing({ status: { allowed: true } });
  const create = { verb: 'create', group: '', resource: 'namespaces' };
  await mayI(api, [create, { ...create, verb: 'get' }]);
  expect(await mayI(api, [create])).toEqual([{ ok: true, value: true }]);
  expect(transport.requests).toHaveLength(2);
});

test('what is written twice is sent twice', async () => {
  const { transport, api } = sharing({});
  const path = '/api/v1/namespaces/xerv/secrets';
  await api.post(path, { metadata: { name: 'a' } }, anything);
  await api.post(path, { metadata: { name: 'a' } }, anything);
  expect(transport.requests).toHaveLength(2);
});
