import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runCommand } from '../support/run-command.ts';

const raft = ['install', '--backend', 'raft', '--replicas', '3', '--storage-size', '1Gi', '--yes'];

describeCluster('a raft cluster in operation', (cluster) => {
  /** The kubectl commands that a text names, run as they stand. */
  const runCommands = async (text: string) => {
    for (const command of text.match(/kubectl .*(?:patch|delete) (?:pvc|statefulset) .*/g) ?? []) {
      const { code, stderr } = await runCommand(
        '/bin/sh',
        ['-c', command.replace(/^kubectl/, '"$KUBECTL"')],
        { env: { KUBECTL: cluster.tools.kubectl, KUBECONFIG: cluster.kubeconfigs.admin } },
      );
      expect(code, `${command}: ${stderr}`).toBe(0);
    }
  };

  it('gets larger volumes by what the refusal says, and says which are still small', async () => {
    const { run, kubectl } = await openWorkplace(cluster, await makeNamespace(cluster));
    expect((await run(raft)).code).toBe(0);
    const pods = async () =>
      (await kubectl('get', 'pods', '-o', 'jsonpath={.items[*].metadata.uid}')).stdout;
    const before = await pods();
    const larger = ['upgrade', '--storage-size', '2Gi', '--yes'];

    const refused = await run(larger);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(
      /1\. if the claims’ class .* enlarge them: [\s\S]*2\. replace the StatefulSet/,
    );
    // Somebody who leaves out the first step is told so.
    await runCommands(refused.stderr.replace(/^.*patch pvc.*$/m, ''));
    const gone = await run(['status']);
    expect(gone.stdout).toContain('StatefulSet xerv is gone');
    expect(gone.stdout).toContain('recreate it from the live values: create-xerv-deploy upgrade');
    expect((await run(['plan', '--reuse-values', '--storage-size', '2Gi'])).stdout).toContain(
      'data-xerv-0 1Gi stays in use, with its data; 2Gi is for new claims only',
    );
    const done = await run(larger);
    expect(done.code).toBe(0);
    expect(await pods()).toBe(before);
    const small = /Claims data-xerv-0 \(1Gi\), .* are smaller than the 2Gi of the values/;
    expect(done.stdout).toMatch(small);
    const status = await run(['status']);
    expect(status.stdout).toMatch(small);
    await runCommands(status.stdout);
    await expect
      .poll(async () => (await run(['status'])).stdout, { timeout: 30_000 })
      .not.toMatch(small);
  });

  it('is told of what members that went left, before they come back', async () => {
    const { run, kubectl } = await openWorkplace(cluster, await makeNamespace(cluster));
    expect((await run([...raft.slice(0, 4), '5', ...raft.slice(5)])).code).toBe(0);
    const fewer = await run(['upgrade', '--replicas', '3', '--yes']);
    expect(fewer.code).toBe(0);

    const plan = await run(['plan', '--reuse-values', '--replicas', '5']);
    expect(plan.stdout).toContain('data-xerv-3 1Gi is used again, with its old data');
    expect(plan.stdout).toContain('New members would start with the data of earlier ones.');
    await runCommands(plan.stdout);
    expect((await kubectl('get', 'pvc', '-o', 'name')).stdout.match(/\S+/g)).toHaveLength(3);
    const empty = await run(['plan', '--reuse-values', '--replicas', '5']);
    expect(empty.stdout).toContain('data-xerv-3 1Gi new and empty');
    expect(empty.stdout).not.toContain('New members would start');
  });
});
