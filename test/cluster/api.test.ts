import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readIdentity } from '../../src/cluster/identity.ts';
import { inParallel } from '../../src/cluster/in-parallel.ts';
import { configMap, node, secret, storageClass, versionInfo } from '../../src/cluster/objects.ts';
import { mayI } from '../../src/cluster/permissions.ts';
import type { Api } from '../../src/cluster/types.ts';
import {
  type ClusterUser,
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { connect, makeDirectory, value } from '../support/cluster-connection.ts';

const modes: readonly [string, NodeJS.Platform][] = [
  ['the proxy', 'linux'],
  ['a kubectl for each request', 'win32'],
];

/** A credential plugin that does what a shell script says. */
async function writePlugin(script: string): Promise<string> {
  const plugin = join(await makeDirectory(), 'plugin');
  await writeFile(plugin, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return plugin;
}

async function writeKubeconfig(server: string, user: object): Promise<string> {
  const path = join(await makeDirectory(), 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user }],
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

async function tokenOf(cluster: SharedCluster): Promise<string> {
  const view = await kubectlJson<{ users: { user: { token: string } }[] }>(cluster, [
    'config',
    'view',
    '--raw',
  ]);
  return view.users[0]?.user.token ?? '';
}

describeCluster('requests', (cluster) => {
  describe.each(modes)('through %s', (_, platform) => {
    let namespace: string;
    let api: Api;
    beforeEach(async () => {
      namespace = await makeNamespace(cluster);
      api = await connect(cluster, { platform });
    });
    const configMaps = () => `/api/v1/namespaces/${namespace}/configmaps`;
    const manifest = (name: string, data: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { made: 'here' } },
      data,
    });

    test('read', async () => {
      expect((await value(api.get('/version', versionInfo))).gitVersion).toBe('v1.36.3');
      const nodes = await value(api.list('/api/v1/nodes', node));
      expect(nodes).toHaveLength(6);
      expect(nodes[0]?.status.allocatable.memory).toBeTruthy();
      const classes = await value(api.list('/apis/storage.k8s.io/v1/storageclasses', storageClass));
      expect(classes.find(({ metadata }) => metadata.name === 'retain')).toMatchObject({
        reclaimPolicy: 'Retain',
      });
    });

    test('create, find by label, patch and delete', async () => {
      const made = await value(
        api.post(configMaps(), manifest('one', { keep: '1', change: '2', remove: '3' }), configMap),
      );
      expect(await api.post(configMaps(), manifest('one', {}), configMap)).toMatchObject({
        failure: { kind: 'conflict', reason: 'AlreadyExists' },
      });
      const patched = await value(
        api.patch(
          `${configMaps()}/one`,
          { data: { change: 'é', remove: null }, metadata: { annotations: { note: 'n' } } },
          configMap,
        ),
      );
      expect(patched.data).toEqual({ keep: '1', change: 'é' });
      const found = await value(api.list(`${configMaps()}?labelSelector=made%3Dhere`, configMap));
      expect(found.map(({ metadata }) => metadata.annotations)).toEqual([{ note: 'n' }]);

      const other = await api.delete(`${configMaps()}/one`, { uid: 'another-uid' });
      expect(other).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
      await value(api.delete(`${configMaps()}/one`, { uid: made.metadata.uid ?? '' }));
      expect(await api.get(`${configMaps()}/one`, configMap)).toMatchObject({
        failure: { kind: 'not-found', status: 404 },
      });
      expect(await api.patch(`${configMaps()}/one`, {}, configMap)).toMatchObject({
        failure: { kind: 'not-found' },
      });
    });

    test('what the server finds invalid', async () => {
      const refused = await api.post(configMaps(), manifest('Not_A_Name', {}), configMap);
      expect(refused).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
      if (!refused.ok) expect(refused.failure.message).toContain('Not_A_Name');
    });

    test('a list of metadata holds no data', async () => {
      const data = { password: Buffer.from('hunter2').toString('base64') };
      const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data };
      await value(api.post(`/api/v1/namespaces/${namespace}/secrets`, body, secret));
      const listed = await value(api.listMetadata(`/api/v1/namespaces/${namespace}/secrets`));
      expect(listed).toMatchObject([{ name: 's', namespace, uid: expect.any(String) }]);
      expect(JSON.stringify(listed)).not.toContain(data.password);
    });

    test('text', async () => {
      expect(await value(api.text('/livez'))).toBe('ok');
    });

    test('expired credentials', async () => {
      const expired = await connect(cluster, { platform, user: 'expired' });
      expect(await expired.get('/api/v1/nodes', versionInfo)).toMatchObject({
        failure: { kind: 'unauthorized' },
      });
    });

    test('no right to it', async () => {
      const nobody = await connect(cluster, { platform, user: 'nobody' });
      const refused = await nobody.list(configMaps(), configMap);
      expect(refused).toMatchObject({ failure: { kind: 'forbidden', status: 403 } });
      if (!refused.ok) expect(refused.failure.message).toContain('User "nobody" cannot list');
    });

    test('as somebody else', async () => {
      const other = await connect(cluster, { platform, as: 'jane', groups: ['ops', 'dev'] });
      const review = await value(
        other.post(
          '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
          z.looseObject({
            status: z.object({
              userInfo: z.looseObject({ username: z.string(), groups: z.array(z.string()) }),
            }),
          }),
        ),
      );
      expect(review.status.userInfo.username).toBe('jane');
      expect(review.status.userInfo.groups).toEqual(expect.arrayContaining(['ops', 'dev']));
    });

    test('a server that is not there', async () => {
      const path = await writeKubeconfig('https://127.0.0.1:1', { token: 'x' });
      const dead = await connect(cluster, { platform, kubeconfig: path });
      const startedAt = Date.now();
      const answer = await dead.get('/version', versionInfo);
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
      expect(Date.now() - startedAt).toBeLessThan(5_000);
    });

    /** A connection whose credentials come from a program, and the lines that people are shown. */
    async function connectWith(plugin: string) {
      const path = await writeKubeconfig(cluster.server, {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: plugin,
          interactiveMode: 'IfAvailable',
        },
      });
      const shown: string[] = [];
      const api = await connect(cluster, {
        platform,
        kubeconfig: path,
        onStderrLine: (line) => shown.push(line),
      });
      return { api, shown };
    }

    test('a credential plugin that is not there', async () => {
      const { api, shown } = await connectWith('no-such-plugin');
      expect(await api.get('/version', versionInfo)).toMatchObject({
        failure: { kind: 'unauthorized', message: expect.stringContaining('no-such-plugin') },
      });
      if (platform === 'linux') expect(shown).toEqual([]);
    });

    test('a credential plugin that fails says why once, not for each request', async () => {
      const plugin = await writePlugin('echo "Your session has expired" >&2\nexit 1');
      const { api, shown } = await connectWith(plugin);
      for (const place of ['/version', '/api', '/apis'])
        expect(await api.get(place, versionInfo)).toMatchObject({ ok: false });
      expect(shown.filter((line) => line.includes('expired'))).toEqual([
        'Your session has expired',
      ]);
    });

    test('a credential plugin that asks for a login', async () => {
      const token = await tokenOf(cluster);
      const credential = {
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: { token },
      };
      const plugin = await writePlugin(
        `echo "Open https://example.com and enter ABC" >&2\nsleep 0.2\necho '${JSON.stringify(credential)}'`,
      );
      const { api, shown } = await connectWith(plugin);
      expect((await value(api.get('/version', versionInfo))).major).toBe('1');
      expect(shown).toEqual(['Open https://example.com and enter ABC']);
    });
  });

  test('a list of more than one page', async () => {
    const namespace = await makeNamespace(cluster);
    const api = await connect(cluster);
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    const names = Array.from({ length: 1_020 }, (_, index) => `many-${index}`);
    await inParallel(names, 8, async (name) => {
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { m: 'y' } } };
      await value(api.post(path, body, configMap));
    });
    const listed = await value(api.list(`${path}?labelSelector=m%3Dy`, configMap));
    expect(new Set(listed.map(({ metadata }) => metadata.name))).toEqual(new Set(names));
    expect(await value(api.listMetadata(`${path}?labelSelector=m%3Dy`))).toHaveLength(1_020);
  });

  test('what a user may do', async () => {
    const namespace = await makeNamespace(cluster);
    const asked = [
      { verb: 'list', group: 'apps', resource: 'statefulsets', namespace },
      { verb: 'create', group: 'apps', resource: 'statefulsets', namespace },
      { verb: 'get', group: '', resource: 'pods/log', namespace },
    ];
    const answers = async (user: ClusterUser) => {
      const answered = await mayI(await connect(cluster, { user }), asked);
      return answered.map((one) => one.ok && one.value);
    };
    expect(await answers('admin')).toEqual([true, true, true]);
    expect(await answers('viewer')).toEqual([true, false, true]);
    expect(await answers('nobody')).toEqual([false, false, false]);
    const expired = await mayI(await connect(cluster, { user: 'expired' }), asked);
    expect(expired).toMatchObject(asked.map(() => ({ failure: { kind: 'unauthorized' } })));
  });

  test('which cluster it is', async () => {
    const namespace = await makeNamespace(cluster);
    const system = await kubectlJson<{ metadata: { uid: string } }>(cluster, [
      'get',
      'namespace',
      'kube-system',
    ]);
    const identify = async (user: ClusterUser) =>
      readIdentity(await connect(cluster, { user }), {
        namespace,
        access: {
          server: cluster.server,
          kubeconfig: cluster.kubeconfigs[user],
          context: undefined,
          impersonateUser: undefined,
        },
      });
    expect(await identify('admin')).toBe(system.metadata.uid);
    expect(await identify('nobody')).toBe(cluster.server);
    await expect(identify('expired')).rejects.toThrow('does not accept your credentials');

    await kubectl(cluster, [
      'create',
      'role',
      'reader',
      `--namespace=${namespace}`,
      '--verb=get',
      '--resource=configmaps',
    ]);
    const bound = ['create', 'rolebinding', 'reader', `--namespace=${namespace}`];
    await kubectl(cluster, [...bound, '--role=reader', '--user=nobody']);
    await eventually(async () => ((await identify('nobody')).startsWith('ca:') ? true : undefined));
  });
});
