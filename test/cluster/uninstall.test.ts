import { expect, test } from 'vitest';
import type { ReleaseEvent } from '../../src/release/events.ts';
import { planUninstall } from '../../src/release/plan-uninstall.ts';
import type { ReleaseDependencies } from '../../src/release/types.ts';
import { uninstallRelease } from '../../src/release/uninstall.ts';
import { describeCluster, kubectl, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { apply } from '../support/pods.ts';
import {
  helms,
  install,
  makeForeignChart,
  names,
  openDependencies,
  outcomeOf,
  run,
  runHelm,
  setReleaseStatus,
  targetOf,
  upstreamChart,
} from '../support/release.ts';

const raft = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '1Gi' } };

describeCluster('uninstall', (cluster) => {
  const never = new AbortController().signal;

  const uninstall = async (
    deps: ReleaseDependencies,
    target: ReturnType<typeof targetOf>,
    options: { deleteData: boolean; timeoutSeconds?: number },
  ) => {
    const plan = await planUninstall(deps, target);
    expect(plan.problems).toEqual([]);
    return { plan, ...(await run(uninstallRelease(deps, plan, options, never))) };
  };

  /** By a pod of somebody else. */
  const holdFirstClaim = (namespace: string) =>
    apply(cluster, namespace, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'backup' },
      spec: {
        containers: [{ name: 'backup', image: 'registry.example/backup:1' }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-xerv-0' } }],
      },
    });

  const kept = (events: readonly ReleaseEvent[]) =>
    events.flatMap((event) => (event.type === 'kept' ? [event.object] : []));
  const removed = (events: readonly ReleaseEvent[]) =>
    events.flatMap((event) => (event.type === 'removed' ? [event.object] : []));

  test.each(helms)('keeps the claims, and a later install finds them again (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: raft });
    const before = await kubectlJson<{ items: { metadata: { uid: string } }[] }>(cluster, [
      ...['get', 'pvc', '-n', target.namespace],
    ]);

    const { plan, events, result } = await uninstall(deps, target, { deleteData: false });

    expect(plan.ledger).toMatchObject([
      {
        name: 'data-xerv-0',
        owner: 'stateful-set',
        size: '1Gi',
        storageClass: 'standard',
        mountedBy: ['xerv-0'],
        volume: { kind: 'known', reclaimPolicy: 'Delete' },
      },
      { name: 'data-xerv-1' },
      { name: 'data-xerv-2' },
    ]);
    expect(plan.removes).toContain('StatefulSet xerv');
    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    expect(kept(events)).toHaveLength(3);
    expect(await names(cluster, 'pods', target.namespace)).toEqual([]);
    expect(await names(cluster, 'statefulset', target.namespace)).toEqual([]);
    expect(await names(cluster, 'pvc', target.namespace)).toHaveLength(3);

    await install(deps, target, { values: raft });
    const after = await kubectlJson<typeof before>(cluster, [
      ...['get', 'pvc', '-n', target.namespace],
    ]);
    expect(after.items.map(({ metadata }) => metadata.uid)).toEqual(
      before.items.map(({ metadata }) => metadata.uid),
    );
  });

  test.each(helms)('deletes this release’s claims and nobody else’s (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const namespace = await makeNamespace(cluster);
    const target = targetOf(cluster, namespace);
    // Its claims are called data-xerv-2-0 …, and a claim of the user's own looks like ours.
    const neighbour = targetOf(cluster, namespace, 'xerv-2');
    await install(deps, neighbour, { values: { ...raft, replicaCount: 1 } });
    await install(deps, target, { values: raft });
    await apply(cluster, namespace, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data-xerv-9' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });

    const { events, result } = await uninstall(deps, target, { deleteData: true });

    expect(result.outcome).toBe('done');
    expect(removed(events)).toEqual(
      expect.arrayContaining(['PersistentVolumeClaim data-xerv-0', 'StatefulSet xerv']),
    );
    expect(await names(cluster, 'pvc', namespace)).toEqual(['data-xerv-2-0', 'data-xerv-9']);
    expect(await names(cluster, 'pods', namespace)).toEqual(['xerv-2-0']);
  });

  test.each([true, false])(
    'removes nothing of a release that somebody has changed since (data goes: %s)',
    async (deleteData) => {
      const deps = await openDependencies(cluster);
      const target = targetOf(cluster, await makeNamespace(cluster));
      await install(deps, target, { values: {} });
      const plan = await planUninstall(deps, target);
      await install(deps, target, { values: raft });

      const options = { deleteData };
      const { events, result } = await run(uninstallRelease(deps, plan, options, never));
      const outcome = outcomeOf(events);

      expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
      expect(outcome.message).toMatch(/^The uninstall was not begun: .* what you were shown/);
      expect(outcome.problems[0]?.message).toMatch(/revision 1, now it is deployed at revision 2/);
      expect(await names(cluster, 'statefulset', target.namespace)).toEqual(['xerv']);
      expect(await names(cluster, 'pvc', target.namespace)).toHaveLength(3);
    },
  );

  test('goes on where somebody has removed the release meanwhile', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    const plan = await planUninstall(deps, target);
    await uninstall(deps, target, { deleteData: false });

    const { result } = await run(uninstallRelease(deps, plan, { deleteData: true }, never));

    expect(result.outcome).toBe('done');
    expect(await names(cluster, 'pvc', target.namespace)).toEqual([]);
  });

  test('removes no data under a release that somebody has installed meanwhile', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    await uninstall(deps, target, { deleteData: false });
    const plan = await planUninstall(deps, target);
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });

    const { result } = await run(uninstallRelease(deps, plan, { deleteData: true }, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
    expect(await names(cluster, 'pvc', target.namespace)).toEqual(['data-xerv-0']);
  });

  test('says where the data of a Retain volume stays', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, {
      values: { ...raft, replicaCount: 1, storage: { size: '1Gi', class: 'retain' } },
    });

    const { plan, events, result } = await uninstall(deps, target, { deleteData: true });

    expect(plan.ledger[0]?.onDelete).toContain('stays as Released');
    expect(result.outcome).toBe('done');
    const volume = kept(events).find((object) => object.startsWith('PersistentVolume '));
    const name = volume?.split(' ')[1] ?? '';
    const { status } = await kubectlJson<{ status: { phase: string } }>(cluster, [
      ...['get', 'pv', name],
    ]);
    expect(status.phase).toBe('Released');
    await kubectl(cluster, ['delete', 'pv', name]);
  });

  test.each(helms)(
    'keeps the claim of a release of upstream 0.1.0, which helm alone would delete (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const namespace = await makeNamespace(cluster);
      const target = targetOf(cluster, namespace);
      await runHelm(cluster, helm, ['install', 'xerv', upstreamChart, '-n', namespace]);
      const [before] = (
        await kubectlJson<{ items: { metadata: { uid: string } }[] }>(cluster, [
          ...['get', 'pvc', '-n', namespace],
        ])
      ).items;

      const { plan, result } = await uninstall(deps, target, { deleteData: false });

      expect(plan.ledger).toMatchObject([
        { name: 'xerv-data', owner: 'chart', deletedByHelm: true },
      ]);
      expect(result.outcome).toBe('done');
      const after = await kubectlJson<{
        items: { metadata: { name: string; uid: string; deletionTimestamp?: string } }[];
      }>(cluster, ['get', 'pvc', '-n', namespace]);
      expect(after.items).toHaveLength(1);
      expect(after.items[0]?.metadata.uid).toBe(before?.metadata.uid);
      expect(after.items[0]?.metadata.deletionTimestamp).toBeUndefined();
      expect(await names(cluster, 'deployment', namespace)).toEqual([]);
    },
  );

  test.each(['uninstalling', 'pending-install', 'failed'])(
    'keeps it too where the release is %s',
    async (status) => {
      const deps = await openDependencies(cluster);
      const namespace = await makeNamespace(cluster);
      await runHelm(cluster, 'helm4', ['install', 'xerv', upstreamChart, '-n', namespace]);
      await setReleaseStatus(cluster, namespace, status);

      const { plan, result } = await uninstall(deps, targetOf(cluster, namespace), {
        deleteData: false,
      });

      expect(plan.warnings).toHaveLength(status === 'failed' ? 0 : 1);
      expect(result.outcome).toBe('done');
      const { items } = await kubectlJson<{
        items: { metadata: { deletionTimestamp?: string } }[];
      }>(cluster, ['get', 'pvc', '-n', namespace]);
      expect(items.map(({ metadata }) => metadata.deletionTimestamp)).toEqual([undefined]);
      expect(await names(cluster, 'deployment', namespace)).toEqual([]);
    },
  );

  test('a kept release record is the only one that helm leaves alone: the control', async () => {
    const namespace = await makeNamespace(cluster);
    await runHelm(cluster, 'helm4', ['install', 'xerv', upstreamChart, '-n', namespace]);
    const annotation = 'helm.sh/resource-policy=keep';
    await kubectl(cluster, ['annotate', 'pvc', 'xerv-data', annotation, '-n', namespace]);

    await runHelm(cluster, 'helm4', ['uninstall', 'xerv', '-n', namespace]);

    // The annotation on the live claim did not save it.
    const claims = await kubectlJson<{ items: { metadata: { deletionTimestamp?: string } }[] }>(
      cluster,
      ['get', 'pvc', '-n', namespace],
    );
    expect(claims.items.every(({ metadata }) => metadata.deletionTimestamp)).toBe(true);
  });

  test('deletes what an earlier uninstall kept', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    await uninstall(deps, target, { deleteData: false });

    const { plan, result } = await uninstall(deps, target, { deleteData: true });

    expect(plan.release).toBeUndefined();
    expect(result.outcome).toBe('done');
    expect(await names(cluster, 'pvc', target.namespace)).toEqual([]);
  });

  test.each(helms)(
    'broken off in the middle, it says what is left and goes on later (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const target = targetOf(cluster, await makeNamespace(cluster));
      await install(deps, target, { values: { ...raft, replicaCount: 2 } });
      const plan = await planUninstall(deps, target);
      const controller = new AbortController();

      const { events, result } = await run(
        uninstallRelease(deps, plan, { deleteData: true }, controller.signal),
        (event) => {
          if (event.type === 'step') setTimeout(() => controller.abort(), 120);
        },
      );

      expect(result).toEqual({ outcome: 'cancelled', exitCode: 130 });
      expect(outcomeOf(events).state).toMatch(/is deployed|half removed|There is no release/);
      expect(await names(cluster, 'pvc', target.namespace)).toEqual(['data-xerv-0', 'data-xerv-1']);

      const again = await uninstall(deps, target, { deleteData: true });
      expect(again.result.outcome).toBe('done');
      expect(await names(cluster, 'pvc', target.namespace)).toEqual([]);
      expect(await names(cluster, 'statefulset', target.namespace)).toEqual([]);
    },
  );

  test('deletes nothing under a pod that does not stop, and can go on later', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, {
      values: { ...raft, replicaCount: 1, image: { tag: 'stuck-terminating' } },
    });

    const { events, result } = await uninstall(deps, target, {
      deleteData: true,
      timeoutSeconds: 3,
    });

    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events).problems[0]?.message).toBe('xerv-0 does not stop.');
    const claim = await kubectlJson<{ metadata: { deletionTimestamp?: string } }>(cluster, [
      ...['get', 'pvc', 'data-xerv-0', '-n', target.namespace],
    ]);
    expect(claim.metadata.deletionTimestamp).toBeUndefined();

    const force = ['delete', 'pod', 'xerv-0', '--force', '--grace-period=0'];
    await kubectl(cluster, [...force, '-n', target.namespace]);
    const again = await uninstall(deps, target, { deleteData: true });
    expect(again.result.outcome).toBe('done');
    expect(await names(cluster, 'pvc', target.namespace)).toEqual([]);
  });

  test('says which foreign pod still holds a claim', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 1 } });
    await holdFirstClaim(target.namespace);

    const { events, result } = await uninstall(deps, target, {
      deleteData: true,
      timeoutSeconds: 3,
    });

    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events).problems).toMatchObject([
      {
        message: 'Claim data-xerv-0 is marked for deletion but still there.',
        why: expect.stringContaining('backup'),
      },
    ]);
  });

  test('broken off, it says what became of the data, also where the set would delete it', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const retentionPolicy = { whenDeleted: 'Delete' };
    await install(deps, target, {
      values: {
        ...raft,
        replicaCount: 1,
        image: { tag: 'stuck-terminating' },
        storage: { size: '1Gi', retentionPolicy },
      },
    });
    const brokenOff = async (phase: ReleaseEvent['type'] | 'marked') => {
      const plan = await planUninstall(deps, target);
      const controller = new AbortController();
      const ending = run(
        uninstallRelease(deps, plan, { deleteData: true }, controller.signal),
        ({ type }) => {
          if (type === phase) controller.abort();
        },
      );
      if (phase === 'marked')
        await expect
          .poll(async () => (await claim()).metadata.deletionTimestamp, { timeout: 15_000 })
          .toBeDefined()
          .then(() => controller.abort());
      return outcomeOf((await ending).events);
    };
    const claim = () =>
      kubectlJson<{ metadata: { deletionTimestamp?: string } }>(cluster, [
        ...['get', 'pvc', 'data-xerv-0', '-n', target.namespace],
      ]);

    expect(await brokenOff('rollout')).toMatchObject({
      outcome: 'cancelled',
      state: `There is no release xerv in namespace ${target.namespace}. No claim was deleted.`,
    });
    expect((await claim()).metadata.deletionTimestamp).toBeUndefined();

    // A pod of somebody else holds the claim.
    await kubectl(cluster, [
      ...['delete', 'pod', 'xerv-0', '--force', '--grace-period=0', '-n', target.namespace],
    ]);
    await holdFirstClaim(target.namespace);
    expect(await brokenOff('marked')).toMatchObject({
      outcome: 'cancelled',
      state: expect.stringContaining('Still there: data-xerv-0.'),
      problems: [{ message: 'Claim data-xerv-0 is marked for deletion but still there.' }],
    });
  });

  test('says of no claim that it is still there where the answer was lost', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 2 } });
    const lost = { ok: false, failure: { kind: 'unreachable', message: 'EOF' } } as const;
    let isAway = false;
    const api: typeof deps.api = {
      ...deps.api,
      delete: async (path, ...rest) => {
        const answer = await deps.api.delete(path, ...rest);
        return path.endsWith('/data-xerv-1') ? lost : answer;
      },
      get: async (path, ...rest) =>
        isAway && path.endsWith('/data-xerv-1') ? lost : deps.api.get(path, ...rest),
    };
    const plan = await planUninstall(deps, target);
    isAway = true;

    const { events, result } = await run(
      uninstallRelease({ ...deps, api }, plan, { deleteData: true, timeoutSeconds: 5 }, never),
    );

    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events)).toMatchObject({
      message: 'The release is removed; could not read whether all of its data is.',
      state: 'Possibly still there: data-xerv-1.',
    });
    isAway = false;
    const answerLost = await run(
      uninstallRelease({ ...deps, api }, plan, { deleteData: true, timeoutSeconds: 5 }, never),
    );
    expect(answerLost.result.outcome).toBe('done');
  });

  test('keeps claims that the StatefulSet would delete', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { ...raft, replicaCount: 2 } });
    const patch = { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } } };
    await kubectl(cluster, [
      ...['patch', 'statefulset', 'xerv', '-n', target.namespace, '--type=merge'],
      ...['-p', JSON.stringify(patch)],
    ]);
    await expect
      .poll(async () => (await planUninstall(deps, target)).ledger, { timeout: 15_000 })
      .toMatchObject([{ deletedWithStatefulSet: true }, { deletedWithStatefulSet: true }]);

    const { result } = await uninstall(deps, target, { deleteData: false });

    expect(result.outcome).toBe('done');
    const claims = await kubectlJson<{ items: { metadata: { deletionTimestamp?: string } }[] }>(
      cluster,
      ['get', 'pvc', '-n', target.namespace],
    );
    expect(claims.items.map(({ metadata }) => metadata.deletionTimestamp)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('finds nothing to remove, and names where XERV is', async () => {
    const deps = await openDependencies(cluster);
    const empty = targetOf(cluster, await makeNamespace(cluster));
    const other = targetOf(cluster, await makeNamespace(cluster), 'elsewhere');
    await install(deps, other);

    const { problems } = await planUninstall(deps, empty);

    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('Nothing is installed as release xerv');
    expect(problems[0]?.next).toContain(
      `create-xerv-deploy uninstall --context ${cluster.context} -n ${other.namespace} --release elsewhere`,
    );
  });

  test('does not touch a release of another chart', async () => {
    const deps = await openDependencies(cluster);
    const namespace = await makeNamespace(cluster);
    const chart = await makeForeignChart();
    await runHelm(cluster, 'helm4', ['install', 'xerv', chart, '-n', namespace]);

    const plan = await planUninstall(deps, targetOf(cluster, namespace));

    expect(plan.problems[0]?.message).toContain('is of another chart: postgresql 1.2.3');
    expect(plan.removes).toEqual([]);
  });
});
