import { expect, onTestFinished, test } from 'vitest';
import { parseManifest } from '../../src/release/manifest.ts';
import { checkPreconditions } from '../../src/release/preconditions.ts';
import type { Target } from '../../src/release/target.ts';
import { readTargetState } from '../../src/release/target-state.ts';
import type { Tree } from '../../src/values/tree.ts';
import { describeCluster, kubectl, makeNamespace } from '../support/cluster.ts';
import { apply } from '../support/pods.ts';
import {
  type DependencyOptions,
  install,
  makeForeignChart,
  makePlan,
  openDependencies,
  type PlanOptions,
  runHelm,
  setReleaseStatus,
  targetOf,
  upstreamChart,
} from '../support/release.ts';

const raft: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } };

describeCluster('preconditions', (cluster) => {
  /** All problems that an install or upgrade with these values would meet. */
  const check = async (
    target: Target,
    options: PlanOptions & DependencyOptions & { action?: 'install' | 'upgrade' } = {},
  ) => {
    const deps = await openDependencies(cluster, options);
    const state = await readTargetState(deps, target);
    // Rendered as somebody who may look at the cluster: rendering itself needs none.
    const admin = await openDependencies(cluster);
    const plan = await makePlan(admin, target, options);
    return checkPreconditions(deps, {
      target,
      action: options.action ?? 'install',
      state,
      chartName: 'xerv',
      values: options.values ?? {},
      objects: parseManifest(plan.manifest),
      plannedSecrets: [],
    });
  };

  test('finds nothing where all is well', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));

    expect(await check(target, { values: raft })).toEqual([]);
  });

  test('says how to renew credentials that the cluster does not accept', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));

    const problems = await check(target, { user: 'expired' });

    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('does not accept your credentials');
    expect(problems[0]?.next).toContain('log in again');
  });

  test('names every right that is missing', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));

    const problems = await check(target, { user: 'viewer', values: raft });

    const rights = problems.find(({ message }) => message.includes('rights'));
    // A viewer may not even read helm's records.
    expect([rights?.why, problems[0]?.why].join()).toMatch(/secrets/);
  });

  test('is content with the rights of “edit” in an existing namespace', async () => {
    // See users.mjs: `editor` may edit team-a.
    const target = targetOf(cluster, 'team-a', 'precondition');

    expect(await check(target, { user: 'editor', values: raft })).toEqual([]);
  });

  test('says that a namespace is missing and may not be created', async () => {
    const target = targetOf(cluster, 'no-such-namespace');
    const deps = await openDependencies(cluster, { user: 'editor' });

    const problems = await checkPreconditions(deps, {
      target,
      action: 'install',
      state: { namespace: 'absent', history: undefined, problems: [] },
      chartName: 'xerv',
      values: {},
      objects: undefined,
      plannedSecrets: [],
    });

    expect(problems.map(({ message }) => message)).toEqual([
      'Namespace no-such-namespace does not exist, and you may not create it.',
    ]);
  });

  test('does not go into a namespace that is being deleted', async () => {
    const namespace = await makeNamespace(cluster);
    const finalizer = { metadata: { finalizers: ['test.xerv.io/hold'] } };
    await apply(cluster, namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      ...finalizer,
      metadata: { name: 'hold', ...finalizer.metadata },
    });
    onTestFinished(async () => {
      const free = JSON.stringify({ metadata: { finalizers: null } });
      await kubectl(cluster, [
        ...['patch', 'configmap', 'hold', '-n', namespace, '--type=merge', '-p', free],
      ]);
    });
    await kubectl(cluster, ['delete', 'namespace', namespace, '--wait=false']);

    const problems = await check(targetOf(cluster, namespace));

    expect(problems.map(({ message }) => message)).toEqual([
      `Namespace ${namespace} is being deleted.`,
    ]);
  });

  test('lists the StorageClasses that exist', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));

    const problems = await check(target, {
      values: { ...raft, storage: { size: '1Gi', class: 'nope' } },
    });

    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe('The cluster has no StorageClass nope.');
    expect(problems[0]?.why).toContain('fast-ssd');
  });

  test('does not ask for the class of claims that are there already', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const values = { ...raft, replicaCount: 1 };
    await install(deps, target, { values });
    await runHelm(cluster, 'helm4', ['uninstall', 'xerv', '-n', target.namespace]);

    expect(
      await check(target, { values: { ...values, storage: { size: '1Gi', class: 'gone' } } }),
    ).toEqual([]);
  });

  test('does not touch a release of another chart', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));
    const chart = await makeForeignChart();
    await runHelm(cluster, 'helm4', ['install', 'xerv', chart, '-n', target.namespace]);

    const problems = await check(target);

    expect(problems.map(({ message }) => message)).toEqual([
      `Release xerv in namespace ${target.namespace} is of another chart: postgresql 1.2.3, not xerv.`,
    ]);
  });

  test.each(['pending-install', 'pending-upgrade'])('says how to get out of %s', async (status) => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target);
    if (status === 'pending-upgrade') await install(deps, target, { values: raft });
    await setReleaseStatus(cluster, target.namespace, status);

    const problems = await check(target, { action: 'upgrade' });

    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(
      new RegExp(`is ${status}: a helm .* started (\\d+ seconds?|0 seconds) ago`),
    );
    const flags = `--kube-context ${cluster.context} -n ${target.namespace}`;
    expect(problems[0]?.next).toContain(
      status === 'pending-upgrade'
        ? `helm rollback xerv 1 ${flags}`
        : `create-xerv-deploy uninstall --keep-data --context ${cluster.context} -n ${target.namespace}`,
    );
  });

  test('names the releases elsewhere when there is nothing to upgrade', async () => {
    const deps = await openDependencies(cluster);
    const here = targetOf(cluster, await makeNamespace(cluster));
    const there = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, there);

    const problems = await check(here, { action: 'upgrade' });

    expect(problems[0]?.message).toContain('Nothing is installed');
    expect(problems[0]?.next).toContain(
      `create-xerv-deploy upgrade --context ${cluster.context} -n ${there.namespace}`,
    );
  });

  test('foresees which objects of others helm would not take over', async () => {
    const namespace = await makeNamespace(cluster);
    await runHelm(cluster, 'helm4', [
      ...['install', 'other', upstreamChart, '-n', namespace],
      ...['--set', 'persistence.enabled=false'],
    ]);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'mine' },
      spec: { ports: [{ port: 80 }] },
    };
    await apply(cluster, namespace, service);

    const others = await check(targetOf(cluster, namespace), {
      values: { fullnameOverride: 'other-xerv' },
    });
    const mine = await check(targetOf(cluster, namespace), {
      values: { fullnameOverride: 'mine' },
    });

    expect(others.map(({ message }) => message)).toContain(
      `Service other-xerv exists in namespace ${namespace} and belongs to helm release other in namespace ${namespace}.`,
    );
    expect(mine.map(({ message }) => message)).toEqual([
      `Service mine exists in namespace ${namespace} and was not created by helm.`,
    ]);
  });

  test('looks for the Secret, and for the key in it', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));
    const values = (name: string, key: string): Tree => ({
      dispatch: { backend: 'redis', redis: { existingSecret: name, existingSecretKey: key } },
    });
    await apply(cluster, target.namespace, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'redis-login' },
      stringData: { address: 'redis://redis:6379' },
    });

    const missing = await check(target, { values: values('nobody', 'url') });
    const wrongKey = await check(target, { values: values('redis-login', 'url') });
    const right = await check(target, { values: values('redis-login', 'address') });

    expect(missing[0]?.message).toContain('Secret nobody does not exist');
    expect(wrongKey[0]).toMatchObject({
      message: expect.stringContaining('has no key url'),
      why: 'It has address.',
    });
    expect(right).toEqual([]);
  });

  test('looks for what variables and volumes come from', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));
    const values: Tree = {
      extraEnv: [
        { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'modes', key: 'mode' } } },
        { name: 'SPEED', valueFrom: { configMapKeyRef: { name: 'speeds', key: 'speed' } } },
      ],
      extraEnvFrom: [
        { secretRef: { name: 'login' } },
        { secretRef: { name: 'maybe', optional: true } },
        { configMapRef: { name: 'settings' } },
      ],
      extraVolumes: [
        {
          name: 'parts',
          projected: {
            sources: [
              { secret: { name: 'certificate', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              { configMap: { name: 'perhaps', optional: true } },
            ],
          },
        },
      ],
    };
    await apply(cluster, target.namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'speeds' },
      data: { pace: 'slow' },
      binaryData: { image: 'AAAA' },
    });

    const problems = await check(target, { values });

    const at = `namespace ${target.namespace}`;
    expect(problems.map(({ check: id, message }) => `${id} ${message}`).sort()).toEqual([
      `XV-202 ConfigMap modes does not exist in ${at}, but the values name it.`,
      `XV-202 ConfigMap settings does not exist in ${at}, but the values name it.`,
      `XV-202 ConfigMap speeds in ${at} has no key speed.`,
      `XV-202 Secret certificate does not exist in ${at}, but the values name it.`,
      `XV-202 Secret login does not exist in ${at}, but the values name it.`,
    ]);
    expect(problems.find(({ message }) => message.includes('speeds'))?.why).toBe(
      'It has pace, image.',
    );
  });

  test('says of what a namespace would hold that the namespace comes first', async () => {
    const target = targetOf(cluster, 'not-there-yet');
    const values: Tree = { extraEnvFrom: [{ secretRef: { name: 'login' } }] };
    const problems = await check(target, { values });
    expect(problems).toMatchObject([
      {
        check: 'XV-202',
        message: expect.stringContaining('namespace not-there-yet does not exist yet'),
        next: expect.stringContaining('create namespace not-there-yet'),
      },
    ]);
  });

  test('refuses a placeholder for the address, unless there is such a Service', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));
    const values: Tree = {
      dispatch: { backend: 'redis', redis: { url: 'redis://redis-cluster:6379' } },
    };

    const before = await check(target, { values });
    await apply(cluster, target.namespace, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'redis-cluster' },
      spec: { ports: [{ port: 6379 }] },
    });

    expect(before.map(({ where }) => where)).toEqual(['dispatch.redis.url']);
    expect(await check(target, { values })).toEqual([]);
  });

  test('stops before helm where a field cannot be changed', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: raft });

    const problems = await check(target, {
      action: 'upgrade',
      values: { ...raft, storage: { size: '2Gi', class: 'fast-ssd' } },
    });

    expect(problems.map(({ message }) => message)).toEqual([
      'StatefulSet xerv: spec.volumeClaimTemplates[data].spec.resources.requests.storage cannot be changed from 1Gi to 2Gi.',
      'StatefulSet xerv: spec.volumeClaimTemplates[data].spec.storageClassName cannot be changed from not set to fast-ssd.',
    ]);
    expect(problems[0]?.next).toContain('delete statefulset xerv --cascade=orphan');
    // The same size in other words is no change.
    expect(
      await check(target, {
        action: 'upgrade',
        values: { ...raft, storage: { size: '1024Mi' } },
      }),
    ).toEqual([]);
  });

  test('lists everything at once', async () => {
    const target = targetOf(cluster, await makeNamespace(cluster));
    await apply(cluster, target.namespace, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'xerv' },
      spec: { ports: [{ port: 80 }] },
    });

    const problems = await check(target, {
      values: { ...raft, storage: { size: '1Gi', class: 'nope' } },
    });

    expect(problems.map(({ message }) => message)).toEqual([
      'The cluster has no StorageClass nope.',
      `Service xerv exists in namespace ${target.namespace} and was not created by helm.`,
    ]);
  });
});
