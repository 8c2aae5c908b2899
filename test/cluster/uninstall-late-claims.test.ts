import { expect, onTestFinished, test } from 'vitest';
import { planUninstall } from '../../src/release/plan-uninstall.ts';
import type { ReleaseDependencies } from '../../src/release/types.ts';
import { uninstallRelease } from '../../src/release/uninstall.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  kubectlJson,
  makeNamespace,
} from '../support/cluster.ts';
import { apply } from '../support/pods.ts';
import {
  bundledChart,
  install,
  names,
  openDependencies,
  outcomeOf,
  run,
  runHelm,
  targetOf,
} from '../support/release.ts';

const raft = { dispatch: { backend: 'raft' }, storage: { size: '1Gi' } };

interface Claim {
  readonly metadata: { readonly uid: string; readonly labels: Readonly<Record<string, string>> };
}

/** The StatefulSet controller, or somebody, makes claims anew while an uninstall deletes them. */
describeCluster('claims that come while the data is being deleted', (cluster) => {
  const never = new AbortController().signal;

  const claimOf = (namespace: string, name: string) =>
    kubectlJson<Claim>(cluster, ['get', 'pvc', name, '-n', namespace]);

  /** Does something once the claim `data-xerv-0` was seen to be gone, before that is told. */
  function onceGone(deps: ReleaseDependencies, act: () => Promise<void>): ReleaseDependencies {
    let isDone = false;
    const get: typeof deps.api.get = async (path, ...rest) => {
      const answer = await deps.api.get(path, ...rest);
      const isGone = !answer.ok && answer.failure.kind === 'not-found';
      if (!isDone && isGone && path.endsWith('/persistentvolumeclaims/data-xerv-0')) {
        isDone = true;
        await act();
      }
      return answer;
    };
    return { ...deps, api: { ...deps.api, get } };
  }

  /** The release's own set, made as it was when the uninstall began. */
  async function savedSet(namespace: string): Promise<object> {
    const { metadata, spec, apiVersion, kind } = await kubectlJson<{
      metadata: { name: string; labels: object };
      spec: object;
      apiVersion: string;
      kind: string;
    }>(cluster, ['get', 'statefulset', 'xerv', '-n', namespace]);
    return { apiVersion, kind, spec, metadata: { name: metadata.name, labels: metadata.labels } };
  }

  test('all of them are gone where the set was still making them', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    const replicas = 15;
    const values = ['--set', `dispatch.backend=raft,replicaCount=${replicas},storage.size=1Gi`];
    await runHelm(cluster, 'helm4', ['install', 'xerv', bundledChart, '-n', namespace, ...values]);
    const plan = await eventually(async () => {
      const made = await planUninstall(deps, target);
      return made.ledger.length > 0 ? made : undefined;
    });
    // Most often some are still to come; on a busy machine all may have been made by now.
    await eventually(async () => {
      const { length } = await names(cluster, 'pvc', namespace);
      return length > plan.ledger.length || length === replicas ? true : undefined;
    });

    const { events, result } = await run(uninstallRelease(deps, plan, { deleteData: true }, never));

    expect(await names(cluster, 'pvc', namespace)).toEqual([]);
    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    expect(outcomeOf(events).problems).toEqual([]);
  });

  test('those of a set whose status was not written yet go too', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    await install(deps, target, { values: { ...raft, replicaCount: 3 } });
    const plan = await planUninstall(deps, target);
    const early = { ...plan, ledger: plan.ledger.slice(0, 1) };
    const get: typeof deps.api.get = (path, ...rest) =>
      path.endsWith('/statefulsets/xerv')
        ? Promise.resolve({ ok: false, failure: { kind: 'not-found', message: '' } })
        : deps.api.get(path, ...rest);
    const blind = { ...deps, api: { ...deps.api, get } };

    const { result } = await run(uninstallRelease(blind, early, { deleteData: true }, never));

    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    expect(await names(cluster, 'pvc', namespace)).toEqual([]);
  });

  test('one that the controller made too late goes too', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    const [set, before] = [await savedSet(namespace), await claimOf(namespace, 'data-xerv-0')];
    const plan = await planUninstall(deps, target);
    const late = onceGone(deps, async () => {
      await apply(cluster, namespace, set);
      const { metadata } = await eventually(() => claimOf(namespace, 'data-xerv-0'));
      expect(metadata.uid).not.toBe(before.metadata.uid);
      await kubectl(cluster, ['delete', 'statefulset', 'xerv', '-n', namespace]);
    });

    const { events, result } = await run(uninstallRelease(late, plan, { deleteData: true }, never));

    expect(await names(cluster, 'pvc', namespace)).toEqual([]);
    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    expect(events).toContainEqual({
      type: 'removed',
      object: 'PersistentVolumeClaim data-xerv-0',
    });
  });

  test('one that somebody made on purpose stays, and is told', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    const { metadata } = await claimOf(namespace, 'data-xerv-0');
    const plan = await planUninstall(deps, target);
    const restored = onceGone(deps, () =>
      // As a backup is restored: with the labels that it had.
      apply(cluster, namespace, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data-xerv-0', labels: metadata.labels },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
    );

    const { events, result } = await run(
      uninstallRelease(restored, plan, { deleteData: true }, never),
    );

    expect(await names(cluster, 'pvc', namespace)).toEqual(['data-xerv-0']);
    expect(events).not.toContainEqual({
      type: 'removed',
      object: 'PersistentVolumeClaim data-xerv-0',
    });
    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events)).toMatchObject({
      state: 'Still there: data-xerv-0.',
      problems: [{ message: expect.stringContaining('Claim data-xerv-0 was created while') }],
    });
  });

  test('one that a set wants that is there again is not deleted under it', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { namespace } = target;
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    const set = await savedSet(namespace);
    const plan = await planUninstall(deps, target);
    const again = onceGone(deps, async () => {
      await apply(cluster, namespace, set);
      await eventually(() => claimOf(namespace, 'data-xerv-0'));
    });
    onTestFinished(async () => {
      await kubectl(cluster, ['delete', 'statefulset', 'xerv', '-n', namespace]);
    });

    const { events, result } = await run(
      uninstallRelease(again, plan, { deleteData: true }, never),
    );

    expect(await names(cluster, 'pvc', namespace)).toEqual(['data-xerv-0']);
    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events).problems).toMatchObject([
      { why: expect.stringContaining('StatefulSet xerv uses it') },
    ]);
  });
});
