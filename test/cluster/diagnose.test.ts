import { expect, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import { readStatus } from '../../src/release/status.ts';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import {
  install,
  makePlan,
  openDependencies,
  run,
  runHelm,
  shortGraces,
  targetOf,
} from '../support/release.ts';

describeCluster('status', (cluster) => {
  test('shows a healthy release, and what readiness does not prove', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, {
      values: { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } },
    });

    const status = await readStatus(deps, target);

    expect(status).toMatchObject({
      health: 'healthy',
      summary: 'Release xerv is deployed at revision 1. 3 of 3 pods are ready.',
      release: { revision: 1, status: 'deployed', chartName: 'xerv' },
      backend: 'raft',
      workloads: [{ kind: 'StatefulSet', name: 'xerv', ready: 3, wanted: 3, updated: 3 }],
      claims: [{ name: 'data-xerv-0', phase: 'Bound' }, {}, {}],
      diagnoses: [],
      problems: [],
    });
    expect(status.pods.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'xerv-0 ready',
      'xerv-1 ready',
      'xerv-2 ready',
    ]);
    expect(status.notices[0]).toContain('runs from memory');
  });

  test('says what fails and why', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const image = { repository: 'registry.example/unpullable/xerv', tag: '1' };
    const plan = await makePlan(deps, target, { values: { image }, graces: shortGraces });
    await run(applyRelease(deps, plan, new AbortController().signal));

    const status = await readStatus(deps, target);

    expect(status.health).toBe('failing');
    expect(status.diagnoses).toMatchObject([{ cause: 'image-pull' }]);
    expect(status.summary).toContain('0 of 1 pods are ready; waiting for');
  });

  test('is progressing while pods come up', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target, { values: { image: { tag: 'slow-start' } } });
    const controller = new AbortController();
    await run(applyRelease(deps, plan, controller.signal), (event) => {
      if (event.type === 'rollout') controller.abort();
    });

    expect((await readStatus(deps, target)).health).toBe('progressing');
  });

  test('names the data that an earlier release left, and where XERV is else', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const other = targetOf(cluster, await makeNamespace(cluster));
    const values = { dispatch: { backend: 'raft' }, replicaCount: 1, storage: { size: '1Gi' } };
    await install(deps, target, { values });
    await install(deps, other);
    await runHelm(cluster, 'helm4', ['uninstall', 'xerv', '-n', target.namespace]);

    const status = await readStatus(deps, target);

    expect(status.health).toBe('absent');
    expect(status.summary).toContain('An earlier one left its data: data-xerv-0.');
    expect(status.problems[0]?.next).toContain(
      `status --context ${cluster.context} -n ${other.namespace}`,
    );
  });

  test('shows the pods to who may not read helm’s record', async () => {
    const admin = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(admin, target, {
      values: { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } },
    });

    const status = await readStatus(await openDependencies(cluster, { user: 'viewer' }), target);

    expect(status).toMatchObject({
      health: 'unknown',
      summary: expect.stringMatching(
        /no permission to read helm's record .* 3 of 3 pods are ready\.$/,
      ),
      release: undefined,
      workloads: [{ kind: 'StatefulSet', name: 'xerv', ready: 3, wanted: 3 }],
      pods: [{ name: 'xerv-0', state: 'ready' }, {}, {}],
      claims: [{ name: 'data-xerv-0' }, {}, {}],
      diagnoses: [],
      problems: [{ message: expect.stringContaining("helm's record") }],
    });
  });

  test('says what it may not read instead of guessing', async () => {
    const admin = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(admin, target);

    const status = await readStatus(await openDependencies(cluster, { user: 'nobody' }), target);

    expect(status.health).toBe('unknown');
    expect(status.problems[0]?.message).toContain("read helm's record for release xerv");
  });
});
