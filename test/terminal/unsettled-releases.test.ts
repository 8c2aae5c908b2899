import { expect, it, onTestFinished } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { bundledChart, plainHelm, upstreamChart } from '../support/plain-helm.ts';
import { setReleaseStatus } from '../support/release.ts';

describeCluster('a release that helm did not finish', (cluster) => {
  it('is removed by the command that the refusal names, and its data stays', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace);
    // Its chart does not protect the claim: helm's own uninstall would delete it.
    await plainHelm(cluster, { namespace }, ['install', 'xerv', upstreamChart]);
    await setReleaseStatus(cluster, namespace, 'pending-install');
    const claim = async () =>
      (await kubectl('get', 'pvc', '-o', 'jsonpath={.items[*].metadata.uid}')).stdout;
    const before = await claim();

    const refused = await run(['upgrade', '--yes', '-o', 'json']);
    expect(refused.code).toBe(3);
    const [, advised = ''] = /install again: create-xerv-deploy ([^"]*)/.exec(refused.stdout) ?? [];
    const status = await run(['status']);
    expect(status.stdout).toContain('a helm install started');
    expect(status.stdout).toContain(advised);
    expect(await run([...advised.split(' '), '--yes'])).toMatchObject({ code: 0 });

    expect(await claim()).toBe(before);
    expect((await run(['install', '--persistence', '--yes'])).code).toBe(0);
    expect(await claim()).toBe(before);
  });

  it('whose upgrade failed is gone on with from what failed, and that is said', async () => {
    const namespace = await makeNamespace(cluster);
    const { run } = await openWorkplace(cluster, namespace);
    expect((await run(['install', '--yes'])).code).toBe(0);
    const broken = ['upgrade', 'xerv', bundledChart, '--set', 'image.tag=never-ready', '--wait'];
    await expect(
      plainHelm(cluster, { namespace }, [...broken, '--timeout', '2s']),
    ).rejects.toThrow();

    const next = await run(['upgrade', '--log-level', 'debug', '--dry-run']);
    expect(next.stdout).toMatch(
      /Revision 2 failed\. This starts from its values, not those of revision 1, .* helm rollback xerv 1 /,
    );
    const mended = await run(['upgrade', '--set', 'image.tag=0.1.0', '--yes']);
    expect(mended).toMatchObject({ code: 0, stderr: '' });
    const same = await run(['upgrade', '--dry-run']);
    expect(same.stdout).toContain('helm would create another identical revision');
    expect(same.stdout).not.toContain('failed');
  });
});

describeCluster('a release in a namespace that is being deleted', (cluster) => {
  it('is not said to be fine, nor its data to be kept', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace);
    const raft = ['--backend', 'raft', '--replicas', '3', '--storage-size', '1Gi'];
    expect((await run(['install', ...raft, '--yes'])).code).toBe(0);
    const hold = (finalizers: readonly string[]) =>
      kubectl(
        'patch',
        'pod',
        'xerv-0',
        '-p',
        JSON.stringify({ metadata: { finalizers } }),
        '--type=merge',
      );
    await hold(['example.com/hold']);
    onTestFinished(async () => {
      await hold([]);
    });
    await kubectl('delete', 'namespace', namespace, '--wait=false');

    const status = JSON.parse((await run(['status', '-o', 'json'])).stdout);
    expect(status.health).toBe('failing');
    expect(status.notices[0]).toMatch(
      /is being deleted, and every claim in it with it\. To keep the volumes and their data, run this now: kubectl .* patch pv pvc-/,
    );
    const removed = await run(['uninstall', '--yes', '--timeout', '2s']);
    expect(removed.code).toBe(4);
    expect(removed.stdout + removed.stderr).toContain(
      'every claim in it with it. To keep the volumes',
    );
    expect(removed.stdout + removed.stderr).not.toMatch(
      /data is still there|stays; a later install/,
    );
  });
});
