import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace, outcomeOf } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const ctrlC = '\u0003';

describeCluster('a change that deletes data', (cluster) => {
  it('is not done with --yes alone', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl, env, directory } = await openWorkplace(cluster, namespace);
    await run(['install', '--backend', 'raft', '--replicas', '5', '--yes']);
    const claims = async () => (await kubectl('get', 'pvc', '-o', 'name')).stdout.match(/\S+/g);
    expect(await claims()).toHaveLength(5);
    const policy = ['--set', 'storage.retentionPolicy.whenScaled=Delete'];
    const fewer = ['install', '--backend', 'raft', '--replicas', '3', ...policy, '--yes'];

    const refused = await run(fewer);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('this upgrade needs the name of the release as consent');
    expect(refused.stderr).toContain('This deletes data.');
    expect(refused.stderr).toContain('--confirm=xerv');
    const misnamed = await run([...fewer, '--confirm=other']);
    expect(misnamed.code).toBe(2);
    expect(misnamed.stderr).toContain('--confirm=other does not name the release, which is xerv');
    const asked = runInTerminal(fewer, { env, cwd: directory, columns: 300 });
    await asked.until(/This deletes data.* type the release's name \(xerv\)/);
    asked.write(ctrlC);
    expect((await asked.exit).code).toBe(130);
    expect(await claims()).toHaveLength(5);

    expect(await run([...fewer, '--confirm=xerv'])).toMatchObject({ code: 0 });
    await expect.poll(claims, { timeout: 15_000 }).toHaveLength(3);
  });
});

describeCluster('install on a terminal', (cluster) => {
  it('wants the release typed where the API is opened or the backend changed', async () => {
    const namespace = await makeNamespace(cluster);
    const { env, directory, kubectl } = await openWorkplace(cluster, namespace);
    // Wide enough for the question to stand in one line.
    const options = { env, cwd: directory, columns: 300 };
    const open = ['install', '--set', 'ingress.enabled=true'];
    const names = async () => (await kubectl('get', 'deployment,ingress', '-o', 'name')).stdout;

    const mistyped = runInTerminal(open, options);
    await mistyped.until(/Anyone outside the cluster .* type the release's name \(xerv\)/);
    mistyped.write('yes\r');
    expect((await mistyped.exit).code).toBe(130);
    expect(mistyped.screen()).toContain('Nothing was changed');
    expect(await names()).toBe('');

    const typed = runInTerminal(open, options);
    await typed.until(/type the release's name \(xerv\)/);
    typed.write('xerv\r');
    expect((await typed.exit).code).toBe(0);
    expect(await names()).toContain('ingress.networking.k8s.io/xerv');

    const closed = ['--set', 'ingress.enabled=false', '--backend', 'raft', '--replicas', '3'];
    const moved = runInTerminal(['upgrade', ...closed], options);
    const asked = await moved.until(/The backend changes .* type the release's name \(xerv\)/);
    expect(asked).not.toMatch(/^\? .*Anyone outside the cluster who reaches the API/m);
    moved.write(ctrlC);
    expect((await moved.exit).code).toBe(130);
    expect(await names()).toContain('deployment.apps/xerv');
  });
});

describeCluster('install without a terminal', (cluster) => {
  it('wants the release named where the API is opened or the backend changed', async () => {
    const namespace = await makeNamespace(cluster);
    const { run, kubectl } = await openWorkplace(cluster, namespace);
    const ingresses = async () => (await kubectl('get', 'ingress', '-o', 'name')).stdout.trim();
    const open = ['install', '--set', 'ingress.enabled=true'];

    const refused = await run([...open, '--yes']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'this install needs the name of the release as consent; --yes is not enough.',
    );
    expect(refused.stderr).toContain('Anyone outside the cluster who reaches the API');
    expect(refused.stderr).toContain('then add --confirm=xerv.');
    expect(await ingresses()).toBe('');
    expect(await run([...open, '--confirm=xerv'])).toMatchObject({ code: 0 });
    expect(await ingresses()).toBe('ingress.networking.k8s.io/xerv');

    // What is open already is consented to; a host more is another way in.
    expect(await run(['upgrade', '--log-level', 'warn', '--yes'])).toMatchObject({ code: 0 });
    expect(await run(['upgrade', '--ingress-host', 'xerv.example.com', '--yes'])).toMatchObject({
      code: 2,
    });

    const moved = ['upgrade', '--expose', 'none', '--backend', 'raft', '--replicas', '3'];
    expect((await run([...moved, '--dry-run'])).stdout).toMatch(
      /Without a terminal this requires --confirm=xerv: The backend changes/,
    );
    const json = await run([...moved, '--yes', '-o', 'json']);
    expect(json.code).toBe(2);
    expect(outcomeOf(json)).toMatchObject({
      type: 'outcome',
      outcome: 'failed',
      problems: [{ why: expect.stringContaining('The backend changes'), where: '--confirm' }],
    });
    expect(await run([...moved, '--yes', '--confirm=xerv'])).toMatchObject({ code: 0 });
  });
});
