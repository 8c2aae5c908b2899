import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal, type TerminalRun } from '../support/terminal.ts';

const down = '\u001b[B';
const enter = '\r';
const ctrlC = '\u0003';
const ctrlU = '\u0015';

describeCluster('uninstall on a terminal', (cluster) => {
  it('asks what becomes of the data; keeps it unless the release is typed', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const { run, directory, kubectl } = place;
    const env = { ...place.env, XDG_STATE_HOME: join(directory, 'state') };
    const open = () => runInTerminal(['uninstall'], { env, cwd: directory });
    expect((await run(['install', '--backend', 'raft', '--replicas', '3', '--yes'])).code).toBe(0);
    const claims = async () =>
      (await kubectl('get', 'pvc', '-o', 'name')).stdout.trim().split('\n');

    const cancelled = open();
    await cancelled.until(/❯ Keep the data/);
    expect(cancelled.screen()).toContain('data-xerv-2');
    cancelled.write(ctrlC);
    expect((await cancelled.exit).code).toBe(130);
    await cancelled.until(/Nothing was changed/);

    const erased = open();
    await erased.until(/❯ Keep the data/);
    erased.write(down);
    await erased.until(/❯ Delete the data/);
    erased.write(enter);
    await erased.until(/erases data/);
    erased.write(enter);
    erased.write(`xervv${enter}`);
    await erased.until(/Type xerv to go on/);
    expect(await claims()).toHaveLength(3);
    expect((await run(['status', '-o', 'json'])).stdout).toContain('"health":"healthy"');
    erased.write(`${ctrlU}xerv${enter}`);
    await erased.until(/XERV is removed/, 60_000);
    erased.write(enter);
    expect((await erased.exit).code).toBe(0);
    expect(await claims()).toEqual(['']);
  });

  it('that was left is offered again, of the target that is named, or taken up unasked', async () => {
    const { env, directory, run } = await openWorkplace(cluster, await makeNamespace(cluster));
    const open = (...args: readonly string[]) =>
      runInTerminal(args, {
        env: { ...env, XDG_STATE_HOME: join(directory, 's') },
        cwd: directory,
      });
    expect((await run(['install', '--yes'])).code).toBe(0);
    const left = async (terminal: TerminalRun, shows: RegExp) => {
      await terminal.until(shows);
      terminal.write(ctrlC);
      expect((await terminal.exit).code).toBe(130);
    };

    // Nothing is asked of data that is not there.
    const asksForConsent = /Data {8}no claims[\s\S]*Remove release xerv\? y\/N/;

    const first = open();
    await first.until(/❯ Change or upgrade it/);
    first.write('2');
    await left(first, asksForConsent);

    const next = open('uninstall');
    await next.until(/❯ Go on .*release xerv/);
    next.write(enter);
    await left(next, asksForConsent);

    await left(open('uninstall', '--resume'), asksForConsent);
    await left(open('uninstall', '--release', 'other'), /Nothing is installed as release other/);
    await left(open('uninstall', '--fresh'), asksForConsent);

    const removed = open('uninstall');
    await removed.until(/❯ Go on .*release xerv/);
    removed.write(enter);
    await removed.until(asksForConsent);
    removed.write('y');
    await removed.until(/XERV is removed/, 60_000);
    removed.write(enter);
    expect((await removed.exit).code).toBe(0);
  });
});
