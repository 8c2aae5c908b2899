import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Tree } from '../../src/values/tree.ts';
import { describeCluster, makeNamespace, type SharedCluster } from '../support/cluster.ts';
import { findingsOf, openWorkplace, outcomeOf } from '../support/on-cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';

const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://10.0.0.9:6379' } } };
const raft = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } };

/** Values that fail with these checks on a cluster with nothing on it. */
const broken: readonly (readonly [ids: readonly string[], values: Tree])[] = [
  [
    ['XV-203', 'XV-808'],
    {
      replicaCount: 3,
      server: { apiPort: 80 },
      podSecurityContext: {
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '1024' }],
      },
    },
  ],
  [
    ['XV-205', 'XV-302', 'XV-401'],
    {
      dispatch: { backend: 'raft' },
      replicaCount: 2,
      storage: { size: '1Gi', accessMode: 'ReadOnlyMany' },
      autoscaling: { enabled: true },
    },
  ],
  [['XV-301'], { ...raft, storage: { size: '1Gi', class: 'gold' } }],
  [['XV-404', 'XV-410'], { ...redis, autoscaling: { enabled: true }, resources: null }],
  [['XV-405'], { ...redis, keda: { enabled: true, minReplicaCount: 1 } }],
  [['XV-415'], { ...redis, replicaCount: 2, vpa: { enabled: true } }],
  [
    ['XV-501'],
    { serviceMesh: { enabled: true, provider: 'istio', istio: { injection: { enabled: true } } } },
  ],
  [
    ['XV-520'],
    {
      serviceMesh: {
        enabled: true,
        provider: 'linkerd',
        linkerd: { injection: { enabled: true } },
      },
    },
  ],
  [
    ['XV-601', 'XV-610', 'XV-611'],
    {
      metrics: { serviceMonitor: { enabled: true, interval: '5s' } },
      monitoring: { alerts: { enabled: true }, tracing: { enabled: true, endpoint: '' } },
    },
  ],
  [['XV-704'], { httpRoute: { enabled: true, parentRefs: [{ name: 'public' }] } }],
];

describeCluster('remedies prove themselves', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(shared, (own) => {
    cluster = own;
  });

  test.each(broken)('%s: check --fix mends it, and the install succeeds', async (ids, values) => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const file = join(place.directory, 'values.yaml');
    await writeFile(file, stringify(values));
    const failed = findingsOf(await place.run(['check', '-f', 'values.yaml', '-o', 'json']))
      .filter(({ status }) => status === 'fail')
      .map(({ check }) => check);
    expect(failed).toEqual(expect.arrayContaining([...ids]));
    // A remedy may show what was behind: then there is one more round, and no more than two.
    let fixed = await place.run(['check', '-f', 'values.yaml', '--fix']);
    if (fixed.code !== 0) fixed = await place.run(['check', '-f', 'values.yaml', '--fix']);
    expect(fixed.code, fixed.stdout + (await readFile(file, 'utf8'))).toBe(0);
    const done = await place.run([
      ...['install', '-f', 'values.yaml', '--confirm=xerv', '--timeout', '60s', '-o', 'json'],
    ]);
    expect(outcomeOf(done), done.stderr).toMatchObject({ type: 'outcome', outcome: 'done' });
  });

  test('what nobody may change is set back, and the upgrade succeeds', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const file = join(place.directory, 'values.yaml');
    await writeFile(file, stringify(raft));
    await place.run(['install', '-f', 'values.yaml', '--confirm=xerv', '--timeout', '60s']);
    await writeFile(
      file,
      stringify({ ...raft, storage: { size: '2Gi', accessMode: 'ReadWriteOncePod' } }),
    );
    const before = await place.run(['check', '-f', 'values.yaml']);
    expect(before).toMatchObject({ code: 3 });
    expect(before.stdout).toContain('XV-903 Failed');
    const fixed = await place.run(['check', '-f', 'values.yaml', '--fix']);
    expect(fixed.code, fixed.stdout).toBe(0);
    expect(await readFile(file, 'utf8')).toMatch(/size: 1Gi[\s\S]*accessMode: ReadWriteOnce\n/);
    const done = await place.run([
      ...['upgrade', '-f', 'values.yaml', '--confirm=xerv', '--timeout', '60s', '-o', 'json'],
    ]);
    expect(outcomeOf(done), done.stderr).toMatchObject({ type: 'outcome', outcome: 'done' });
  });
});
