import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type FactsSnapshot,
  formatSnapshot,
  parseSnapshot,
  readSnapshot,
  writeSnapshot,
} from '../../../../src/cluster/facts/snapshot.ts';
import { DeployError } from '../../../../src/errors.ts';
import { createCleanup } from '../../../../src/files/cleanup.ts';

const snapshot: FactsSnapshot = {
  version: 1,
  takenAt: '2026-01-31T10:00:00Z',
  target: { context: 'c', server: 's', identity: 'i', namespace: 'n', release: 'r' },
  facts: {
    secrets: { state: 'known', value: { redis: { exists: true, type: 'Opaque', keys: ['url'] } } },
    nodes: { state: 'unknown', reason: 'forbidden', detail: 'no' },
  },
};

test('what is saved is what is read, by this user only', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-snapshot-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'facts.json');
  await writeSnapshot(path, snapshot, createCleanup());
  expect(await readSnapshot(path, { stdin: process.stdin })).toEqual(snapshot);
  expect(await readFile(path, 'utf8')).toMatch(/\}\n$/);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what the schema does not know is never written', () => {
  const secrets = { redis: { exists: true, type: 'Opaque', keys: ['url'], data: { url: 'x' } } };
  const leaking = { ...snapshot, facts: { secrets: { state: 'known', value: secrets } } };
  expect(() => formatSnapshot(leaking as unknown as FactsSnapshot)).toThrow(/data/);
});

test.each([
  ['not JSON', '{', 'It is not JSON.'],
  ['another version', '{"version": 2}', 'version 2'],
  ['another file', '{"kind": "List"}', 'version'],
  [
    'a part that is not what it should be',
    JSON.stringify({ ...snapshot, facts: { apis: { state: 'known', value: 'v1' } } }),
    'facts.apis.value',
  ],
])('%s is refused with the reason', (_, text, why) => {
  try {
    parseSnapshot(text, 'facts.json');
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    expect(error.message).toBe("facts.json is not a snapshot of a cluster's facts.");
    expect(error.problems[0]?.why).toContain(why);
  }
});
