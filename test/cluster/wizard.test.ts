import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWizard } from '../support/headless-wizard.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { helms } from '../support/release.ts';

describeCluster('the wizard without its screen', (cluster) => {
  const kept = async (directory: string) =>
    readdir(join(directory, 'state', 'create-xerv-deploy')).catch(() => []);

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
});
