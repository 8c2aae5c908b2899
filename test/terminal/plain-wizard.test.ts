import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, makeNamespace, type SharedCluster } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal, type TerminalRun } from '../support/terminal.ts';

const ctrlC = '\u0003';
const seconds = 1000;

async function openPlainJourney(cluster: SharedCluster, env: Readonly<Record<string, string>>) {
  const place = await openWorkplace(cluster, await makeNamespace(cluster));
  return {
    ...place,
    open: (args: readonly string[] = []) =>
      runInTerminal(args, {
        env: { ...place.env, ...env, XDG_STATE_HOME: join(place.directory, 'state') },
        cwd: place.directory,
        columns: 100,
        rows: 40,
      }),
  };
}

/** Waits for each question, then types the line beside it. */
async function play(run: TerminalRun, ...script: readonly (readonly [RegExp, string])[]) {
  for (const [pattern, line] of script) {
    await run.until(pattern, 60 * seconds);
    run.write(`${line}\r`);
  }
}

describeCluster('the wizard in lines, on a terminal', (cluster) => {
  it('installs, changes and uninstalls with TERM=dumb, and writes no escape sequence', async () => {
    const { open, directory, kubectl } = await openPlainJourney(cluster, { TERM: 'dumb' });
    const claims = async () =>
      (await kubectl('get', 'pvc', '-o', 'name')).stdout.trim().split('\n').filter(Boolean);

    const install = open();
    await play(
      install,
      [/What should it start from\?.*Number \[1.*:$/s, 'production'],
      [/be added to it\?.*Number \[1, Nothing\]:$/s, ''],
      [/share their work\?.*Number \[\d, Raft\]:$/s, ''],
      [/How many replicas\?.*\[5\]:$/s, '7'],
      [/Which StorageClass.*:$/s, 'back'],
      [/\[7\]:$/, '3'],
      [/Which StorageClass.*Which StorageClass.*:$/s, 'review'],
      [/Install it\? y\/N:$/, 'y'],
    );
    expect((await install.exit).code).toBe(0);
    const told = install.screen();
    expect(install.raw()).not.toContain('\u001b');
    expect(told).toContain('Review: nothing has changed yet.');
    expect(told).toContain('2. Backend: Raft, replicas: 3');
    expect(told).toMatch(/create-xerv-deploy install --preset production-raft --replicas 3/);
    expect(told).toMatch(/xerv-2 +ready/);
    expect(await readFile(join(directory, 'xerv-values.yaml'), 'utf8')).toContain(
      'replicaCount: 3',
    );
    expect(await claims()).toHaveLength(3);

    const change = open();
    await play(
      change,
      [/What should happen\?.*Number \[1, Change or upgrade it\]:$/s, ''],
      [/What should it start from\?.*Number \[1, What runs now\]:$/s, ''],
      [/be added to it\?.*Nothing\]:$/s, ''],
      [/Raft[^\n]*\(runs now\).*Number \[\d, Raft\]:$/s, 'set monitoring.logging.level'],
      [/logging\.level.*Answer \[.*\]:$/s, '"debug"'],
      [/Enter to go back:$/, ''],
      [/Raft\]:$/, 'review'],
      [/Change it\? y\/N:$/, 'diff'],
      [/Difference.*debug.*y\/N:$/s, 'y'],
    );
    expect((await change.exit).code).toBe(0);
    expect(change.screen()).toContain('create-xerv-deploy upgrade');

    const keep = open(['uninstall']);
    await play(keep, [/Number \[1, Keep the data\]:$/, ''], [/Remove release xerv\? y\/N:$/, 'y']);
    expect((await keep.exit).code).toBe(0);
    expect(await claims()).toHaveLength(3);
    expect(keep.raw()).not.toContain('\u001b');
  });

  it('erases data only for the typed name of the release', async () => {
    const { open, run, kubectl } = await openPlainJourney(cluster, { ACCESSIBLE: '1' });
    expect((await run(['install', '--backend', 'raft', '--replicas', '3', '--yes'])).code).toBe(0);
    const erase = open(['uninstall']);
    await play(
      erase,
      [/Keep the data\]:$/, '2'],
      [/Type xerv to go on:$/, 'y'],
      [/Nothing has changed\. Type xerv.*:$/s, 'xerv'],
    );
    expect((await erase.exit).code).toBe(0);
    expect((await kubectl('get', 'pvc', '-o', 'name')).stdout.trim()).toBe('');
    expect(erase.raw()).not.toContain('\u001b');
  });

  it('tells why an image fails, and tries again with another', async () => {
    const { open } = await openPlainJourney(cluster, {});
    const install = open(['--plain', '--image', 'registry.example/unpullable/xerv:0.1.9']);
    await play(
      install,
      [/What should it start from\?.*:$/s, '4'],
      [/be added to it\?.*:$/s, 'review'],
      [/Install it\? y\/N:$/, 'y'],
      [/image.*What now\?.*Number:$/s, '1'],
      [/Which image\?.*:$/s, 'ghcr.io/ml-rust/xerv'],
      [/Which image\?.*(Install|Change) it\? y\/N:$/s, 'y'],
    );
    expect((await install.exit).code).toBe(0);
    expect(install.screen()).toContain('Choose another image');
  });

  it('leaves with Ctrl+C, and goes on where it was left', async () => {
    const { open } = await openPlainJourney(cluster, {});
    const left = open(['--plain']);
    await play(left, [/What should it start from\?.*:$/s, '2']);
    await left.until(/be added to it\?.*:$/s);
    left.write(ctrlC);
    expect((await left.exit).code).toBe(130);
    expect(left.screen()).toContain('Cancelled. Nothing was changed.');
    const again = open(['--plain']);
    await play(again, [/Go on where you left off\?.*:$/s, ''], [/be added to it\?.*:$/s, 'quit']);
    expect((await again.exit).code).toBe(130);
  });
});
