import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeCluster, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { openWorkplace } from '../support/on-cluster.ts';
import { bundledChart, plainHelm } from '../support/plain-helm.ts';
import type { CommandResult } from '../support/run-command.ts';

const first = 'hunter2-canary';
const second = 'hunter3-canary';
const canary = 'canary';
const withPassword = (password: string) => `redis://:${password}@redis.example:6379`;
const asValues = (password: string) =>
  `dispatch:\n  backend: redis\n  redis:\n    url: ${withPassword(password)}\n`;

interface Secrets {
  readonly items: {
    readonly metadata: { readonly name: string };
    readonly type: string;
    readonly data?: Readonly<Record<string, string>>;
  }[];
}

describeCluster('a password in the connection URL', (cluster) => {
  async function open() {
    const namespace = await makeNamespace(cluster);
    const place = await openWorkplace(cluster, namespace);
    /** Everything but the Secrets that could hold it, the program's output aside. */
    const leaks = async () => {
      const names = await readdir(place.directory);
      const files = names.filter((name) => name.startsWith('xerv-values.yaml'));
      const [texts, values, manifest] = await Promise.all([
        Promise.all(files.map((name) => readFile(join(place.directory, name), 'utf8'))),
        plainHelm(cluster, { namespace }, ['get', 'values', 'xerv']),
        plainHelm(cluster, { namespace }, ['get', 'manifest', 'xerv']),
      ]);
      expect(files).not.toEqual([]);
      expect(manifest.stdout).toContain('kind: Deployment');
      return [...texts, values.stdout, manifest.stdout].join('\n');
    };
    /** Name and decoded content of the Secrets, those of helm aside. */
    const secrets = async () => {
      const { items } = await kubectlJson<Secrets>(cluster, ['get', 'secret', '-n', namespace]);
      return items
        .filter(({ type }) => !type.startsWith('helm.sh/'))
        .map(({ metadata: { name }, data }) => ({
          name,
          url: Buffer.from(data?.url ?? '', 'base64').toString(),
        }));
    };
    const template = async () =>
      (await place.kubectl('get', 'deployment', 'xerv', '-o', 'jsonpath={.spec.template}')).stdout;
    return { ...place, leaks, secrets, template };
  }

  function expectQuiet(result: CommandResult, code: number): void {
    expect(result.stdout + result.stderr).not.toContain(canary);
    expect(result.code).toBe(code);
  }

  it('that render cannot leave out is pointed at, and not repeated', async () => {
    const { run } = await open();
    const input = `extraEnv:\n  - name: STORE\n    value: ${withPassword(first)}\n`;
    const { code, stdout, stderr } = await run(['render', '-f', '-'], { input });
    expect(code).toBe(0);
    expect(stdout).toContain(first);
    expect(stderr).toContain('there is a password at extraEnv[0].value, and it is rendered');
    expect(stderr).not.toContain(canary);
  });

  it('stands in our Secret only, whatever way it came and however it went', async () => {
    const { run, leaks, secrets, template, directory, kubectl } = await open();
    const env = { XERV_DEPLOY_REDIS_URL: withPassword(first) };

    expectQuiet(await run(['install', '--backend', 'redis', '--yes'], { env }), 0);
    expect(await leaks()).not.toContain(canary);
    const made = await secrets();
    expect(made).toEqual([
      { name: expect.stringMatching(/^xerv-redis-/), url: withPassword(first) },
    ]);
    expect(await template()).toContain(made[0]?.name);
    expectQuiet(await run(['status']), 0);
    expectQuiet(await run(['status', '-o', 'json']), 0);

    // The same password again, by a file: nothing new is made.
    await writeFile(join(directory, 'mine.yaml'), asValues(first));
    expectQuiet(await run(['upgrade', '-f', 'mine.yaml', '--yes', '-o', 'json']), 0);
    expect(await leaks()).not.toContain(canary);
    expect(await secrets()).toEqual(made);

    // Another one, by standard input: another name, so that the pods roll.
    expectQuiet(await run(['upgrade', '-f', '-', '--yes'], { input: asValues(second) }), 0);
    expect(await leaks()).not.toContain(canary);
    const now = (await secrets()).find(({ url }) => url === withPassword(second));
    expect(now?.name).not.toBe(made[0]?.name);
    expect(await template()).toContain(now?.name);
    expect(await template()).not.toContain(made[0]?.name);

    // A broken file that holds it, and one that does not fit.
    await writeFile(join(directory, 'broken.yaml'), `${asValues(first)}  nats: [${first}\n`);
    expectQuiet(await run(['upgrade', '-f', 'broken.yaml', '--yes']), 2);
    await writeFile(join(directory, 'unfit.yaml'), `${asValues(first)}    poolSize: ${first}\n`);
    const unfit = await run(['upgrade', '-f', 'unfit.yaml', '--yes']);
    expect(unfit.code).toBe(2);
    expect(unfit.stderr).not.toContain(withPassword(first));

    expectQuiet(await run(['uninstall', '--keep-data', '--yes']), 0);
    expect((await kubectl('get', 'secret', '-o', 'name')).stdout).toBe('');
  });

  it('is not told by an install that fails', async () => {
    const { run, leaks, secrets } = await open();
    const args = ['--backend', 'redis', '--image', 'ghcr.io/unpullable/x:1', '--yes'];
    const failed = await run(['install', ...args, '--timeout', '60s'], {
      env: { XERV_DEPLOY_REDIS_URL: withPassword(first) },
    });
    expectQuiet(failed, 4);
    expect(failed.stderr + failed.stdout).toContain('ghcr.io/unpullable/x:1');
    expect(await leaks()).not.toContain(canary);
    expectQuiet(await run(['uninstall', '--keep-data', '--yes']), 0);
    expect(await secrets()).toEqual([]);
  });

  it('is refused in arguments, which every user of the machine can read', async () => {
    const { run } = await open();
    for (const args of [
      ['--redis-url', withPassword(first)],
      ['--set', `dispatch.redis.url=${withPassword(first)}`],
      ['--set-json', `dispatch={"redis":{"url":"${withPassword(first)}"}}`],
    ]) {
      const refused = await run(['install', '--backend', 'redis', '--yes', ...args]);
      expectQuiet(refused, 2);
      expect(refused.stderr).toContain(args[0]);
    }
  });

  it('in a Secret that the user named is left alone', async () => {
    const { run, kubectl, secrets } = await open();
    const url = withPassword(first);
    await kubectl('create', 'secret', 'generic', 'mine', `--from-literal=url=${url}`);
    const installed = await run([
      ...['install', '--backend', 'redis', '--redis-secret', 'mine/url', '--yes'],
    ]);
    expectQuiet(installed, 0);
    expect(await secrets()).toEqual([{ name: 'mine', url }]);
    expectQuiet(await run(['uninstall', '--keep-data', '--yes']), 0);
    expect(await secrets()).toEqual([{ name: 'mine', url }]);
  });

  it('in live values is moved to a Secret, and it is told who still has it', async () => {
    const { run, namespace, leaks, secrets } = await open();
    await plainHelm(cluster, { namespace }, [
      ...['install', 'xerv', bundledChart, '--set', 'dispatch.backend=redis'],
      ...['--set', `dispatch.redis.url=${withPassword(first)}`],
    ]);
    const upgraded = await run(['upgrade', '--yes']);
    expectQuiet(upgraded, 0);
    expect(upgraded.stdout + upgraded.stderr).toContain("helm's older revisions still hold it");
    expect(await leaks()).not.toContain(canary);
    expect(await secrets()).toEqual([
      { name: expect.stringMatching(/^xerv-redis-/), url: withPassword(first) },
    ]);
  });
});
