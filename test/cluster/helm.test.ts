import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openApi } from '../../src/cluster/connection.ts';
import { createExec } from '../../src/cluster/exec.ts';
import { createHelm, type HelmDependencies } from '../../src/cluster/helm.ts';
import { resolveAccess } from '../../src/cluster/kubeconfig.ts';
import { createCommandStorage } from '../../src/cluster/releases/commands.ts';
import { openReleaseStorage } from '../../src/cluster/releases.ts';
import type { ApiResult, Helm, HelmResult, ReleaseStorage } from '../../src/cluster/types.ts';
import {
  type ClusterUser,
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { podManifest } from '../support/pods.ts';
import { makeRawChart, makeTestDirectory, rawChart, writeValues } from '../support/raw-chart.ts';
import { runCommand } from '../support/run-command.ts';

interface Setting {
  readonly helm: Helm;
  readonly storage: ReleaseStorage;
  /** The same storage read by helm's own commands. */
  readonly commands: ReleaseStorage;
}

async function set(
  cluster: SharedCluster,
  path: string,
  { user = 'admin', ...env }: { user?: ClusterUser; HELM_DRIVER?: string } = {},
): Promise<Setting> {
  const home = await makeTestDirectory();
  const { access } = await resolveAccess(
    { kubeconfig: cluster.kubeconfigs[user], requestTimeoutMilliseconds: 20_000 },
    { env: {}, homeDirectory: home },
  );
  const exec = createExec();
  const childEnv = { PATH: process.env.PATH, HOME: home, ...env };
  const api = await openApi(access, { kubectl: cluster.tools.kubectl, exec, env: childEnv });
  onTestFinished(() => api.close());
  const dependencies: HelmDependencies = { path, exec, access, env: childEnv };
  return {
    helm: createHelm(dependencies),
    storage: openReleaseStorage(api, dependencies),
    commands: createCommandStorage(dependencies),
  };
}

async function value<T>(result: Promise<HelmResult<T> | ApiResult<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
}

const configMap = (name: string, data: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

describeCluster('helm', (cluster) => {
  describe.each([
    ['3.17', 'helm3'],
    ['4.1', 'helm4'],
  ] as const)('%s', (version, tool) => {
    let namespace: string;
    let setting: Setting;
    let chart: { reference: string };
    const { tools } = cluster;
    const path = tools[tool];

    beforeEach(async () => {
      namespace = await makeNamespace(cluster);
      setting = await set(cluster, path);
      chart = { reference: await makeRawChart() };
    });
    const named = () => ({ release: 'one', namespace });
    const upgrade = async (values: object, signal?: AbortSignal) =>
      setting.helm.upgradeInstall({
        chart,
        ...named(),
        valuesFiles: [await writeValues(values)],
        ...(signal && { signal }),
      });
    const history = () => value(setting.storage.history({ namespace, name: 'one' }));
    /** What helm itself says, by a command. */
    const ask = async (...args: string[]): Promise<string> => {
      const env = { KUBECONFIG: cluster.kubeconfigs.admin, HOME: await makeTestDirectory() };
      const { code, stdout, stderr } = await runCommand(path, [...args, '-n', namespace], { env });
      if (code !== 0) throw new Error(stderr);
      return stdout;
    };

    test('says its version', async () => {
      const said = await value(setting.helm.version());
      expect(`${said.major}.${said.minor}`).toBe(version);
      expect(said.tooOld).toBe(false);
    });

    test('renders for a cluster without asking it', async () => {
      const { helm } = await set(cluster, path, { user: 'expired' });
      const rendered = await value(
        helm.template({
          chart,
          ...named(),
          values: JSON.stringify({ objects: [configMap('first')], colour: 'green' }),
          isUpgrade: true,
          kubeVersion: 'v1.30.1',
          apiVersions: ['keda.sh/v1alpha1', 'keda.sh/v1alpha1/ScaledObject'],
        }),
      );
      expect(rendered).toContain('name: first');
      expect(rendered).toContain('kube: v1.30.1');
      expect(rendered).toContain('keda: "true"');
      expect(rendered).toContain('upgrade: "true"');
    });

    test('shows a chart as directory, as archive, and says what is wrong with another', async () => {
      expect(await value(setting.helm.showChart(chart))).toEqual(rawChart);
      const directory = await makeTestDirectory();
      await ask('package', chart.reference, '--destination', directory);
      const archive = { reference: join(directory, 'raw-0.3.0.tgz') };
      expect(await value(setting.helm.showChart(archive))).toEqual(rawChart);
      expect(await value(setting.helm.showValues(archive))).toContain('colour: blue');
      for (const reference of [join(directory, 'nothing'), 'no-repo/xerv'])
        expect(await setting.helm.showChart({ reference })).toMatchObject({
          failure: { kind: 'chart-not-found', message: expect.stringContaining(reference) },
        });
    });

    test('installs, upgrades and uninstalls, and its storage is read as helm reads it', async () => {
      expect(await history()).toBeUndefined();
      const notes = await value(upgrade({ objects: [configMap('a')], colour: 'green' }));
      expect(notes).toContain('Deployed in green.');
      await value(upgrade({ objects: [configMap('a', { key: 'ü' }), configMap('b')] }));

      const read = await history();
      expect(read).toMatchObject({
        newest: {
          name: 'one',
          namespace,
          revision: 2,
          status: 'deployed',
          chartName: 'raw',
          chartVersion: '0.3.0',
          appVersion: '1.2',
          chartValues: { colour: 'blue' },
          notes: expect.stringContaining('Deployed in blue.'),
        },
        deployedRevision: 2,
        revisions: [
          { revision: 2, status: 'deployed' },
          { revision: 1, status: 'superseded' },
        ],
      });
      expect(read?.newest.values).toEqual(
        JSON.parse(await ask('get', 'values', 'one', '-o', 'json')),
      );
      expect(read?.newest.manifest.trim()).toBe((await ask('get', 'manifest', 'one')).trim());
      expect(JSON.parse(await ask('get', 'metadata', 'one', '-o', 'json'))).toMatchObject({
        name: read?.newest.name,
        chart: read?.newest.chartName,
        version: read?.newest.chartVersion,
        appVersion: read?.newest.appVersion,
        revision: read?.newest.revision,
        status: read?.newest.status,
        ...(tool === 'helm4' && { applyMethod: 'ssa' }),
      });
      expect(read?.newest.applyMethod).toBe(tool === 'helm4' ? 'ssa' : undefined);

      const byCommands = await setting.commands.history({ namespace, name: 'one' });
      if (!byCommands.ok || !byCommands.value || !read) throw new Error('nothing read');
      const { notes: _, chartValues: __, applyMethod: ___, ...comparable } = read.newest;
      expect(byCommands.value.revisions).toEqual(read.revisions);
      expect(byCommands.value.deployedRevision).toBe(2);
      const { updated, firstDeployed, ...rest } = comparable;
      expect(byCommands.value.newest).toMatchObject({
        ...rest,
        manifest: expect.stringContaining(rest.manifest.trim()),
      });
      expect(seconds(byCommands.value.newest.updated)).toBe(seconds(updated));
      expect(seconds(byCommands.value.newest.firstDeployed)).toBe(seconds(firstDeployed));

      await value(setting.helm.uninstall(named()));
      expect(await history()).toBeUndefined();
      expect(await setting.commands.history({ namespace, name: 'one' })).toEqual({
        ok: true,
        value: undefined,
      });
      expect(await setting.helm.uninstall(named())).toMatchObject({
        failure: { kind: 'not-found' },
      });
    });

    test('lists releases across namespaces, by chart', async () => {
      await value(upgrade({}));
      const other = await makeNamespace(cluster);
      await value(
        setting.helm.upgradeInstall({ chart, release: 'two', namespace: other, valuesFiles: [] }),
      );
      for (const storage of [setting.storage, setting.commands]) {
        const listed = await storage.list({ chartName: 'raw' });
        if (!listed.ok) throw new Error(listed.failure.message);
        const mine = listed.value.filter((one) => [namespace, other].includes(one.namespace));
        expect(new Set(mine.map((one) => `${one.namespace}/${one.name}`))).toEqual(
          new Set([`${namespace}/one`, `${other}/two`]),
        );
        expect(await storage.list({ namespace, chartName: 'xerv' })).toEqual({
          ok: true,
          value: [],
        });
      }
      const viewer = await set(cluster, path, { user: 'nobody' });
      expect(await viewer.storage.list({})).toMatchObject({ failure: { kind: 'forbidden' } });
    });

    test('keeps releases in ConfigMaps where it is told to', async () => {
      setting = await set(cluster, path, { HELM_DRIVER: 'configmap' });
      await value(upgrade({ colour: 'green' }));
      expect((await history())?.newest).toMatchObject({ values: { colour: 'green' }, revision: 1 });
      const listed = await setting.storage.list({ namespace });
      expect(listed).toMatchObject({ value: [{ name: 'one' }] });
    });

    test('a failed upgrade leaves the deployed revision told', async () => {
      await value(upgrade({}));
      await upgrade({ objects: [configMap('Not_A_Name')] });
      expect(await history()).toMatchObject({
        newest: { revision: 2, status: 'failed', description: expect.stringContaining('failed') },
        deployedRevision: 1,
      });
    });

    test('what an uninstall with kept history leaves', async () => {
      await value(upgrade({}));
      await ask('uninstall', 'one', '--keep-history');
      expect(await history()).toMatchObject({
        newest: { revision: 1, status: 'uninstalled' },
        deployedRevision: undefined,
      });
    });

    test('SIGTERM while it waits leaves the release failed, not pending', async () => {
      await value(upgrade({}));
      const controller = new AbortController();
      const running = upgrade({ objects: [hook()] }, controller.signal);
      await eventually(async () => {
        const { items } = await kubectlJson<{ items: object[] }>(cluster, [
          ...['get', 'pods', '-n', namespace],
        ]);
        return items.length > 0 || undefined;
      });
      expect((await history())?.newest.status).toBe('pending-upgrade');
      controller.abort();
      expect(await running).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
      expect(await history()).toMatchObject({
        newest: { revision: 2, status: 'failed' },
        deployedRevision: 1,
      });
      expect(await upgrade({})).toMatchObject({ ok: true });
    });

    describe("says in a user's words", () => {
      const failure = async (result: Promise<HelmResult<unknown>>) => {
        const settled = await result;
        if (settled.ok) throw new Error('helm did not fail');
        return settled.failure;
      };

      test('that the values are refused', async () => {
        expect(await failure(upgrade({ colour: 7 }))).toMatchObject({
          kind: 'values-refused',
          detail: expect.stringContaining('colour'),
        });
        expect(await failure(upgrade({ colour: 'red' }))).toMatchObject({
          kind: 'template',
          message: 'red is not a colour of this chart',
        });
        expect(await history()).toBeUndefined();
      });

      test('that an object belongs to something else', async () => {
        await kubectl(cluster, ['create', 'configmap', 'theirs', '-n', namespace]);
        expect(await failure(upgrade({ objects: [configMap('theirs')] }))).toMatchObject({
          kind: 'ownership',
          message: `ConfigMap theirs in namespace ${namespace} exists and belongs to something else.`,
        });
      });

      test('that the cluster does not know a kind', async () => {
        const gadget = { apiVersion: 'no.example/v1', kind: 'Gadget', metadata: { name: 'g' } };
        expect(await failure(upgrade({ objects: [gadget] }))).toMatchObject({
          kind: 'missing-kind',
          message: 'The cluster does not know Gadget (no.example/v1).',
        });
      });

      test('that a field cannot be changed', async () => {
        const service = (clusterIP: string) => ({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 's' },
          spec: { clusterIP, ports: [{ port: 80 }] },
        });
        await value(upgrade({ objects: [service('10.96.7.7')] }));
        expect(await failure(upgrade({ objects: [service('10.96.7.8')] }))).toMatchObject({
          kind: 'immutable-field',
        });
        const set = (podManagementPolicy: string) => statefulSet({ podManagementPolicy });
        await value(upgrade({ objects: [set('OrderedReady')] }));
        expect(await failure(upgrade({ objects: [set('Parallel')] }))).toMatchObject({
          kind: 'immutable-field',
        });
      });

      test('that an object is invalid', async () => {
        expect(await failure(upgrade({ objects: [configMap('Not_A_Name')] }))).toMatchObject({
          kind: 'invalid-object',
        });
      });

      test('that a quota is used up', async () => {
        const quota = ['create', 'quota', 'small', '--hard=count/configmaps=1', '-n', namespace];
        await kubectl(cluster, quota);
        await eventually(async () => {
          const { status } = await kubectlJson<{ status: { used?: object } }>(cluster, [
            ...['get', 'quota', 'small', '-n', namespace],
          ]);
          return status.used;
        });
        const objects = [configMap('a'), configMap('b')];
        expect(await failure(upgrade({ objects }))).toMatchObject({
          kind: 'quota',
          message: "The namespace's quota small has no room for it.",
        });
      });

      test('that Pod Security refuses a pod', async () => {
        namespace = await makeNamespace(cluster, {
          'pod-security.kubernetes.io/enforce': 'restricted',
        });
        const pod = {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'p' },
          spec: { containers: [{ name: 'c', image: 'x' }] },
        };
        expect(await failure(upgrade({ objects: [pod] }))).toMatchObject({
          kind: 'pod-security',
          message: expect.stringContaining('restricted'),
        });
      });

      test('that the namespace is missing or going', async () => {
        const missing = { ...named(), namespace: `${namespace}-missing` };
        expect(
          await failure(setting.helm.upgradeInstall({ chart, ...missing, valuesFiles: [] })),
        ).toMatchObject({
          kind: 'namespace-missing',
          message: `The namespace ${namespace}-missing does not exist.`,
        });
        const held = {
          ...configMap('held'),
          metadata: { name: 'held', finalizers: ['a.example/b'] },
        };
        await kubectl(cluster, ['create', '-n', namespace, '-f', '-'], {
          input: JSON.stringify(held),
        });
        await kubectl(cluster, ['delete', 'namespace', namespace, '--wait=false']);
        expect(await failure(upgrade({}))).toMatchObject({ kind: 'namespace-terminating' });
        await kubectl(cluster, [
          ...['patch', 'configmap', 'held', '-n', namespace, '--type=merge'],
          ...['-p', '{"metadata":{"finalizers":null}}'],
        ]);
      });

      test('that credentials have expired, rights are missing', async () => {
        setting = await set(cluster, path, { user: 'expired' });
        expect(await failure(upgrade({}))).toMatchObject({ kind: 'unauthorized' });
        setting = await set(cluster, path, { user: 'nobody' });
        expect(await failure(upgrade({}))).toMatchObject({
          kind: 'forbidden',
          message: expect.stringContaining('User "nobody" cannot'),
        });
      });

      test('that another operation is going on', async () => {
        await value(upgrade({}));
        const controller = new AbortController();
        const running = upgrade({ objects: [hook()] }, controller.signal);
        await eventually(async () => {
          const read = await history();
          return read?.newest.status === 'pending-upgrade' || undefined;
        });
        expect(await failure(upgrade({}))).toMatchObject({
          kind: 'busy',
          next: expect.stringContaining(`helm history one -n ${namespace}`),
        });
        controller.abort();
        await running;
      });
    });
  });
});

/** A hook that never succeeds, since its pod runs for ever: helm waits for it. */
function hook(): object {
  return podManifest('hook', { annotations: { 'helm.sh/hook': 'pre-upgrade' } });
}

function statefulSet(spec: object): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'set' },
    spec: {
      replicas: 0,
      serviceName: 's',
      selector: { matchLabels: { app: 'set' } },
      template: {
        metadata: { labels: { app: 'set' } },
        spec: { containers: [{ name: 'c', image: 'x' }] },
      },
      ...spec,
    },
  };
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
