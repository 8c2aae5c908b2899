import { expect, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import { anyObject } from '../../src/release/kinds.ts';
import { planRollback } from '../../src/release/plan-rollback.ts';
import { rollbackRelease } from '../../src/release/rollback.ts';
import type { ReleaseDependencies } from '../../src/release/types.ts';
import type { Tree } from '../../src/values/tree.ts';
import { describeCluster, eventually, kubectlJson, makeNamespace } from '../support/cluster.ts';
import {
  bundledChart,
  helms,
  install,
  makePlan,
  openDependencies,
  outcomeOf,
  run,
  runHelm,
  shortGraces,
  targetOf,
} from '../support/release.ts';

const unpullable: Tree = { image: { repository: 'ghcr.io/unpullable/xerv' } };

describeCluster('rollback', (cluster) => {
  const read = <T>(kind: string, namespace: string) =>
    kubectlJson<{ readonly items: readonly T[] }>(cluster, ['get', kind, '-n', namespace]);

  /** A change that fails after helm has ended. */
  async function failChange(
    deps: ReleaseDependencies,
    target: ReturnType<typeof targetOf>,
    values: Tree,
  ) {
    const plan = await makePlan(deps, target, { values, graces: shortGraces });
    const { events, result } = await run(applyRelease(deps, plan, new AbortController().signal));
    expect(result.outcome).toBe('failed');
    return outcomeOf(events);
  }

  /** Makes helm itself fail at a Service of that type. */
  async function forbidLoadBalancers(deps: ReleaseDependencies, namespace: string) {
    await deps.api.post(
      `/api/v1/namespaces/${namespace}/resourcequotas`,
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'no-balancers' },
        spec: { hard: { 'services.loadbalancers': '0' } },
      },
      anyObject,
    );
    await eventually(async () => {
      const { items } = await read<{ status?: { hard?: object } }>('resourcequota', namespace);
      return items[0]?.status?.hard;
    });
  }

  test('is not begun where somebody has changed the release since it was planned', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target);
    await install(deps, target, { values: { minReadySeconds: 1 } });
    const planned = await planRollback(deps, target, {
      revision: 1,
      serverSide: () => false,
      timeoutSeconds: 30,
    });
    if (!planned.ok) throw new Error(JSON.stringify(planned));
    await install(deps, target, { values: { minReadySeconds: 2 } });

    const never = new AbortController().signal;
    const { events, result } = await run(rollbackRelease(deps, planned.plan, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
    expect(outcomeOf(events).message).toMatch(/^The rollback was not begun: /);
    const read = await deps.releases.history({ namespace: target.namespace, name: target.release });
    expect(read.ok && read.value?.newest.revision).toBe(3);
  });

  test.each(helms)('is advised to a revision that ran, and to no other (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target);

    // Revision 2: helm calls it deployed, and later superseded.
    const back = expect.stringMatching(/^Go back to revision 1, which ran: helm rollback xerv 1 /);
    expect((await failChange(deps, target, unpullable)).next).toContainEqual(back);
    expect((await failChange(deps, target, { ...unpullable, replicaCount: 2 })).next) //
      .toContainEqual(back);
    await forbidLoadBalancers(deps, target.namespace);
    const failed = await failChange(deps, target, { service: { type: 'LoadBalancer' } });
    expect(failed.state).toMatch(/marked failed at revision 4.* Revision 1 ran before .*xerv 1 /);
    await goBack(deps, target, helm);
    expect((await failChange(deps, target, unpullable)).next).toContainEqual(
      expect.stringMatching(/^Go back to revision 5, which ran/),
    );
  });

  test.each(helms)('is not advised where nothing is known to have run (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    const image = ['--set', 'image.repository=ghcr.io/unpullable/xerv'];
    await runHelm(cluster, helm, ['install', 'xerv', bundledChart, '-n', namespace, ...image]);

    const { next } = await failChange(deps, target, { ...unpullable, replicaCount: 2 });
    expect(next.join('\n')).toContain('No earlier revision is known to have run');
    expect(next.join('\n')).not.toContain('rollback');
    await forbidLoadBalancers(deps, namespace);
    const { state } = await failChange(deps, target, { service: { type: 'LoadBalancer' } });
    expect(state).toContain('No earlier revision is known to have run.');
    expect(state).not.toContain('rollback');
  });

  async function goBack(
    deps: ReleaseDependencies,
    target: ReturnType<typeof targetOf>,
    helm: (typeof helms)[number],
  ) {
    const options = { revision: 1, serverSide: () => helm === 'helm4', timeoutSeconds: undefined };
    const planned = await planRollback(deps, target, options);
    if (!planned.ok) throw new Error(planned.problems[0]?.message);
    const { events } = await run(rollbackRelease(deps, planned.plan, new AbortController().signal));
    return { planned, events };
  }

  test.each(helms)('brings back what ran, on the same claims (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const raft: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } };
    await install(deps, target, { values: raft });
    const claims = () => read<{ metadata: { uid: string } }>('pvc', target.namespace);
    const before = (await claims()).items.map(({ metadata }) => metadata.uid);
    await failChange(deps, target, { ...raft, ...unpullable });

    const { planned, events } = await goBack(deps, target, helm);

    expect(planned.release.objects).toContainEqual(
      expect.objectContaining({ object: 'StatefulSet/xerv', action: 'changed' }),
    );
    expect(outcomeOf(events)).toMatchObject({
      outcome: 'done',
      message: expect.stringMatching(/^Revision 1 is restored\. XERV is running: 3 of 3 ready/),
    });
    const pods = await read<{ spec: { containers: [{ image: string }] } }>(
      'pods',
      target.namespace,
    );
    expect(pods.items.map(({ spec }) => spec.containers[0].image)).toEqual(
      Array.from({ length: 3 }, () => 'ghcr.io/ml-rust/xerv:0.1.0'),
    );
    expect((await claims()).items.map(({ metadata }) => metadata.uid)).toEqual(before);
  });

  test('keeps a claim that the revision did not have', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { persistence: { enabled: false } } });
    await failChange(deps, target, { persistence: { enabled: true, size: '1Gi' }, ...unpullable });

    const { planned, events } = await goBack(deps, target, 'helm4');

    expect(planned.release.data).toMatchObject([{ claim: 'xerv-data', fate: 'kept' }]);
    expect(outcomeOf(events).problems).toEqual([]);
    expect(outcomeOf(events).outcome).toBe('done');
    const { items } = await read<{ metadata: { name: string } }>('pvc', target.namespace);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['xerv-data']);
  });

  test('refuses where there is nothing to go back to', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = async (revision: number) => {
      const options = { revision, serverSide: () => true, timeoutSeconds: undefined };
      const planned = await planRollback(deps, target, options);
      return planned.ok ? 'planned' : planned.problems[0]?.message;
    };
    expect(await plan(1)).toContain('Nothing is installed');
    await install(deps, target);
    expect(await plan(1)).toContain('nothing to go back from');
    expect(await plan(7)).toContain('keeps revision 7');
  });
});
