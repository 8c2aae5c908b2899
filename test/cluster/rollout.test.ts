import { expect, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import type { Diagnosis } from '../../src/release/events.ts';
import type { Tree } from '../../src/values/tree.ts';
import { describeCluster, kubectl, makeNamespace } from '../support/cluster.ts';
import { apply } from '../support/pods.ts';
import {
  install,
  makePlan,
  openDependencies,
  outcomeOf,
  type PlanOptions,
  run,
  shortGraces,
  targetOf,
} from '../support/release.ts';

const timeoutSeconds = 100;
/** What will not heal ends a rollout before its time is over; in seconds, for a busy machine too. */
const longBeforeTheEnd = 60;

describeCluster('rollout', (cluster) => {
  /** Installs what cannot work; gives how it ended and how long that took, in seconds. */
  const fail = async (
    options: PlanOptions,
    prepare: (namespace: string) => Promise<unknown> = async () => {},
    labels: Readonly<Record<string, string>> = {},
  ) => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster, labels));
    await prepare(target.namespace);
    const plan = await makePlan(deps, target, {
      timeoutSeconds,
      graces: shortGraces,
      ...options,
    });
    const startedAt = Date.now();
    const { events, result } = await run(applyRelease(deps, plan, new AbortController().signal));
    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    const outcome = outcomeOf(events);
    return { deps, target, outcome, seconds: (Date.now() - startedAt) / 1000 };
  };

  const raft = (extra: Tree = {}): Tree => ({
    dispatch: { backend: 'raft' },
    replicaCount: 3,
    storage: { size: '1Gi' },
    ...extra,
  });

  const evidence = (diagnosis: Diagnosis | undefined) => diagnosis?.evidence.join('\n') ?? '';

  test('ends at once on an image that cannot be pulled', async () => {
    const { outcome, seconds, target } = await fail({
      values: raft({ image: { repository: 'registry.example/unpullable/xerv', tag: '0.1.9' } }),
    });

    expect(seconds).toBeLessThan(longBeforeTheEnd);
    expect(outcome.diagnoses).toHaveLength(1);
    const [diagnosis] = outcome.diagnoses;
    expect(diagnosis).toMatchObject({ cause: 'image-pull', object: 'Pod xerv-0' });
    expect(evidence(diagnosis)).toContain('registry.example/unpullable/xerv:0.1.9');
    expect(diagnosis?.next).toContain(
      `create-xerv-deploy upgrade --image REPOSITORY:TAG --context ${cluster.context} -n ${target.namespace}`,
    );
    expect(outcome.state).toContain('Nothing was undone');
  });

  test('quotes the last log lines of a container that ends again and again', async () => {
    const { outcome, seconds } = await fail({ values: { image: { tag: 'crash-loop' } } });

    expect(seconds).toBeLessThan(longBeforeTheEnd);
    const [diagnosis] = outcome.diagnoses;
    expect(diagnosis).toMatchObject({ cause: 'crash-loop' });
    expect(evidence(diagnosis)).toMatch(/exit code \d+/);
    expect(evidence(diagnosis)).toMatch(/^log: /m);
    expect(diagnosis?.next).toContain('--previous');
  });

  test('says when a container had too little memory', async () => {
    const { outcome } = await fail({
      values: { image: { tag: 'oom-killed' }, resources: { limits: { memory: '300Mi' } } },
    });

    expect(outcome.diagnoses[0]).toMatchObject({ cause: 'out-of-memory' });
    expect(outcome.diagnoses[0]?.message).toContain('300Mi');
  });

  test('names what no node has enough of', async () => {
    const { outcome, seconds } = await fail({
      values: { resources: { requests: { cpu: '500' }, limits: { cpu: '500' } } },
    });

    expect(seconds).toBeLessThan(longBeforeTheEnd);
    expect(outcome.diagnoses[0]).toMatchObject({ cause: 'unschedulable' });
    expect(evidence(outcome.diagnoses[0])).toContain('Insufficient cpu');
  });

  test('lists the StorageClasses when a claim asks for one that does not exist', async () => {
    const { outcome, seconds } = await fail({
      values: raft({ storage: { size: '1Gi', class: 'nope' } }),
    });

    expect(seconds).toBeLessThan(longBeforeTheEnd);
    const [diagnosis] = outcome.diagnoses;
    expect(diagnosis).toMatchObject({
      cause: 'unbound-claim',
      object: 'PersistentVolumeClaim data-xerv-0',
      message: expect.stringContaining('no StorageClass nope'),
    });
    expect(evidence(diagnosis)).toContain('fast-ssd');
  });

  test('tells that Pod Security refuses the pods', async () => {
    const { outcome, seconds } = await fail(
      { values: { podSecurityContext: { runAsNonRoot: false } } },
      undefined,
      { 'pod-security.kubernetes.io/enforce': 'restricted' },
    );

    expect(seconds).toBeLessThan(longBeforeTheEnd);
    expect(outcome.diagnoses[0]).toMatchObject({ cause: 'pods-refused' });
    expect(evidence(outcome.diagnoses[0])).toContain('violates PodSecurity');
  });

  test('tells so of an update too, while the old pods still run', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await install(deps, target, { values: { podSecurityContext: { runAsNonRoot: false } } });
    const level = 'pod-security.kubernetes.io/enforce=restricted';
    await kubectl(cluster, ['label', 'namespace', target.namespace, level]);
    const values = { podSecurityContext: { runAsNonRoot: false }, image: { tag: '0.1.1' } };
    const plan = await makePlan(deps, target, { values, timeoutSeconds: 30 });

    const { events } = await run(applyRelease(deps, plan, new AbortController().signal));

    expect(outcomeOf(events).message).toContain('the cluster refuses pods of xerv');
    expect(outcomeOf(events).next.join()).toContain('helm rollback xerv 1');
  });

  test('tells that a quota leaves no room', async () => {
    const { outcome } = await fail({ values: raft() }, (namespace) =>
      apply(cluster, namespace, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'small' },
        spec: { hard: { pods: '1' } },
      }),
    );

    expect(outcome.diagnoses[0]).toMatchObject({ cause: 'pods-refused' });
    expect(evidence(outcome.diagnoses[0])).toContain('exceeded quota');
    expect(outcome.state).toContain('1 of 3 pods are ready');
  });

  test('gives up after the time limit and says what it was waiting for', async () => {
    const { outcome, seconds } = await fail({
      values: { image: { tag: 'never-ready' } },
      timeoutSeconds: 4,
    });

    expect(seconds).toBeGreaterThan(3.5);
    expect(outcome.message).toContain('did not finish within 4 s');
    expect(outcome.diagnoses[0]).toMatchObject({ cause: 'not-ready' });
  });

  test('waits for pods that start slowly, and shows each step once', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));

    const events = await install(deps, target, { values: raft({ image: { tag: 'slow-start' } }) });

    const rollouts = events.flatMap((event) => (event.type === 'rollout' ? [event] : []));
    expect(rollouts.at(-1)).toMatchObject({ ready: 3, wanted: 3 });
    expect(rollouts.at(-1)?.claims.map(({ phase }) => phase)).toEqual(['Bound', 'Bound', 'Bound']);
    const seen = rollouts.map(({ ready, pods, claims }) =>
      JSON.stringify([ready, claims, pods.map((pod) => ({ ...pod, ageSeconds: 0 }))]),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('is ready at once where no pods are wanted', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));

    const events = await install(deps, target, { values: { replicaCount: 0 } });

    expect(outcomeOf(events).message).toBe('XERV is installed with no pods');
  });

  test('is not misled by old pods that fail while the new ones come up', async () => {
    const { deps, target } = await fail({ values: { image: { tag: 'crash-loop' } } });

    const events = await install(deps, target, { values: { image: { tag: '1.0.0' } } });

    expect(outcomeOf(events).message).toBe('XERV is running: 1 of 1 ready');
  });

  test('names the old pod that holds up an ordered update', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const ordered = (tag: string) =>
      raft({ podManagementPolicy: 'OrderedReady', replicaCount: 2, image: { tag } });
    await install(deps, target, { values: ordered('1.0.0') });
    const broken = await makePlan(deps, target, { values: ordered('crash-loop') });
    await run(applyRelease(deps, broken, new AbortController().signal));
    const mended = await makePlan(deps, target, {
      values: ordered('1.0.1'),
      graces: shortGraces,
    });

    const { events, result } = await run(applyRelease(deps, mended, new AbortController().signal));

    expect(result.outcome).toBe('failed');
    const [diagnosis] = outcomeOf(events).diagnoses;
    expect(diagnosis?.message).toContain('still runs the earlier revision');
    expect(diagnosis?.next).toContain('delete pod xerv-1');
    // What it advises works.
    await kubectl(cluster, ['delete', 'pod', 'xerv-1', '-n', target.namespace]);
    await install(deps, target, { values: ordered('1.0.1') });
  });
});
