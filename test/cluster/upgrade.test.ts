import { expect, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import { readLiveValueOverrides } from '../../src/release/live-values.ts';
import { readTargetState } from '../../src/release/target-state.ts';
import { SecretMaterial } from '../../src/values/secrets.ts';
import type { Tree } from '../../src/values/tree.ts';
import { describeCluster, kubectlJson, makeNamespace } from '../support/cluster.ts';
import {
  bundledChart,
  helms,
  install,
  makePlan,
  names,
  openDependencies,
  outcomeOf,
  run,
  runHelm,
  targetOf,
  upstreamChart,
} from '../support/release.ts';

interface Claims {
  readonly items: {
    readonly metadata: {
      readonly name: string;
      readonly uid: string;
      readonly deletionTimestamp?: string;
    };
  }[];
}

describeCluster('upgrade', (cluster) => {
  const claimsIn = async (namespace: string) =>
    (await kubectlJson<Claims>(cluster, ['get', 'pvc', '-n', namespace])).items.map(
      ({ metadata: { name, uid, deletionTimestamp } }) => ({ name, uid, deletionTimestamp }),
    );

  const podsOf = async (namespace: string) =>
    (
      await kubectlJson<{
        items: { metadata: { uid: string }; spec: { containers: [{ image: string }] } }[];
      }>(cluster, ['get', 'pods', '-n', namespace])
    ).items;

  test.each(helms)('adds replicas and changes the image (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const raft: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } };
    await install(deps, target, { values: raft });

    const events = await install(deps, target, {
      values: { ...raft, replicaCount: 5, image: { tag: '0.1.1' } },
    });

    expect(outcomeOf(events).message).toBe('XERV is running: 5 of 5 ready, leader not verified');
    const pods = await podsOf(target.namespace);
    expect(pods.map(({ spec }) => spec.containers[0].image)).toEqual(
      Array.from({ length: 5 }, () => 'ghcr.io/ml-rust/xerv:0.1.1'),
    );
    // Readiness was not announced while old pods were counted.
    const rollouts = events.flatMap((event) => (event.type === 'rollout' ? [event] : []));
    expect(rollouts[0]?.ready).toBeLessThan(5);
  });

  test.each(helms)(
    'takes over a raft release of upstream 0.1.0 with its claims and policy (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const namespace = await makeNamespace(cluster);
      const target = targetOf(cluster, namespace);
      const sets = ['--set', 'dispatch.backend=raft,replicaCount=3'];
      await runHelm(cluster, helm, ['install', 'xerv', upstreamChart, '-n', namespace, ...sets]);
      await expect.poll(() => claimsIn(namespace), { timeout: 15_000 }).toHaveLength(3);
      const before = await claimsIn(namespace);
      const { history } = await readTargetState(deps, target);

      const overrides = await readLiveValueOverrides(deps.api, history?.newest, undefined);
      await install(deps, target, {
        values: { dispatch: { backend: 'raft' }, replicaCount: 3 },
      });

      expect(overrides.values).toEqual({ podManagementPolicy: 'OrderedReady' });
      expect(overrides.notices[0]).toContain('keeps podManagementPolicy OrderedReady');
      expect(await claimsIn(namespace)).toEqual(before);
      const set = await kubectlJson<{ spec: { podManagementPolicy: string } }>(cluster, [
        ...['get', 'statefulset', 'xerv', '-n', namespace],
      ]);
      expect(set.spec.podManagementPolicy).toBe('OrderedReady');
    },
  );

  test.each(helms)(
    'keeps the claim of an upstream release that the new values no longer use (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const namespace = await makeNamespace(cluster);
      const target = targetOf(cluster, namespace);
      await runHelm(cluster, helm, ['install', 'xerv', upstreamChart, '-n', namespace]);
      const before = await claimsIn(namespace);
      const plan = await makePlan(deps, target);
      expect(plan.claimsToKeep).toEqual(['xerv-data']);

      const { result } = await run(applyRelease(deps, plan, new AbortController().signal));

      expect(result.outcome).toBe('done');
      expect(await claimsIn(namespace)).toEqual(before);

      // And it is found again when it is asked for.
      await install(deps, target, { values: { persistence: { enabled: true } } });
      expect(await claimsIn(namespace)).toEqual(before);
    },
  );

  test('a changed password makes a new Secret and new pods; the old one goes when nothing needs it', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const change = async (password: string) => {
      const material = new SecretMaterial(`redis://:${password}@redis:6379`);
      const pending = [{ backend: 'redis', name: 'redis', key: 'url', material } as const];
      const draft = await makePlan(deps, target, { pending });
      const name = draft.secrets[0]?.name ?? '';
      const redis = { existingSecret: name, existingSecretKey: 'url' };
      const values = { dispatch: { backend: 'redis', redis } };
      const plan = { ...(await makePlan(deps, target, { values })), secrets: draft.secrets };
      const { result } = await run(applyRelease(deps, plan, new AbortController().signal));
      expect(result.outcome).toBe('done');
      return { name, pods: (await podsOf(target.namespace)).map(({ metadata }) => metadata.uid) };
    };

    const first = await change('one');
    const same = await change('one');
    const other = await change('two');

    expect(same).toEqual(first);
    expect(other.name).not.toBe(first.name);
    expect(other.pods).not.toEqual(first.pods);
    const ours = async () =>
      (await names(cluster, 'secrets', target.namespace)).filter((name) =>
        name.startsWith('xerv-redis'),
      );
    // helm could still roll back to revision 1.
    expect(await ours()).toEqual([first.name, other.name].sort());

    for (const revision of ['1', '2'])
      await deps.api.delete(
        `/api/v1/namespaces/${target.namespace}/secrets/sh.helm.release.v1.xerv.v${revision}`,
      );
    await change('two');
    expect(await ours()).toEqual([other.name]);
  });

  test.each(helms)(
    'changes a release that plain helm installed from our chart (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const namespace = await makeNamespace(cluster);
      const sets = ['--set', 'dispatch.backend=raft', '--set', 'replicaCount=3'];
      await runHelm(cluster, helm, ['install', 'xerv', bundledChart, '-n', namespace, ...sets]);

      const events = await install(deps, targetOf(cluster, namespace), {
        values: { dispatch: { backend: 'raft' }, replicaCount: 3, image: { tag: '0.1.1' } },
      });

      expect(outcomeOf(events).message).toContain('3 of 3 ready');
    },
  );

  test('works after the last upgrade failed', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target);
    // The Service's port is taken by a quota that was made meanwhile: helm fails in the middle.
    const failing = await makePlan(deps, target, {
      values: { service: { type: 'LoadBalancer' } },
    });
    await deps.api.post(
      `/api/v1/namespaces/${target.namespace}/resourcequotas`,
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'no-balancers' },
        spec: { hard: { 'services.loadbalancers': '0' } },
      },
      (await import('../../src/release/kinds.ts')).anyObject,
    );
    await expect
      .poll(() => names(cluster, 'resourcequota', target.namespace))
      .toEqual(['no-balancers']);

    const { events, result } = await run(applyRelease(deps, failing, new AbortController().signal));
    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events).state).toContain('helm rollback xerv 1');

    const mended = await install(deps, target, { values: { image: { tag: '0.1.1' } } });
    expect(outcomeOf(mended).outcome).toBe('done');
  });
});
