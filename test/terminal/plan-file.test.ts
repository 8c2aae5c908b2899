import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace, outcomeOf } from '../support/on-cluster.ts';

const password = 'canary-s3cret';
const url = `redis://user:${password}@redis:6379`;
const chart = fileURLToPath(new URL('../../charts/xerv', import.meta.url));
/** One pod, and no waiting for it. */
const apply = ['--yes', '--timeout', '3s', '-o', 'json'];

describeCluster('a saved plan', (cluster) => {
  const place = async () => openWorkplace(cluster, await makeNamespace(cluster));

  test('is applied exactly, once, and in the place that it was made for', async () => {
    const { run, kubectl, directory, namespace } = await place();
    await writeFile(
      join(directory, 'xerv-values.yaml'),
      'replicaCount: 1 # as small as can be\nmonitoring:\n  logging:\n    level: debug\n',
    );
    const planned = await run(['plan', '-f', 'xerv-values.yaml', '--out', 'plan.json']);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stderr).toContain('install --plan plan.json');
    const file = join(directory, 'plan.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      version: 1,
      values: { replicaCount: 1 },
      binding: { target: { namespace } },
    });

    // The namespace comes from the plan.
    const elsewhere = { env: { XERV_DEPLOY_NAMESPACE: '' } };
    const asked = await run(['install', '--plan', 'plan.json'], elsewhere);
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.stderr).toContain('needs consent');
    const done = await run(['install', '--plan', 'plan.json', ...apply], elsewhere);
    expect(outcomeOf(done)).toMatchObject({ type: 'outcome', outcome: 'done' });
    const set = await kubectl('get', 'deploy,statefulset', '-o', 'json');
    expect(set.stdout).toContain('debug');
    const written = await readFile(join(directory, 'xerv-values.yaml'), 'utf8');
    expect(written).toContain('replicaCount: 1 # as small as can be');

    const again = await run(['install', '--plan', 'plan.json', ...apply]);
    expect(again).toMatchObject({ code: 3 });
    expect(again.stderr).toMatch(/was not installed, now it is at revision 1/);
    expect(again.stderr).toMatch(/did not exist; now it does/);
    expect(again.stderr).toContain('Look at a new plan: create-xerv-deploy plan');
  });

  test('refuses where an object was changed by hand, and says by whom', async () => {
    const { run, kubectl } = await place();
    expect(outcomeOf(await run(['install', ...apply]))).toMatchObject({ outcome: 'done' });
    const plan = ['plan', '--set', 'monitoring.logging.level=debug', '--out', 'plan.json'];
    expect(await run(plan)).toMatchObject({ code: 0 });
    await kubectl('label', 'service', 'xerv', 'by=hand');
    const stale = await run(['install', '--plan', 'plan.json', ...apply]);
    expect(stale).toMatchObject({ code: 3 });
    expect(stale.stderr).toMatch(/Service\/xerv was changed since: by kubectl-label at 20/);
    expect(await run(plan)).toMatchObject({ code: 0 });
    const done = await run(['install', '--plan', 'plan.json', ...apply]);
    expect(outcomeOf(done)).toMatchObject({ outcome: 'done' });
  });

  test('refuses another namespace, release, helm, chart, cluster or revision', async () => {
    const { run, directory } = await place();
    await cp(chart, join(directory, 'chart'), { recursive: true });
    const plan = ['plan', '--chart', './chart', '--out', 'plan.json'];
    expect(await run(plan)).toMatchObject({ code: 0 });
    const install = ['install', '--plan', 'plan.json', ...apply];

    const target = await run([...install, '-n', 'elsewhere', '--release', 'other']);
    expect(target).toMatchObject({ code: 3 });
    expect(target.stderr).toMatch(/is for namespace test-\w+, this is elsewhere/);
    expect(target.stderr).toContain('is for release xerv, this is other');

    const helm = await run(install, { env: { XERV_DEPLOY_HELM: cluster.tools.helm3 } });
    expect(helm).toMatchObject({ code: 3 });
    expect(helm.stderr).toContain('The plan was made with helm 4, this is helm 3.');

    await writeFile(join(directory, 'chart/templates/more.yaml'), '# nothing\n');
    const changed = await run(install);
    expect(changed).toMatchObject({ code: 3 });
    expect(changed.stderr).toContain('./chart has changed since');

    const text = await readFile(join(directory, 'plan.json'), 'utf8');
    const saved = JSON.parse(text);
    saved.binding.target.identity = 'another-cluster';
    await writeFile(join(directory, 'plan.json'), JSON.stringify(saved));
    const other = await run(install);
    expect(other).toMatchObject({ code: 3 });
    expect(other.stderr).toMatch(
      /The plan is for the cluster that used to be at .*; another one is there now/,
    );
  });

  test('has its values: flags that give others are refused, all at once', async () => {
    const { run } = await place();
    const planned = await run(['plan', '--out', 'the plan.json']);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stderr).toContain(`create-xerv-deploy install --plan 'the plan.json'\n`);
    const given = ['--replicas', '3', '--set', 'a=b', '--preset', 'istio', '--chart', '.'];
    const both = await run(['install', '--plan', 'the plan.json', ...given, ...apply]);
    expect(both).toMatchObject({ code: 2 });
    for (const flag of ['--replicas', '--set', '--preset', '--chart'])
      expect(both.stderr).toContain(`it cannot be combined with ${flag}.`);
    const none = await run(['install', '--plan', 'nowhere.json', ...apply]);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('Cannot read nowhere.json');
  });

  test('holds no password: the URL is given again, and must be the same', async () => {
    const { run, kubectl, directory } = await place();
    const secret = { env: { XERV_DEPLOY_REDIS_URL: url } };
    const plan = ['plan', '--backend', 'redis', '--out', 'plan.json'];
    const planned = await run(plan, secret);
    expect(planned).toMatchObject({ code: 0 });
    const text = await readFile(join(directory, 'plan.json'), 'utf8');
    for (const shown of [text, planned.stdout, planned.stderr])
      expect(shown).not.toContain(password);

    const install = ['install', '--plan', 'plan.json', ...apply];
    const without = await run(install);
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toContain('environment variable XERV_DEPLOY_REDIS_URL');
    const other = await run(install, {
      env: { XERV_DEPLOY_REDIS_URL: url.replace('redis:6379', 'b') },
    });
    expect(other).toMatchObject({ code: 2 });

    const done = await run(install, secret);
    expect(outcomeOf(done)).toMatchObject({ type: 'outcome' });
    const { name, key } = JSON.parse(text).secrets[0];
    const stored = await kubectl('get', 'secret', name, '-o', `jsonpath={.data.${key}}`);
    expect(Buffer.from(stored.stdout, 'base64').toString()).toBe(url);

    await writeFile(
      join(directory, 'values.yaml'),
      `extraEnv:\n  - name: DB_PASSWORD\n    value: ${password}\n`,
    );
    const refused = await run(['plan', '-f', 'values.yaml', '--out', 'second.json']);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(
      /The values hold a secret at extraEnv.*; a plan file holds none/,
    );
    expect(refused.stderr).not.toContain(password);
  });

  test('is not saved where a check fails', async () => {
    const { run, directory } = await place();
    const wrong = ['--preset', 'production-raft', '--set', 'storage.class=gold'];
    const failed = await run(['plan', ...wrong, '--out', 'plan.json']);
    expect(failed).toMatchObject({ code: 3 });
    expect(failed.stderr).toContain('cannot be applied, so none was saved');
    await expect(stat(join(directory, 'plan.json'))).rejects.toThrow();
  });
});
