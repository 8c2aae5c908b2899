import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createApi } from '../../../src/cluster/api.ts';
import { decodeRelease } from '../../../src/cluster/releases/decode.ts';
import { readReleaseDriver } from '../../../src/cluster/releases/driver.ts';
import { createObjectStorage } from '../../../src/cluster/releases/objects.ts';
import { fakeTransport } from './fake-transport.ts';

const record = (name: string, version: number, status: string, chart = 'xerv') => ({
  name,
  version,
  namespace: 'team',
  manifest: '---\nkind: Service\n',
  config: { replicas: 3 },
  info: {
    status,
    first_deployed: '2026-01-01T00:00:00Z',
    last_deployed: '2026-01-02T00:00:00Z',
    description: 'Upgrade complete',
  },
  chart: {
    metadata: { name: chart, version: '0.2.0', appVersion: '1.0' },
    values: { replicas: 1 },
  },
});
const encode = (value: unknown) => gzipSync(JSON.stringify(value)).toString('base64');

describe('decoding', () => {
  test('with gzip and without', async () => {
    const release = {
      name: 'xerv',
      namespace: 'team',
      revision: 2,
      status: 'deployed',
      chartName: 'xerv',
      chartVersion: '0.2.0',
      appVersion: '1.0',
      updated: '2026-01-02T00:00:00Z',
      values: { replicas: 3 },
      manifest: '---\nkind: Service\n',
      description: 'Upgrade complete',
      firstDeployed: '2026-01-01T00:00:00Z',
      notes: '',
      chartValues: { replicas: 1 },
    };
    const plain = record('xerv', 2, 'deployed');
    expect(await decodeRelease(encode(plain))).toEqual(release);
    const old = Buffer.from(JSON.stringify(plain)).toString('base64');
    expect(await decodeRelease(old)).toEqual(release);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', Buffer.from('nonsense').toString('base64')],
    ['broken gzip', Buffer.from([0x1f, 0x8b, 0, 1, 2]).toString('base64')],
    ['something else', encode({ name: 'xerv' })],
    ['a bomb', gzipSync(Buffer.alloc(80 * 1024 * 1024)).toString('base64')],
  ])('%s is no release', async (_, stored) => {
    expect(await decodeRelease(stored)).toBeUndefined();
  });

  test('a release without values has none', async () => {
    const { config: _, ...rest } = record('xerv', 1, 'deployed');
    expect((await decodeRelease(encode(rest)))?.values).toEqual({});
    expect((await decodeRelease(encode({ ...rest, config: null })))?.values).toEqual({});
  });
});

type Stored = ReturnType<typeof record>;

function storageOf(records: readonly Stored[], gone: readonly string[] = []) {
  const objects = records.map((one) => ({
    metadata: {
      name: `sh.helm.release.v1.${one.name}.v${one.version}`,
      namespace: one.namespace,
      labels: { owner: 'helm', name: one.name, version: `${one.version}`, status: one.info.status },
    },
    data: { release: Buffer.from(encode(one)).toString('base64') },
  }));
  let left = objects;
  const transport = fakeTransport(({ path }) => {
    if (path.includes('?')) return { json: { items: left } };
    const found = left.find(({ metadata }) => path.endsWith(`/${metadata.name}`));
    if (found && !gone.includes(found.metadata.name)) return { json: found };
    left = left.filter((one) => one !== found);
    return { status: 404, json: { kind: 'Status', reason: 'NotFound', message: 'gone' } };
  });
  return { storage: createObjectStorage(createApi(transport, 1_000), 'secrets'), transport };
}

describe('the history', () => {
  const name = { namespace: 'team', name: 'xerv' };

  test('is told by labels, and only the newest revision is fetched', async () => {
    const { storage, transport } = storageOf([
      record('xerv', 9, 'deployed'),
      record('xerv', 10, 'failed'),
      record('xerv', 8, 'superseded'),
    ]);
    const history = await storage.history(name);
    expect(history).toMatchObject({
      ok: true,
      value: {
        newest: { revision: 10, status: 'failed' },
        deployedRevision: 9,
        revisions: [
          { revision: 10, status: 'failed' },
          { revision: 9, status: 'deployed' },
          { revision: 8, status: 'superseded' },
        ],
      },
    });
    expect(transport.requests).toHaveLength(2);
  });

  test('of nothing is undefined', async () => {
    expect(await storageOf([]).storage.history(name)).toEqual({ ok: true, value: undefined });
  });

  test('is read again where helm removed the newest revision meanwhile', async () => {
    const { storage } = storageOf(
      [record('xerv', 1, 'deployed'), record('xerv', 2, 'uninstalling')],
      ['sh.helm.release.v1.xerv.v2'],
    );
    expect(await storage.history(name)).toMatchObject({ value: { newest: { revision: 1 } } });
  });

  test('that cannot be read is a failure, not an absent release', async () => {
    const broken = { ...record('xerv', 1, 'deployed'), chart: undefined };
    const { storage } = storageOf([broken as unknown as Stored]);
    expect(await storage.history(name)).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('release xerv, revision 1') },
    });
  });
});

test('the list has the newest revision of each release of the chart', async () => {
  const { storage } = storageOf([
    record('one', 1, 'superseded'),
    record('one', 2, 'pending-upgrade'),
    record('other', 1, 'deployed', 'redis'),
    record('another', 1, 'deployed'),
  ]);
  const listed = await storage.list({ chartName: 'xerv' });
  if (!listed.ok) throw new Error(listed.failure.message);
  expect(listed.value.map(({ name, revision }) => `${name} ${revision}`)).toEqual([
    'another 1',
    'one 2',
  ]);
});

test.each([
  [undefined, 'secret'],
  ['', 'secret'],
  ['secrets', 'secret'],
  ['configmap', 'configmap'],
  ['sql', 'sql'],
])('HELM_DRIVER=%s', (HELM_DRIVER, driver) => {
  expect(readReleaseDriver({ HELM_DRIVER })).toBe(driver);
});

test('a driver that helm does not know is refused', () => {
  expect(() => readReleaseDriver({ HELM_DRIVER: 'constructor' })).toThrow('"constructor"');
});
