import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { equivalentOn, expectSame } from '../support/equivalent.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const enter = '\r';
const down = '\u001b[B';
const esc = '\u001b';
const ctrlU = '\u0015';
const minute = 60_000;

describeCluster('journeys of the wizard on a terminal', (cluster) => {
  async function open() {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const env = { ...place.env, XDG_STATE_HOME: join(place.directory, 'state') };
    const start = (more: Readonly<Record<string, string>> = {}, args: readonly string[] = []) =>
      runInTerminal(args, { env: { ...env, ...more }, cwd: place.directory });
    return { ...place, start };
  }

  it('changes what runs, and goes back from a change that fails', async () => {
    const place = await open();
    const before = ['install', '--backend', 'raft', '--replicas', '3', '--yes'];
    expect((await place.run(before)).code).toBe(0);

    // Nothing is different from what runs: it ends politely.
    const same = place.start();
    await same.until(/❯ Change or upgrade it +starts from release xerv, revision 1/);
    same.write(enter);
    await same.until(/❯ What runs now/);
    same.write('r');
    await same.until(/nothing would change/, minute);
    same.write(enter);
    expect((await same.exit).code).toBe(0);
    expect(same.screen()).toContain('Nothing was changed');

    const change = place.start();
    await change.until(/❯ Change or upgrade it/);
    change.write(enter);
    await change.until(/❯ What runs now/);
    change.write(enter);
    await change.until(/be added to it/);
    change.write(enter);
    await change.until(/❯ Raft \(runs now\)/);
    change.write(enter);
    await change.until(/How many replicas\?.*❯ 3 \(runs now\)/s);
    change.write(`5${enter}`);
    await change.until(/Which StorageClass/);
    change.write('r');
    await change.until(/Change it\? y\/N/, minute);
    expect(change.screen()).toMatch(/Release +xerv in namespace \S+ \(already running\)/);
    expect(change.screen()).toMatch(/Backend .*replicas: 5 \(was 3\).*changed/);
    expect(change.screen()).toMatch(/Writes +\.\/xerv-values\.yaml/);
    change.write('d');
    await change.until(/replicaCount: 3 -> 5/);
    change.write(esc);
    await change.until(/Change it\? y\/N/);
    change.write('y');
    await change.until(/XERV is running: 5 of 5 ready/, 2 * minute);
    change.write(enter);
    expect((await change.exit).code).toBe(0);
    expect(equivalentOn(change.screen())).toMatch(/^create-xerv-deploy upgrade --replicas 5 /);
    await expectSame(cluster, place, equivalentOn(change.screen()), [before]);

    const failing = place.start({ XERV_DEPLOY_IMAGE: 'ghcr.io/unpullable/xerv:1.0' });
    await failing.until(/❯ Change or upgrade it/);
    failing.write(enter);
    await failing.until(/❯ What runs now/);
    failing.write('r');
    await failing.until(/Change it\? y\/N/, minute);
    failing.write('y');
    await failing.until(/has\s+no image/, 2 * minute);
    failing.write(down.repeat(3));
    await failing.until(/❯ Go back to revision 2/);
    failing.write(enter);
    await failing.until(/Go back to revision 2\? y\/N/, minute);
    expect(failing.screen()).toMatch(/Will +change 1 object/);
    failing.write(esc);
    await failing.until(/What now\?/);
    failing.write(down.repeat(3) + enter);
    await failing.until(/Go back to revision 2\? y\/N/, minute);
    failing.write('y');
    await failing.until(/Revision 2 is\s+restored.*5 of 5 ready/s, 2 * minute);
    failing.write(enter);
    expect((await failing.exit).code).toBe(0);
    const { stdout } = await place.kubectl('get', 'statefulset', 'xerv', '-o', 'yaml');
    expect(stdout).toContain('image: ghcr.io/ml-rust/xerv:0.1.0');
  });

  it('says why an image fails, and installs with another', async () => {
    const place = await open();
    const terminal = place.start({ XERV_DEPLOY_IMAGE: 'ghcr.io/unpullable/xerv:1.0' });
    await terminal.until(/What should it start from/);
    terminal.write('4r');
    await terminal.until(/Install it\? y\/N/, minute);
    terminal.write('y');
    const failed = await terminal.until(/What now\?/, 2 * minute);
    expect(failed).toMatch(/the registry has\s+no image/);
    expect(failed).toMatch(/❯ Choose another image/);
    // Nothing ran before.
    expect(failed).not.toContain('Go back to');
    terminal.write(enter);
    await terminal.until(/Which image\?/);
    terminal.write(`${ctrlU}ghcr.io/ml-rust/xerv:0.1.0${enter}`);
    await terminal.until(/Change it\? y\/N/, minute);
    expect(terminal.screen()).toContain('(already running)');
    terminal.write('y');
    await terminal.until(/XERV is running: 1 of 1 ready/, 2 * minute);
    terminal.write(enter);
    expect((await terminal.exit).code).toBe(0);
    await expectSame(cluster, place, equivalentOn(terminal.screen()));
  });
});
