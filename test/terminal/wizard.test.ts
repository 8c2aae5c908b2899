import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { equivalentOn, expectSame } from '../support/equivalent.ts';
import { type HelmName, openWorkplace } from '../support/on-cluster.ts';
import { runInTerminal } from '../support/terminal.ts';

const enter = '\r';
const ctrlC = '\u0003';

/** The README's installations: the number of each preset in the list, and what stands beside it. */
const installations = [
  { preset: 'evaluation', key: '4', env: {}, pods: 1 },
  {
    preset: 'nats',
    key: '3',
    env: { XERV_DEPLOY_NATS_URL: 'nats://nats.example:4222' },
    pods: 3,
  },
  { preset: 'production-raft', key: '1', env: {}, pods: 5 },
  {
    preset: 'redis',
    key: '2',
    env: { XERV_DEPLOY_REDIS_URL: 'redis://redis.example:6379' },
    pods: 10,
  },
] as const;

describeCluster('the wizard on a terminal', (cluster) => {
  async function open(helm: HelmName = 'helm4', more: Readonly<Record<string, string>> = {}) {
    const place = await openWorkplace(cluster, await makeNamespace(cluster), { helm });
    const env = { ...place.env, XDG_STATE_HOME: join(place.directory, 'state'), ...more };
    return { ...place, env, start: () => runInTerminal([], { env, cwd: place.directory }) };
  }

  it.each(
    installations.flatMap((one) => (['helm3', 'helm4'] as const).map((helm) => ({ ...one, helm }))),
  )('installs $preset by three keys ($helm)', async ({ key, env, pods, helm }) => {
    const place = await open(helm, env);
    const terminal = place.start();
    await terminal.until(/What should it start from/);
    terminal.write(key);
    await terminal.until(/Should anything be added/);
    terminal.write('r');
    await terminal.until(/nothing has changed yet/, 60_000);
    terminal.write('y');
    await terminal.until(new RegExp(`${pods} of ${pods} ready`), 90_000);
    await terminal.until(/XERV is running/, 60_000);
    terminal.write(enter);
    expect((await terminal.exit).code).toBe(0);
    expect(terminal.screen()).toContain('XERV is running');
    // What helm is given does not depend on which helm it is.
    if (helm === 'helm4') await expectSame(cluster, place, equivalentOn(terminal.screen()));
  });

  it('takes keys that were typed before it was there', async () => {
    const terminal = (await open()).start();
    terminal.write('4r');
    await terminal.until(/nothing has changed yet/, 60_000);
    expect(terminal.screen()).toContain('install --preset evaluation');
    terminal.write(ctrlC);
    expect((await terminal.exit).code).toBe(130);
  });

  it('goes back and changes, and offers what was left to the next one', async () => {
    const { start } = await open();
    const first = start();
    await first.until(/What should it start from/);
    first.write('1');
    await first.until(/Should anything be added/);
    first.write('\u001b[Z');
    await first.until(/What should it start from/);
    first.write('4r');
    await first.until(/nothing has changed yet/, 60_000);
    expect(first.screen()).toContain('install --preset evaluation');
    first.write(ctrlC);
    expect((await first.exit).code).toBe(130);

    const next = start();
    await next.until(/Go on where you left off/);
    next.write(enter);
    next.write('r');
    await next.until(/install --preset evaluation/, 60_000);
    next.write(ctrlC);
    expect((await next.exit).code).toBe(130);
  });

  it('without a kubeconfig it ends with the values file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'xerv-offline-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const env = {
      XDG_STATE_HOME: join(directory, 'state'),
      KUBECONFIG: join(directory, 'missing'),
      XERV_DEPLOY_HELM: cluster.tools.helm4,
    };
    const terminal = runInTerminal([], { env, cwd: directory });
    await terminal.until(/What should it start from/);
    terminal.write('1r');
    await terminal.until(/nothing has changed yet/, 60_000);
    terminal.write('y');
    await terminal.until(/No cluster was asked or changed/);
    terminal.write(enter);
    expect((await terminal.exit).code).toBe(0);
    expect(await readFile(join(directory, 'xerv-values.yaml'), 'utf8')).toContain('raft');
  });
});
