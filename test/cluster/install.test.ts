import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { applyRelease } from '../../src/release/apply.ts';
import { SecretMaterial } from '../../src/values/secrets.ts';
import { describeCluster, kubectl, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { apply } from '../support/pods.ts';
import {
  helms,
  install,
  makePlan,
  names,
  openDependencies,
  outcomeOf,
  run,
  runHelm,
  targetOf,
} from '../support/release.ts';

const password = 'canary-s3cret';

describeCluster('install', (cluster) => {
  const never = new AbortController().signal;

  const ourSecrets = async (namespace: string) =>
    (await names(cluster, 'secrets', namespace)).filter((name) => !name.startsWith('sh.helm'));

  const redisUrl = {
    backend: 'redis',
    name: 'redis',
    key: 'url',
    material: new SecretMaterial(`redis://:${password}@redis:6379`),
  } as const;
  const redisValues = (secret: string) => ({
    dispatch: { backend: 'redis', redis: { existingSecret: secret, existingSecretKey: 'url' } },
  });

  /** A quota under which helm fails in the middle. */
  const forbidServices = (namespace: string) =>
    apply(cluster, namespace, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'no-services' },
      spec: { hard: { services: '0' } },
    });

  /** A plan that makes a Secret for the connection, and the Secret's name. */
  async function planWithSecret(
    deps: Parameters<typeof makePlan>[0],
    target: Parameters<typeof makePlan>[1],
  ) {
    const { secrets } = await makePlan(deps, target, { pending: [redisUrl] });
    const secret = secrets[0]?.name ?? '';
    const plan = await makePlan(deps, target, { values: redisValues(secret) });
    return { secret, plan: { ...plan, secrets } };
  }

  test.each(helms)('installs with the chart’s defaults (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target);

    const { events, result } = await run(applyRelease(deps, plan, never));

    expect(result).toEqual({ outcome: 'done', exitCode: 0 });
    expect(outcomeOf(events)).toMatchObject({
      message: 'XERV is running: 1 of 1 ready',
      next: expect.arrayContaining([`Inside     http://xerv.${target.namespace}.svc:8080`]),
    });
    expect(await names(cluster, 'pods', target.namespace)).toHaveLength(1);
    const release = JSON.parse(
      await runHelm(cluster, helm, ['status', 'xerv', '-n', target.namespace, '-o', 'json']),
    ) as { info: { status: string } };
    expect(release.info.status).toBe('deployed');
  });

  test('writes the values file first, for its owner only', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const directory = await mkdtemp(join(tmpdir(), 'xerv-values-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, 'xerv-values.yaml');

    const events = await install(deps, target, {
      valuesFile: { path, shown: path, text: 'replicaCount: 1\n' },
    });

    expect(events[0]).toMatchObject({ type: 'step', step: `values written to ${path}` });
    expect(await readFile(path, 'utf8')).toBe('replicaCount: 1\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('changes nothing in the cluster where the values file cannot be written', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target, {
      valuesFile: {
        path: '/nonexistent/xerv-values.yaml',
        shown: '/nonexistent/xerv-values.yaml',
        text: '',
      },
    });

    const { events, result } = await run(applyRelease(deps, plan, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 1 });
    expect(outcomeOf(events).problems[0]?.why).toContain('/nonexistent');
    expect(await names(cluster, 'secrets', target.namespace)).toEqual([]);
  });

  test('creates the namespace as a step of its own', async () => {
    const deps = await openDependencies(cluster);
    const namespace = `${await makeNamespace(cluster)}-new`;
    onTestFinished(async () => {
      await kubectl(cluster, ['delete', 'namespace', namespace, '--wait=false']);
    });

    const events = await install(deps, targetOf(cluster, namespace));

    expect(events).toContainEqual({
      type: 'step',
      step: `namespace ${namespace} created`,
      state: 'done',
    });
  });

  test.each(helms)(
    'keeps a password in a Secret of its own and nowhere else (%s)',
    async (helm) => {
      const deps = await openDependencies(cluster, { helm });
      const target = targetOf(cluster, await makeNamespace(cluster));
      const draft = await makePlan(deps, target, { pending: [redisUrl] });
      const name = draft.secrets[0]?.name ?? '';
      const plan = {
        ...(await makePlan(deps, target, { values: redisValues(name) })),
        secrets: draft.secrets,
      };

      const { events, result } = await run(applyRelease(deps, plan, never));

      expect(result.outcome).toBe('done');
      expect(name).toMatch(/^xerv-redis-[0-9a-f]{8}$/);
      const secret = await kubectlJson<{
        immutable: boolean;
        data: { url: string };
        metadata: { labels: Record<string, string> };
      }>(cluster, ['get', 'secret', name, '-n', target.namespace]);
      expect(Buffer.from(secret.data.url, 'base64').toString()).toBe(
        `redis://:${password}@redis:6379`,
      );
      expect(secret.immutable).toBe(true);
      expect(secret.metadata.labels).toEqual({
        'app.kubernetes.io/managed-by': 'create-xerv-deploy',
        'app.kubernetes.io/instance': 'xerv',
      });
      expect(JSON.stringify(events)).not.toContain(password);
      const read = ['get', 'values', 'xerv', '-n', target.namespace, '--all'];
      expect(await runHelm(cluster, helm, read)).not.toContain(password);
    },
  );

  test('takes a Secret back that a failed first install made, and keeps its hands off others', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await apply(cluster, target.namespace, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'xerv' },
      spec: { ports: [{ port: 80 }] },
    });
    const { plan } = await planWithSecret(deps, target);

    const { events, result } = await run(applyRelease(deps, plan, never));

    // helm refuses the foreign Service before it writes anything.
    expect(outcomeOf(events).problems[0]?.message).toContain('Service xerv');
    expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
    expect(await names(cluster, 'secrets', target.namespace)).toEqual([]);
    expect(await names(cluster, 'services', target.namespace)).toEqual(['xerv']);
  });

  test('tells the state when helm fails in the middle', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    await forbidServices(target.namespace);
    const plan = await makePlan(deps, target);

    const { events, result } = await run(applyRelease(deps, plan, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(outcomeOf(events)).toMatchObject({
      state: expect.stringContaining('is marked failed at revision 1'),
      problems: [{ message: expect.stringContaining('no-services') }],
    });
  });

  test('keeps the Secret where it cannot be read whether the release needs it', async () => {
    const opened = await openDependencies(cluster);
    let isBegun = false;
    const history: typeof opened.releases.history = (...asked) => {
      if (isBegun)
        return Promise.resolve({ ok: false, failure: { kind: 'timeout', message: 'no answer' } });
      isBegun = true;
      return opened.releases.history(...asked);
    };
    const deps = { ...opened, releases: { ...opened.releases, history } };
    const target = targetOf(cluster, await makeNamespace(cluster));
    await forbidServices(target.namespace);
    const { secret, plan } = await planWithSecret(opened, target);

    const { events, result } = await run(applyRelease(deps, plan, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 4 });
    expect(await ourSecrets(target.namespace)).toEqual([secret]);
    expect(outcomeOf(events).state).toContain(`as pods may need them: ${secret}`);
  });

  test('takes back what it made where helm’s values cannot be written', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const { plan } = await planWithSecret(deps, target);
    const { TMPDIR = '/tmp' } = process.env;
    process.env.TMPDIR = '/dev/null';
    const { events, result } = await run(applyRelease(deps, plan, never)).finally(() => {
      process.env.TMPDIR = TMPDIR;
    });

    expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
    expect(outcomeOf(events)).toMatchObject({
      state: 'No release xerv was created.',
      problems: [{ message: 'Cannot make a temporary directory in /dev/null.' }],
    });
    expect(await ourSecrets(target.namespace)).toEqual([]);
  });

  test('refuses to carry out what somebody else has overtaken', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const path = join(await mkdtemp(join(tmpdir(), 'xerv-')), 'values.yaml');
    onTestFinished(() => rm(dirname(path), { recursive: true }));
    const valuesFile = { path, shown: path, text: 'replicaCount: 1\n' };
    const plan = await makePlan(deps, target, { valuesFile, values: { replicaCount: 1 } });
    await install(deps, target, { values: { executor: { maxConcurrentTraces: 7 } } });

    const { events, result } = await run(applyRelease(deps, plan, never));

    expect(result).toEqual({ outcome: 'failed', exitCode: 3 });
    expect(outcomeOf(events).problems[0]?.message).toContain(
      'it was not installed, now it is deployed at revision 1',
    );
    await expect(stat(path)).rejects.toThrow('ENOENT');
    const read = await deps.releases.history({ namespace: target.namespace, name: 'xerv' });
    expect(read).toMatchObject({
      value: { newest: { revision: 1, values: { executor: { maxConcurrentTraces: 7 } } } },
    });
  });

  test.each(helms)('hands a cancellation on to helm and says what is left (%s)', async (helm) => {
    const deps = await openDependencies(cluster, { helm });
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target);
    const controller = new AbortController();

    const { events, result } = await run(applyRelease(deps, plan, controller.signal), (event) => {
      if (event.type === 'step' && event.state === 'started')
        setTimeout(() => controller.abort(), 250);
    });

    expect(result).toEqual({ outcome: 'cancelled', exitCode: 130 });
    const { state } = outcomeOf(events);
    const read = await deps.releases.history({ namespace: target.namespace, name: 'xerv' });
    const status = read.ok ? read.value?.newest.status : 'unread';
    // Whatever moment it hit: what was said is what is there, and nothing is pending.
    expect(status).toBeOneOf([undefined, 'failed', 'deployed']);
    expect(state).toContain(
      status === undefined ? 'No release xerv' : status === 'failed' ? 'marked failed' : 'deployed',
    );
  });

  test('cancelled before helm, it leaves nothing behind but the values file, and says so', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const directory = await mkdtemp(join(tmpdir(), 'xerv-values-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const plan = await makePlan(deps, target, {
      pending: [redisUrl],
      valuesFile: { path: join(directory, 'v.yaml'), shown: './v.yaml', text: 'replicaCount: 1\n' },
    });
    const controller = new AbortController();

    const { events, result } = await run(applyRelease(deps, plan, controller.signal), (event) => {
      if (event.type === 'step' && event.step.startsWith('Secret')) controller.abort();
    });

    expect(result.outcome).toBe('cancelled');
    expect(outcomeOf(events).state).toBe(
      'No release xerv was created. ./v.yaml holds the wanted values; they are not applied.',
    );
    expect(await ourSecrets(target.namespace)).toEqual([]);
  });

  test('after helm, a cancellation only stops the watching', async () => {
    const deps = await openDependencies(cluster);
    const target = targetOf(cluster, await makeNamespace(cluster));
    const plan = await makePlan(deps, target, { values: { image: { tag: 'slow-start' } } });
    const controller = new AbortController();

    const { events, result } = await run(applyRelease(deps, plan, controller.signal), (event) => {
      if (event.type === 'rollout') controller.abort();
    });

    expect(result).toEqual({ outcome: 'cancelled', exitCode: 130 });
    expect(outcomeOf(events).message).toContain('the rollout continues');
    expect(await names(cluster, 'deployment', target.namespace)).toEqual(['xerv']);
  });
});
