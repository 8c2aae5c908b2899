import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const ctrlC = '\u0003';

describeCluster('install on a terminal', (cluster) => {
  it('wants the release typed where the API is opened or the backend changed', async () => {
    const namespace = await makeNamespace(cluster);
    const { env, directory, kubectl } = await openWorkplace(cluster, namespace);
    // Wide enough for the question to stand in one line.
    const options = { env, cwd: directory, columns: 300 };
    const open = ['install', '--set', 'ingress.enabled=true'];
    const names = async () => (await kubectl('get', 'deployment,ingress', '-o', 'name')).stdout;

    const mistyped = runInTerminal(open, options);
    await mistyped.until(/Whoever reaches the API .* type the release's name \(xerv\)/);
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
    expect(asked).not.toMatch(/^\? .*Whoever reaches the API/m);
    moved.write(ctrlC);
    expect((await moved.exit).code).toBe(130);
    expect(await names()).toContain('deployment.apps/xerv');
  });
});
