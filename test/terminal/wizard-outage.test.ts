import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { openRoad, type RoadOptions } from '../support/outage.ts';
import { runInTerminal, type TerminalRun } from '../support/terminal.ts';

const [enter, ctrlC, ctrlR] = ['\r', '\u0003', '\u0012'];
const down = /cannot be\s+reached/;

/** From a question straight to the review, and on to running pods. */
async function installFromHere(terminal: TerminalRun): Promise<void> {
  terminal.write('r');
  await terminal.until(/create \d+ objects/, 60_000);
  terminal.write('y');
  await terminal.until(/XERV is running/, 90_000);
  terminal.write(enter);
  expect((await terminal.exit).code).toBe(0);
}

describeCluster('a wizard that cannot reach its cluster', (cluster) => {
  async function open(args: readonly string[] = [], options: RoadOptions = {}, rows = 24) {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const road = await openRoad(cluster.kubeconfigs.admin, options);
    const env = {
      ...place.env,
      KUBECONFIG: road.kubeconfig,
      XDG_STATE_HOME: join(place.directory, 'state'),
    };
    const start = () => runInTerminal(args, { env, cwd: place.directory, rows });
    return { ...place, ...road, start };
  }

  it('goes on with it by itself when it is there again, and moves nothing meanwhile', async () => {
    const place = await open();
    const terminal = place.start();
    await terminal.until(down);
    await terminal.until(/retried now and then/);
    // Evaluation, which is not what is preselected.
    terminal.write('\u001b[B\u001b[B\u001b[B');
    await terminal.until(/❯ Evaluation/);
    await place.mend();
    await terminal.until(/Kubernetes 1/, 60_000);
    expect(terminal.visible()).toMatch(/❯ Evaluation/);
    expect(terminal.visible()).not.toMatch(down);
    terminal.write(enter);
    await terminal.until(/Should anything be added/);
    await installFromHere(terminal);
  });

  it('looks again at once on request', async () => {
    const place = await open();
    const terminal = place.start();
    await terminal.until(/\^R look again/);
    terminal.write(ctrlR);
    await terminal.until(down);
    await place.mend();
    terminal.write(ctrlR);
    await terminal.until(/Kubernetes 1/);
    expect(terminal.visible()).not.toMatch(/look again/);
    terminal.write(ctrlC);
    expect((await terminal.exit).code).toBe(130);
  });

  it('offers in the review to look again, and changes no question under the fingers', async () => {
    const place = await open();
    const terminal = place.start();
    await terminal.until(/Kubernetes|no cluster/);
    terminal.write('4r');
    await terminal.until(/Write the values file\?/);
    await terminal.until(/r look again/);
    await terminal.until(down);
    await place.mend();
    await terminal.until(/the cluster answers now/, 60_000);
    expect(terminal.visible()).toMatch(/Write the values file\?/);
    terminal.write('r');
    await terminal.until(/Install it\? y\/N/, 60_000);
    expect(terminal.visible()).toMatch(/create \d+ objects/);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('asks what is to become of a release that is found when it answers', async () => {
    const place = await open();
    const installed = await place.run(['install', '--preset', 'evaluation', '--yes'], {
      env: { KUBECONFIG: cluster.kubeconfigs.admin },
    });
    expect(installed.code).toBe(0);
    const terminal = place.start();
    await terminal.until(down);
    await place.mend();
    await terminal.until(/Kubernetes 1/, 60_000);
    expect(terminal.visible()).toMatch(/What should it start from/);
    terminal.write(enter);
    await terminal.until(/A release already exists here/);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('calls a login program once while the cluster is away', async () => {
    const place = await open([], { login: ':' });
    const terminal = place.start();
    await terminal.until(down);
    const before = await place.logins();
    // The first two pauses.
    await pause(8_000);
    expect(await place.logins()).toEqual(before);
    await place.mend();
    await terminal.until(/Kubernetes 1/, 60_000);
    expect(await place.logins()).toEqual(before);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('calls a login program that failed again only on request', async () => {
    const place = await open([], { login: 'echo "the session has expired" >&2; exit 1' });
    await place.mend();
    const terminal = place.start();
    await terminal.until(/gives no credentials/);
    const before = (await place.logins()).length;
    await pause(6_000);
    expect((await place.logins()).length).toBe(before);
    expect(terminal.visible()).not.toMatch(/now and then/);
    terminal.write(ctrlR);
    await expect.poll(async () => (await place.logins()).length).toBeGreaterThan(before);
    await terminal.until(/gives no credentials/);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('shows what a login program asks for, until somebody has logged in', async () => {
    const loggedIn = join(tmpdir(), `xerv-logged-in-${randomBytes(4).toString('hex')}`);
    onTestFinished(() => rm(loggedIn, { force: true }));
    const login = [
      'echo "Open this page:" >&2; echo >&2; echo "https://login.example/device" >&2',
      'echo "and enter the code ABCD-EFGH" >&2',
      `until [ -e ${loggedIn} ]; do sleep 0.1; done`,
    ].join('; ');
    const place = await open([], { login });
    await place.mend();
    const terminal = place.start();
    await terminal.until(/Open this page:[^✗]*login\.example[^✗]*ABCD-EFGH/);
    await writeFile(loggedIn, '');
    await terminal.until(/Kubernetes 1/);
    expect(terminal.visible()).not.toMatch(/ABCD-EFGH/);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('says as lines that it looks again, and does so for a word', async () => {
    const place = await open(['--plain']);
    const terminal = place.start();
    await terminal.until(down);
    await terminal.until(/It is retried now and then; look retries at once/);
    terminal.write(`look${enter}`);
    await terminal.until(/(cannot be reached[\s\S]*){2}/);
    await place.mend();
    terminal.write(`look${enter}`);
    await terminal.until(/namespace .*, Kubernetes 1/);
    terminal.write(`quit${enter}`);
    expect((await terminal.exit).code).toBe(130);
  });

  it('makes the ledger of an uninstall when the cluster is there again', async () => {
    const place = await open(['uninstall']);
    const terminal = place.start();
    await terminal.until(down);
    await place.mend();
    await terminal.until(/no release|Kubernetes 1/, 60_000);
    expect(terminal.visible()).not.toMatch(down);
    terminal.write(ctrlC);
    await terminal.exit;
  });
});

describeCluster('a wizard whose cluster stops answering', (cluster) => {
  async function open(args: readonly string[] = [], options: RoadOptions = {}, rows = 24) {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const road = await openRoad(cluster.kubeconfigs.admin, options);
    await road.mend();
    const env = {
      ...place.env,
      KUBECONFIG: road.kubeconfig,
      XDG_STATE_HOME: join(place.directory, 'state'),
    };
    const start = () => runInTerminal(args, { env, cwd: place.directory, rows });
    return { ...place, ...road, start };
  }
  const since = /no answer since \d\d:\d\d/;

  it('says so and since when, goes on with it by itself, and calls no login program', async () => {
    const place = await open([], { login: ':' });
    const terminal = place.start();
    await terminal.until(/Kubernetes 1/);
    terminal.write(`4${enter}`);
    await terminal.until(/How should the replicas share/);
    await terminal.until(/checks? pass/);
    const before = await place.logins();
    await place.cut();
    terminal.write('\u001b[B');
    await terminal.until(since);
    await terminal.until(/has not answered since/);
    await terminal.until(/before \d\d:\d\d/);
    await place.mend();
    await terminal.until(/Kubernetes 1/, 60_000);
    await terminal.until(/XV-210/);
    expect(terminal.visible()).not.toMatch(/answered since|before \d\d:\d\d/);
    expect(await place.logins()).toEqual(before);
    await installFromHere(terminal);
  });

  it('says that a login is over, and calls its program anew only on request', async () => {
    const over = join(tmpdir(), `xerv-login-over-${randomBytes(4).toString('hex')}`);
    onTestFinished(() => rm(over, { force: true }));
    const login = `if [ -e ${over} ]; then echo "the session has expired" >&2; exit 1; fi`;
    const place = await open([], { login, lasts: 6 });
    const terminal = place.start();
    await terminal.until(/Kubernetes 1/);
    terminal.write(`4${enter}`);
    await terminal.until(/How should the replicas share/);
    await writeFile(over, '');
    await pause(7_000);
    terminal.write('\u001b[B');
    await terminal.until(since);
    await terminal.until(/gives no\s+credentials/);
    await terminal.until(/Log in again/);
    const before = (await place.logins()).length;
    await pause(5_000);
    expect((await place.logins()).length).toBe(before);
    await rm(over);
    terminal.write(ctrlR);
    await terminal.until(/Kubernetes 1/);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('makes the plan once it answers again', async () => {
    const place = await open();
    const terminal = place.start();
    await terminal.until(/Kubernetes 1/);
    await terminal.until(/What should it start from/);
    await place.cut();
    terminal.write('4');
    await terminal.until(/Should anything be added/);
    terminal.write('r');
    await terminal.until(/stands in the way/);
    await terminal.until(/retried now and then/);
    await place.mend();
    await terminal.until(/Install it\? y\/N/, 60_000);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('begins nothing where it does not answer at the consent', async () => {
    const place = await open();
    const terminal = place.start();
    await terminal.until(/Kubernetes 1/);
    terminal.write('4');
    await terminal.until(/Should anything be added/);
    terminal.write('r');
    await terminal.until(/Install it\? y\/N/, 60_000);
    await place.cut();
    terminal.write('y');
    await terminal.until(/was not started/);
    expect(terminal.visible()).toMatch(/Nothing was changed, neither on disk nor in\s+the cluster/);
    expect(terminal.visible()).toMatch(down);
    expect(await readdir(place.directory)).not.toContain('xerv-values.yaml');
    terminal.write(enter);
    await terminal.until(/stands in the way/);
    await place.mend();
    await terminal.until(/Install it\? y\/N/, 60_000);
    terminal.write(ctrlC);
    await terminal.exit;
  });

  it('says it as lines', async () => {
    const place = await open(['--plain']);
    const terminal = place.start();
    await terminal.until(/What should it start from/);
    await place.cut();
    terminal.write(`4${enter}${enter}`);
    await terminal.until(/has not answered since/);
    await terminal.until(/retried now and then; look retries at once/);
    await place.mend();
    terminal.write(`look${enter}`);
    await terminal.until(/Kubernetes 1[\s\S]*Kubernetes 1/);
    terminal.write(`quit${enter}`);
    await terminal.exit;
  });
});
