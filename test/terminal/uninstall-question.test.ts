import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const down = '\u001b[B';
const ctrlC = '\u0003';

describeCluster('uninstall on a terminal', (cluster) => {
  it('asks what becomes of the data; keeps it unless the release is typed', async () => {
    const { run, env, directory, kubectl } = await openWorkplace(
      cluster,
      await makeNamespace(cluster),
    );
    expect((await run(['install', '--backend', 'raft', '--replicas', '3', '--yes'])).code).toBe(0);
    const claims = async () =>
      (await kubectl('get', 'pvc', '-o', 'name')).stdout.trim().split('\n');

    const cancelled = runInTerminal(['uninstall'], { env, cwd: directory });
    await cancelled.until(/What becomes of the data\?/);
    expect(cancelled.screen()).toContain('❯ Keep the data');
    cancelled.write(ctrlC);
    expect((await cancelled.exit).code).toBe(130);
    expect(cancelled.screen()).toContain('Nothing was changed');

    const mistyped = runInTerminal(['uninstall'], { env, cwd: directory });
    await mistyped.until(/What becomes of the data\?/);
    mistyped.write(`${down}\r`);
    await mistyped.until(/Type the release's name/);
    mistyped.write('xervv\r');
    expect((await mistyped.exit).code).toBe(130);
    expect(mistyped.screen()).toContain('Nothing was removed');
    expect(await claims()).toHaveLength(3);
    expect((await run(['status', '-o', 'json'])).stdout).toContain('"health":"healthy"');

    const erased = runInTerminal(['uninstall'], { env, cwd: directory });
    await erased.until(/What becomes of the data\?/);
    erased.write(`${down}\r`);
    await erased.until(/Type the release's name/);
    erased.write('xerv\r');
    expect((await erased.exit).code).toBe(0);
    expect(erased.screen()).toContain('XERV is removed');
    expect(await claims()).toEqual(['']);
  });
});
