import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandOf } from '../../src/wizard/command.ts';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { expectSame } from '../support/equivalent.ts';
import { openWizard, type WizardRun } from '../support/headless-wizard.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { helms, setReleaseStatus } from '../support/release.ts';

describeCluster('the wizard without its screen', (cluster) => {
  const kept = async (directory: string) =>
    readdir(join(directory, 'state', 'create-xerv-deploy')).catch(() => []);

  /** From the first question to the review of a preset. */
  async function reviewPreset(wizard: WizardRun, preset: string) {
    await wizard.until(({ world }) => world.presets.length > 0);
    wizard.choose(`preset:${preset}`);
    wizard.press('r');
    return wizard.phase('review');
  }

  test.each(helms)('a preset by three keys, to ready pods (%s)', async (helm) => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster), { helm });
    const wizard = await openWizard(place);
    await wizard.until(({ world }) => world.presets.length > 0);
    const options = wizard.state().derived.options.map(({ value }) => value);
    wizard.press(String(options.indexOf('preset:evaluation') + 1), 'r');
    const { reviewed } = await wizard.phase('review');
    expect(reviewed.changesNothing).toBe(false);
    expect(reviewed.typed).toBeUndefined();
    expect((await place.kubectl('get', 'deployments', '-o', 'name')).stdout).toBe('');
    wizard.press('y');
    const { outcome } = await wizard.phase('ended');
    expect(outcome).toMatchObject({ outcome: 'done', message: 'XERV is running: 1 of 1 ready' });
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
    expect(await kept(place.directory)).toEqual([]);
    const file = await readFile(join(place.directory, 'xerv-values.yaml'), 'utf8');
    expect(file).toContain(`namespace: ${place.namespace}`);
  });

  test('what it did is one command, which does the same in another namespace', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const wizard = await openWizard({
      ...place,
      args: ['--replicas', '3', '--set', 'image.tag=0.1.1'],
    });
    await reviewPreset(wizard, 'production-raft');
    const { phase } = wizard.state();
    if (phase.name !== 'review') throw new Error(phase.name);
    const { text } = commandOf(phase.request, wizard.state());
    wizard.press('y');
    await wizard.phase('ended', 120_000);
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);

    await expectSame(cluster, place, text);
  });

  test('changes what runs: live values first, a change shown, no change politely left', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    expect((await place.run(['install', '--preset', 'evaluation', '--yes'])).code).toBe(0);
    const wizard = await openWizard(place);
    await wizard.until(({ focus }) => focus.step === 'intent');
    wizard.choose('change');
    wizard.choose('live');
    wizard.press('r');
    expect((await wizard.phase('review')).reviewed).toMatchObject({ changesNothing: true });
    wizard.press('escape');
    await wizard.until(({ phase }) => phase.name === 'asking');
    wizard.press('a');
    wizard.press('image.tag', 'enter', 'ctrl-u', '0.1.1', 'enter', 'escape');
    await wizard.until(({ draft }) => draft.edits['image.tag'] !== undefined);
    wizard.press('escape', 'r');
    const { reviewed } = await wizard.phase('review');
    expect(reviewed.changesNothing).toBe(false);
    expect(reviewed.plan?.action).toBe('upgrade');
    expect(reviewed.diff.join('\n')).toContain('image');
    wizard.press('y');
    expect((await wizard.phase('ended')).outcome.outcome).toBe('done');
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
  });

  test('a release that failed is applied once more, also where nothing else would change', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    expect((await place.run(['install', '--preset', 'evaluation', '--yes'])).code).toBe(0);
    await setReleaseStatus(cluster, place.namespace, 'failed');
    const wizard = await openWizard(place);
    await wizard.until(({ focus }) => focus.step === 'intent');
    wizard.choose('change');
    wizard.choose('live');
    wizard.press('r');
    expect((await wizard.phase('review')).reviewed.changesNothing).toBe(false);
    wizard.press('y');
    expect((await wizard.phase('ended')).outcome.outcome).toBe('done');
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
    const status = JSON.parse((await place.run(['status', '-o', 'json'])).stdout);
    expect(status).toMatchObject({ release: { revision: 2, status: 'deployed' } });
  });

  test('a failing image is mended in the wizard, and tried again', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const wizard = await openWizard({ ...place, args: ['--image', 'ghcr.io/unpullable/xerv:1.0'] });
    await reviewPreset(wizard, 'evaluation');
    wizard.press('y');
    const failed = await wizard.phase('ended', 120_000);
    expect(failed.outcome.outcome).toBe('failed');
    expect(failed.outcome.diagnoses.map(({ cause }) => cause)).toEqual(['image-pull']);
    wizard.press('enter');
    await wizard.until(({ focus, phase }) => phase.name === 'asking' && focus.step === 'image');
    wizard.press('ctrl-u', 'ghcr.io/ml-rust/xerv:0.1.0', 'enter');
    await wizard.phase('review');
    wizard.press('y');
    expect((await wizard.phase('ended', 120_000)).outcome.outcome).toBe('done');
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
  });

  test('without a cluster it ends with the values file and the commands', async () => {
    const place = await openWorkplace(cluster, 'team');
    const env = { ...place.env, KUBECONFIG: join(place.directory, 'missing') };
    const wizard = await openWizard({ ...place, env });
    const { reviewed } = await reviewPreset(wizard, 'production-raft');
    expect(reviewed.plan).toBeUndefined();
    expect(reviewed.manifest).toContain('kind: StatefulSet');
    wizard.press('y');
    const { outcome } = await wizard.phase('ended');
    expect(outcome.state).toBe('No cluster was asked or changed.');
    expect(outcome.next.join('\n')).toContain('There is no kubeconfig');
    expect(outcome.next.join('\n')).toMatch(/create-xerv-deploy install -f \S+ -n team/);
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
    const file = await readFile(join(place.directory, 'xerv-values.yaml'), 'utf8');
    expect(file).toContain('backend: raft');
  });

  test('what was answered is kept, and gone on with', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const first = await openWizard(place);
    await first.until(({ world }) => world.presets.length > 0);
    first.choose('preset:production-raft');
    first.press('ctrl-c');
    expect(await first.exit).toBe(130);
    expect(await kept(place.directory)).toHaveLength(1);

    const fresh = await openWizard({ ...place, args: ['--fresh'] });
    expect(fresh.state().draft.presets).toEqual([]);
    fresh.press('ctrl-c');
    expect(await fresh.exit).toBe(130);

    const second = await openWizard(place);
    expect(second.state().focus.step).toBe('resume');
    second.choose('resume');
    expect(second.state().draft.presets).toEqual(['production-raft']);
    second.press('r');
    await second.phase('review');
    second.press('ctrl-c');
    expect(await second.exit).toBe(130);

    const third = await openWizard({ ...place, args: ['--resume'] });
    expect(third.state().draft.presets).toEqual(['production-raft']);
    third.signal();
    expect(await third.exit).toBe(130);
    expect(third.said()).not.toContain('no session to resume');

    const nowhere = await openWizard({
      ...place,
      env: { ...place.env, XDG_STATE_HOME: join(place.directory, 'empty-state') },
      args: ['--resume'],
    });
    expect(nowhere.said()).toContain('There is no session to resume here: starting over.');
    nowhere.press('ctrl-c');
    expect(await nowhere.exit).toBe(130);
  });

  test('a password that was given by its variable is nowhere but in its Secret', async () => {
    const place = await openWorkplace(cluster, await makeNamespace(cluster));
    const url = 'redis://:canary-s3cret@redis.example:6379';
    const wizard = await openWizard({
      ...place,
      env: { ...place.env, XERV_DEPLOY_REDIS_URL: url },
    });
    const { reviewed, request } = await reviewPreset(wizard, 'redis');
    const seen = JSON.stringify({ reviewed, request, state: wizard.state().draft });
    expect(seen).not.toContain('canary');
    wizard.press('y');
    const { outcome } = await wizard.phase('ended', 120_000);
    expect(outcome.outcome).toBe('done');
    expect(outcome.next.join('\n')).toContain('XERV_DEPLOY_REDIS_URL=…');
    const secrets = await place.kubectl('get', 'secrets', '-o', 'jsonpath={.items[*].data.url}');
    expect(Buffer.from(secrets.stdout.trim(), 'base64').toString()).toBe(url);
    const file = await readFile(join(place.directory, 'xerv-values.yaml'), 'utf8');
    expect(file + JSON.stringify(outcome)).not.toContain('canary');
    wizard.press('enter');
    expect(await wizard.exit).toBe(0);
  });
});
