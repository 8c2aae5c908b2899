import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  describeCluster,
  eventually,
  kubectlJson,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { type HelmName, openWorkplace } from '../support/on-cluster.ts';
import { bundledChart, plainHelm, upstreamChart } from '../support/plain-helm.ts';

const helms: readonly HelmName[] = ['helm3', 'helm4'];
const raft = ['--set', 'dispatch.backend=raft', '--set', 'replicaCount=3'];

interface Claims {
  readonly items: {
    readonly metadata: {
      readonly name: string;
      readonly uid: string;
      readonly deletionTimestamp?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
  }[];
}

/** Names and uids of the claims that stay; only a claim that was never deleted has its uid still. */
async function readClaims(cluster: SharedCluster, namespace: string) {
  const { items } = await kubectlJson<Claims>(cluster, ['get', 'pvc', '-n', namespace]);
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata: { name, uid } }) => ({ name, uid }));
}

async function waitForClaims(cluster: SharedCluster, namespace: string, count: number) {
  return eventually(async () => {
    const claims = await readClaims(cluster, namespace);
    return claims.length === count ? claims : undefined;
  });
}

async function readRevision(cluster: SharedCluster, namespace: string, helm?: HelmName) {
  const history = await plainHelm(cluster, { helm, namespace }, ['history', 'xerv', '-o', 'json']);
  return (JSON.parse(history.stdout) as { revision: number }[]).at(-1)?.revision;
}

describeCluster('a release made with plain helm', (cluster) => {
  it.each(helms)('is ours to show, change and remove, and back (%s)', async (helm) => {
    // helm has to make the namespace.
    const namespace = `plain-${randomBytes(4).toString('hex')}`;
    const { run, directory, kubectl } = await openWorkplace(cluster, namespace, { helm });
    onTestFinished(async () => {
      await kubectl('delete', 'namespace', namespace, '--wait=false');
    });
    const install = ['install', 'xerv', bundledChart, '--create-namespace', ...raft];
    await plainHelm(cluster, { helm, namespace }, install);
    const before = await waitForClaims(cluster, namespace, 3);

    // --wait is not used: status has to tell how far it is by itself.
    const status = await eventually(async () => {
      const { stdout } = await run(['status', '-o', 'json']);
      const read = JSON.parse(stdout);
      return read.health === 'healthy' ? read : undefined;
    }, 30_000);
    expect(status).toMatchObject({ release: { revision: 1 } });

    const upgraded = await run(['upgrade', '--replicas', '5', '--yes']);
    expect(upgraded).toMatchObject({ code: 0, stderr: '' });
    expect(upgraded.stdout).toContain('5 of 5 ready');

    const file = join(directory, 'xerv-values.yaml');
    await plainHelm(cluster, { helm, namespace }, ['upgrade', 'xerv', bundledChart, '-f', file]);
    expect(await readRevision(cluster, namespace, helm)).toBe(3);
    const replicas = await kubectl('get', 'sts', 'xerv', '-o', 'jsonpath={.spec.replicas}');
    expect(replicas.stdout).toBe('5');
    const again = await run(['upgrade', '--dry-run']);
    expect(again.stdout).toContain('The values do not change.');

    const removed = await run(['uninstall', '--keep-data', '--yes']);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    const after = await readClaims(cluster, namespace);
    expect(after).toHaveLength(5);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});

describeCluster('a release of upstream 0.1.0', (cluster) => {
  it('raft keeps its claims and its order of starting; other fixed fields stop us', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace);
    await plainHelm(cluster, { namespace }, ['install', 'xerv', upstreamChart, ...raft]);
    const before = await waitForClaims(cluster, namespace, 3);

    const refused = await run(['upgrade', '--storage-size', '99Gi', '--yes']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('cannot be changed from 10Gi to 99Gi');
    expect(refused.stderr).toContain('--cascade=orphan');
    expect(await readRevision(cluster, namespace)).toBe(1);

    const upgraded = await run(['upgrade', '--yes']);
    expect(upgraded).toMatchObject({ code: 0, stderr: '' });
    expect(upgraded.stdout).toContain('3 of 3 ready');
    expect(upgraded.stdout).toContain('keeps podManagementPolicy OrderedReady');
    const policy = await kubectl(
      'get',
      'sts',
      'xerv',
      '-o',
      'jsonpath={.spec.podManagementPolicy}',
    );
    expect(policy.stdout).toBe('OrderedReady');
    expect(await readClaims(cluster, namespace)).toEqual(before);
  });

  it.each(helms)('memory keeps its claim through upgrade and uninstall (%s)', async (helm) => {
    const namespace = await makeNamespace(cluster);
    const { run } = await openWorkplace(cluster, namespace, { helm });
    await plainHelm(cluster, { helm, namespace }, ['install', 'xerv', upstreamChart]);
    const before = await waitForClaims(cluster, namespace, 1);

    const upgraded = await run(['upgrade', '--yes']);
    expect(upgraded).toMatchObject({ code: 0, stderr: '' });
    expect(await readClaims(cluster, namespace)).toEqual(before);
    const live = await kubectlJson<Claims['items'][number]>(cluster, [
      ...['get', 'pvc', 'xerv-data', '-n', namespace],
    ]);
    expect(live.metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });

    const removed = await run(['uninstall', '--keep-data', '--yes']);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(await readClaims(cluster, namespace)).toEqual(before);
  });

  it.each(helms)('memory that we never changed keeps its claim too (%s)', async (helm) => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace, { helm });
    await plainHelm(cluster, { helm, namespace }, ['install', 'xerv', upstreamChart]);
    const before = await waitForClaims(cluster, namespace, 1);

    const removed = await run(['uninstall', '--keep-data', '--yes']);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(removed.stdout).toContain('The data is kept in xerv-data.');
    expect(await readClaims(cluster, namespace)).toEqual(before);
    expect((await kubectl('get', 'deployment,service,pod', '-o', 'name')).stdout).toBe('');
  });
});
