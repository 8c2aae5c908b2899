import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCluster, kubectl, makeNamespace } from '../support/cluster.ts';
import { openWorkplace, type Workplace } from '../support/on-cluster.ts';
import { bundledChart, plainHelm } from '../support/plain-helm.ts';
import { setReleaseStatus } from '../support/release.ts';
import type { CommandResult } from '../support/run-command.ts';
import { runCommand } from '../support/run-command.ts';

/** Each bad input: exit code, words, and nothing changed, neither on disk nor in the cluster. */
describeCluster('bad input', (cluster) => {
  let namespace: string;
  beforeAll(async () => {
    namespace = `bad-input-${Date.now()}`;
    await kubectl(cluster, ['create', 'namespace', namespace]);
  });
  afterAll(async () => {
    await kubectl(cluster, ['delete', 'namespace', namespace, '--wait=false']);
  });

  async function refused(
    args: readonly string[],
    code: number,
    words: readonly RegExp[],
    prepare: (place: Workplace) => Promise<Record<string, string>> = async () => ({}),
  ): Promise<CommandResult> {
    const place = await openWorkplace(cluster, namespace);
    const env = await prepare(place);
    const filesBefore = await readdir(place.directory);
    const result = await place.run(args, { env });
    for (const word of words) expect(result.stderr).toMatch(word);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stderr).not.toContain('This is a bug');
    expect(await readdir(place.directory)).toEqual(filesBefore);
    const left = await place.kubectl('get', 'all,pvc,secret', '-o', 'name');
    expect(left.stdout).toBe('');
    return result;
  }

  describe('told without asking the cluster (2)', () => {
    it('lists every problem of an invocation at once', async () => {
      const { stderr } = await refused(
        ['install', '--presett', 'x', '--preset', 'producton-raft', '--replicas', 'many', '--yes'],
        2,
        [
          /no flag --presett. Did you mean --preset\?/,
          /no preset "producton-raft". Did you mean production-raft\?/,
          /That is not a whole number \(--replicas\)/,
        ],
      );
      expect(stderr.match(/Error:/g)).toHaveLength(3);
    });

    it.each(['install', 'upgrade', 'uninstall'])(
      '%s -o json ends with an outcome, also where nothing is begun',
      async (command) => {
        const args = [command, '--confirm=other', '--yes', '-o', 'json'];
        const { stdout } = await refused(args, 2, [/--confirm=other does not name the release/]);
        expect(stdout.match(/\n/g)).toHaveLength(1);
        expect(JSON.parse(stdout)).toMatchObject({
          type: 'outcome',
          outcome: 'failed',
          state: 'Nothing was changed.',
          problems: [{ where: '--confirm' }],
        });
      },
    );

    it.each<[string, string[], RegExp]>([
      ['a context that the kubeconfig lacks', ['--context', 'prod-eu'], /no context "prod-eu"/],
      ['a values file that is not there', ['-f', 'absent.yaml'], /Cannot read absent\.yaml/],
      ['a values file that is a folder', ['-f', '.'], /^\s+It is a directory/m],
      ['an unknown backend', ['--backend', 'reddis'], /cannot be "reddis"\. Did you mean redis\?/],
      [
        'an unknown value',
        ['--set', 'replicasCount=3'],
        /Unknown value replicasCount\. Did you mean replicaCount\?/,
      ],
      ['a wrong type', ['--set', 'replicaCount=three'], /replicaCount must be a number/],
      [
        'a release name that is too long',
        ['--release', 'x'.repeat(54)],
        /54 characters; 53 are the most/,
      ],
      ['redis without a URL', ['--backend', 'redis'], /dispatch\.redis/],
      ['no consent without a terminal', [], /needs consent/],
    ])('%s', async (_, args, words) => {
      await refused(['install', ...args, ...(args.length > 0 ? ['--yes'] : [])], 2, [words]);
    });

    it('a broken values file, with line and column', async () => {
      await refused(
        ['install', '-f', 'broken.yaml', '--yes'],
        2,
        [/broken\.yaml, line 1, column 15/],
        async ({ directory }) => {
          await writeFile(join(directory, 'broken.yaml'), 'replicaCount: 1\n  server: {apiPort\n');
          return {};
        },
      );
    });

    it('data that would go without typed consent', async () => {
      await refused(['uninstall', '--delete-data', '--yes'], 2, [
        /needs the name of the release/,
        /--confirm=xerv/,
      ]);
    });

    it('a confirmation of another release', async () => {
      await refused(['uninstall', '--delete-data', '--confirm=other', '--yes'], 2, [
        /does not name the release/,
      ]);
    });
  });

  describe('the machine or the cluster is not fit (3)', () => {
    it('no kubeconfig', async () => {
      await refused(['install', '--yes'], 3, [/no kubeconfig/], async ({ directory }) => {
        // Compiled code is kept in a home's cache folder: not in the folder that is looked at.
        const home = join(directory, 'home');
        await mkdir(home);
        return { KUBECONFIG: '', HOME: home };
      });
    });

    it('no cluster at the address', async () => {
      await refused(['install', '--yes'], 3, [/refused|reach|answer/i], async ({ directory }) => {
        const path = join(directory, 'kubeconfig');
        await writeFile(path, deadKubeconfig);
        return { KUBECONFIG: path };
      });
    });

    it('expired credentials', async () => {
      await refused(['install', '--yes'], 3, [/credentials|logged in|Unauthorized/i], async () => ({
        KUBECONFIG: cluster.kubeconfigs.expired,
      }));
    });

    it('no credentials', async () => {
      await refused(['check'], 3, [/The kubeconfig gives no credentials/], async (place) => {
        const path = join(place.directory, 'kubeconfig');
        const given = await readFile(cluster.kubeconfigs.admin, 'utf8');
        await writeFile(path, given.replace(/token: .*/, ''));
        return { KUBECONFIG: path };
      });
    });

    it('a token that has run out, told with its time and not with itself', async () => {
      const claims = Buffer.from(JSON.stringify({ sub: 'me', exp: 1_700_000_000 }));
      const token = `eyJhbGciOiJub25lIn0.${claims.toString('base64url')}.c2lnbmVk`;
      const { stderr } = await refused(
        ['check'],
        3,
        [/Your token for the cluster at https:\S+ has expired/, /until 2023-11-14 22:13 UTC/],
        async ({ directory }) => {
          const path = join(directory, 'kubeconfig');
          const given = await readFile(cluster.kubeconfigs.expired, 'utf8');
          await writeFile(path, given.replace(/token: .*/, `token: ${token}`));
          return { KUBECONFIG: path };
        },
      );
      expect(stderr).not.toContain(token.slice(0, 30));
    });

    it('no right to act', async () => {
      await refused(['install', '--yes'], 3, [/permission/], async () => ({
        KUBECONFIG: cluster.kubeconfigs.viewer,
      }));
    });

    it('neither helm nor kubectl, both told', async () => {
      await refused(
        ['install', '--yes'],
        3,
        [/helm is not on the PATH/, /kubectl is not on the PATH/],
        async () => ({
          XERV_DEPLOY_HELM: '',
          XERV_DEPLOY_KUBECTL: '',
          PATH: '/nonexistent',
        }),
      );
    });

    it('a helm that is too old', async () => {
      await refused(
        ['install', '--yes'],
        3,
        [/helm 3\.11\.0 is too old/],
        async ({ directory }) => {
          // The one fake: a helm of 2023 cannot be had for every machine.
          const helm = join(directory, 'helm');
          await writeFile(helm, '#!/bin/sh\necho v3.11.0\n');
          await chmod(helm, 0o755);
          return { XERV_DEPLOY_HELM: helm };
        },
      );
    });

    it('a StorageClass that does not exist, with those that do', async () => {
      await refused(
        ['install', '--preset', 'production-raft', '--storage-class', 'gold', '--yes'],
        3,
        [/gold/, /standard/, /fast-ssd/],
      );
    });

    it('a placeholder host of a preset, used as it is', async () => {
      await refused(['install', '--preset', 'redis', '--yes'], 3, [/redis-cluster/]);
    });

    it('nothing to upgrade, nothing to uninstall', async () => {
      await refused(['upgrade', '--replicas', '3', '--yes'], 3, [/Nothing is installed/]);
      await refused(['uninstall', '--yes'], 3, [/Nothing is installed/]);
    });

    it('a Secret that does not exist', async () => {
      await refused(['install', '--backend', 'redis', '--redis-secret', 'absent', '--yes'], 3, [
        /absent/,
      ]);
    });
  });

  it('a namespace that is being deleted', async () => {
    const stuck = `stuck-${Date.now()}`;
    await kubectl(cluster, ['create', 'namespace', stuck]);
    const holder = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'holder', finalizers: ['test.xerv.io/hold'] },
    };
    await kubectl(cluster, ['-n', stuck, 'apply', '-f', '-'], { input: JSON.stringify(holder) });
    await kubectl(cluster, ['delete', 'namespace', stuck, '--wait=false']);
    const { run } = await openWorkplace(cluster, stuck);
    const result = await run(['install', '--yes']);
    await kubectl(cluster, [
      '-n',
      stuck,
      'patch',
      'configmap',
      'holder',
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/metadata/finalizers"}]',
    ]);
    expect(result.stderr).toMatch(/being deleted|terminating/i);
    expect(result.code).toBe(3);
  });

  it('a release of another chart under that name', async () => {
    const foreign = await makeNamespace(cluster);
    const { run, directory, env } = await openWorkplace(cluster, foreign);
    const chart = join(directory, 'other');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: other\nversion: 1.0.0\n');
    await writeFile(
      join(chart, 'templates/configmap.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n',
    );
    await runCommand(cluster.tools.helm4, ['install', 'xerv', chart, '-n', foreign], { env });
    for (const command of ['install', 'upgrade', 'uninstall']) {
      const result = await run([command, '--yes']);
      expect(result.stderr).toMatch(/other/);
      expect(result.code).toBe(3);
    }
    expect(await readdir(directory)).not.toContain('xerv-values.yaml');
    const left = await kubectl(cluster, ['-n', foreign, 'get', 'all,pvc,configmap', '-o', 'name']);
    expect(left.stdout.trim().split('\n')).toEqual([
      'configmap/kube-root-ca.crt',
      'configmap/other',
    ]);
  });

  it('a release that helm has not finished with', async () => {
    const pending = await makeNamespace(cluster);
    const { run, directory } = await openWorkplace(cluster, pending);
    await plainHelm(cluster, { namespace: pending }, ['install', 'xerv', bundledChart]);
    await setReleaseStatus(cluster, pending, 'pending-install');
    for (const command of ['install', 'upgrade']) {
      const result = await run([command, '--replicas', '2', '--yes']);
      expect(result.stderr).toMatch(/is pending-install: a helm .* ago/);
      expect(result.stderr).toContain('install again: create-xerv-deploy uninstall --keep-data');
      expect(result.code).toBe(3);
    }
    expect(await readdir(directory)).not.toContain('xerv-values.yaml');
    const history = await plainHelm(cluster, { namespace: pending }, [
      ...['history', 'xerv', '-o', 'json'],
    ]);
    expect(JSON.parse(history.stdout)).toMatchObject([{ status: 'pending-install' }]);
  });
});

const deadKubeconfig = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'dead',
  contexts: [{ name: 'dead', context: { cluster: 'dead', user: 'dead' } }],
  clusters: [{ name: 'dead', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'dead', user: { token: 'none' } }],
});
