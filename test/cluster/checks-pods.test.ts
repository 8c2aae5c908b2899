import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  describeCluster,
  eventually,
  kubectl,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { applyObjects } from '../support/facts.ts';
import { findingsOf, openWorkplace, outcomeOf, type Workplace } from '../support/on-cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';

const nodes = ['node-1', 'node-2', 'node-3'];

/** Nodes of four CPUs and 16 GiB each, which these tests fill and taint. */
describeCluster('room for the pods', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(
    shared,
    (own) => {
      cluster = own;
    },
    { nodes: { count: nodes.length, zones: 3 } },
  );

  const open = async () => openWorkplace(cluster, await makeNamespace(cluster));

  const findings = async (place: Workplace, args: readonly string[]) =>
    findingsOf(await place.run(['check', ...args, '-o', 'json']));

  /**
   * That these values fail with that check and no other, that `--fix` mends them, and that an
   * install of the mended values succeeds.
   */
  async function mendAndInstall(place: Workplace, id: string, values: string): Promise<string> {
    await writeFile(join(place.directory, 'values.yaml'), values);
    const before = await findings(place, ['-f', 'values.yaml']);
    expect(before.find(({ check }) => check === id)).toMatchObject({ status: 'fail' });
    const fixed = await place.run(['check', '-f', 'values.yaml', '--fix']);
    expect(fixed, fixed.stdout).toMatchObject({ code: 0 });
    const text = await readFile(join(place.directory, 'values.yaml'), 'utf8');
    const done = await place.run([
      ...['install', '-f', 'values.yaml', '--yes', '--timeout', '60s', '-o', 'json'],
    ]);
    expect(outcomeOf(done), done.stderr).toMatchObject({ type: 'outcome', outcome: 'done' });
    return text;
  }

  /** Takes CPU on every node until the running test ends. */
  async function fill(cpu: string): Promise<void> {
    const namespace = await makeNamespace(cluster);
    await applyObjects(
      cluster,
      nodes.map((nodeName) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace, name: `on-${nodeName}` },
        spec: {
          nodeName,
          containers: [{ name: 'x', image: 'x', resources: { requests: { cpu } } }],
        },
      })),
    );
    onTestFinished(async () => {
      await kubectl(cluster, ['-n', namespace, 'delete', 'pod', '--all', '--wait', '--force']);
    });
  }

  const ask = (cpu: string) => `resources:\n  requests:\n    cpu: ${cpu}\n  limits:\n    cpu: 4\n`;

  test('full nodes: smaller requests', async () => {
    await fill('3500m');
    const text = await mendAndInstall(await open(), 'XV-801', ask('1'));
    expect(text).toMatch(/cpu: "?500m/);
  });

  test('tainted nodes: a toleration', async () => {
    await kubectl(cluster, ['taint', 'node', ...nodes, 'dedicated=batch:NoSchedule']);
    onTestFinished(async () => {
      await kubectl(cluster, ['taint', 'node', ...nodes, 'dedicated-']);
    });
    const text = await mendAndInstall(await open(), 'XV-801', 'replicaCount: 1\n');
    expect(text).toContain('key: dedicated');
  });

  test('five that must be apart on three nodes: apart where possible', async () => {
    const values =
      'dispatch:\n  backend: raft\nreplicaCount: 5\npodAntiAffinity:\n  type: required\n';
    const text = await mendAndInstall(await open(), 'XV-801', values);
    expect(text).toContain('type: preferred');
  });

  test('a quota: fewer replicas', async () => {
    const place = await open();
    await makeQuota(place.namespace, { 'requests.cpu': '350m' });
    const text = await mendAndInstall(
      place,
      'XV-802',
      'dispatch:\n  backend: raft\nreplicaCount: 5\n',
    );
    expect(text).toContain('replicaCount: 3');
  });

  test('a quota that the running pods fill: an upgrade fails only where it makes pods anew', async () => {
    const place = await open();
    const redis = 'dispatch.backend=redis,dispatch.redis.url=redis://10.0.0.9:6379';
    const values = ['--set', redis, '--set', 'replicaCount=1', '--skip-check', 'XV-210=try'];
    const done = await place.run(['install', ...values, '--yes', '--timeout', '60s', '-o', 'json']);
    expect(outcomeOf(done), done.stderr).toMatchObject({ outcome: 'done' });
    await makeQuota(place.namespace, { pods: '1' });
    const failed = async (...args: string[]) =>
      (await findings(place, ['--reuse-values', '--skip-check', 'XV-210=try', ...args]))
        .filter(({ status }) => status === 'fail')
        .map(({ check }) => check);
    // The Service changes, the pods do not.
    await eventually(async () => {
      const used = 'jsonpath={.items[*].status.used.pods}';
      const { stdout } = await place.kubectl('get', 'quota', '-o', used);
      return stdout === '1' || undefined;
    });
    expect(await failed('--set', 'service.type=NodePort')).toEqual([]);
    expect(await failed('--set', 'updateStrategy.type=Recreate,image.tag=9')).toEqual([]);
    expect(await failed('--set', 'image.tag=9')).toContain('XV-802');
    expect(await failed('--set', 'replicaCount=2')).toContain('XV-802');
  });

  test('a quota: smaller requests and limits', async () => {
    const place = await open();
    await makeQuota(place.namespace, { 'limits.memory': '1Gi' });
    await mendAndInstall(
      place,
      'XV-802',
      'updateStrategy:\n  type: Recreate\nresources:\n  limits:\n    memory: 2Gi\n',
    );
  });

  test('a quota on storage, which the claims of a StatefulSet meet one by one', async () => {
    const place = await open();
    await makeQuota(place.namespace, { 'requests.storage': '7Gi', persistentvolumeclaims: '3' });
    const text = await mendAndInstall(
      place,
      'XV-309',
      'dispatch:\n  backend: raft\nreplicaCount: 3\nstorage:\n  size: 10Gi\n',
    );
    expect(text).toContain('size: 2Gi');
  });

  test('a quota on Services that takes each of two, and not both', async () => {
    const place = await open();
    await makeQuota(place.namespace, { services: '1' });
    const found = await findings(place, ['--backend', 'raft', '--replicas', '3']);
    expect(found.filter(({ status }) => status === 'fail')).toMatchObject([
      { check: 'XV-104', evidence: [expect.stringMatching(/: services: \d wanted, 1 left$/)] },
    ]);
  });

  test('a quota of other pods, and one of ours', async () => {
    const place = await open();
    const scoped = (name: string, scope: string) => ({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { namespace: place.namespace, name },
      spec: {
        hard: { pods: '1' },
        scopeSelector: { matchExpressions: [{ scopeName: scope, operator: 'Exists' }] },
      },
    });
    const values = ['--backend', 'raft', '--replicas', '3'];
    const failed = async () =>
      (await findings(place, values)).filter(({ status }) => status === 'fail');
    await applyObjects(cluster, [scoped('others', 'BestEffort')]);
    await eventually(async () => ((await failed()).length === 0 ? true : undefined));
    await applyObjects(cluster, [scoped('ours', 'NotBestEffort')]);
    expect(await failed()).toMatchObject([
      { check: 'XV-802', evidence: ['ResourceQuota ours: pods: 3 wanted, 1 left'] },
    ]);
  });

  test('what a RuntimeClass adds, and one that is not there', async () => {
    const place = await open();
    const ofClass = (name: string, parts: object) => ({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name },
      handler: 'test',
      ...parts,
    });
    await applyObjects(cluster, [
      ofClass('light', { overhead: { podFixed: { cpu: '100m' } } }),
      ofClass('heavy', { overhead: { podFixed: { cpu: '4' } } }),
      ofClass('elsewhere', { scheduling: { nodeSelector: { sandbox: 'yes' } } }),
    ]);
    const failed = async (name: string) =>
      (await findings(place, ['--set', `runtimeClassName=${name}`]))
        .filter(({ status }) => status === 'fail')
        .map(({ check, evidence }) => [check, evidence?.[0]]);
    expect(await failed('light')).toEqual([]);
    expect(await failed('heavy')).toEqual([
      ['XV-801', expect.stringContaining('3 Insufficient cpu')],
    ]);
    expect(await failed('elsewhere')).toEqual([
      ['XV-801', expect.stringContaining("3 node(s) didn't match Pod's node affinity/selector")],
    ]);
    expect(await failed('nowhere')).toEqual([
      ['XV-102', expect.stringContaining('RuntimeClass "nowhere" not found')],
    ]);
  });

  test('a policy on the account of the pods, which does not exist yet', async () => {
    const place = await open();
    const about = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': place.namespace } },
    };
    const rule = {
      apiGroups: [''],
      apiVersions: ['v1'],
      operations: ['CREATE'],
      resources: ['pods'],
    };
    const expression = "object.spec.serviceAccountName != 'default'";
    const name = `accounts-${place.namespace}`;
    const kind = 'ValidatingAdmissionPolicy';
    const policy = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name } };
    await applyObjects(cluster, [
      {
        ...policy,
        kind,
        spec: {
          matchConstraints: { resourceRules: [rule] },
          validations: [{ expression, message: 'the default account is not for pods' }],
        },
      },
      {
        ...policy,
        kind: `${kind}Binding`,
        spec: { policyName: name, validationActions: ['Deny'], matchResources: about },
      },
    ]);
    // As soon as it is in force.
    await eventually(async () => {
      const pod = ['run', 'x', '--image=x', '--dry-run=server'];
      return /not for pods/.test((await place.kubectl(...pod)).stderr) || undefined;
    });
    const found = await findings(place, []);
    expect(found.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(found).toContainEqual(expect.objectContaining({ check: 'XV-102', status: 'unknown' }));
    const done = await place.run(['install', '--yes', '--timeout', '60s', '-o', 'json']);
    expect(outcomeOf(done), done.stderr).toMatchObject({ outcome: 'done' });
    const none = await findings(place, ['--set', 'serviceAccount.create=false']);
    expect(none).toContainEqual(expect.objectContaining({ check: 'XV-102', status: 'fail' }));
  });

  test('a LimitRange', async () => {
    const place = await open();
    await applyObjects(cluster, [
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { namespace: place.namespace, name: 'bounds' },
        spec: { limits: [{ type: 'Container', max: { memory: '512Mi', cpu: '500m' } }] },
      },
    ]);
    const text = await mendAndInstall(place, 'XV-803', 'replicaCount: 1\n');
    expect(text).toContain('memory: 512Mi');
  });

  test('an upgrade on nodes that its own pods fill', async () => {
    const place = await open();
    const values = ['--set', 'dispatch.backend=raft', '--set', 'replicaCount=3'];
    const large = [
      ...values,
      '--set',
      'resources.requests.cpu=3',
      '--set',
      'resources.limits.cpu=4',
    ];
    const done = await place.run(['install', ...large, '--yes', '--timeout', '60s', '-o', 'json']);
    expect(outcomeOf(done), done.stderr).toMatchObject({ outcome: 'done' });
    const room = async (args: readonly string[]) =>
      (await findings(place, args)).find(({ check }) => check === 'XV-801');
    expect(await room(large)).toMatchObject({ status: 'pass' });
    // Another release of that size finds none.
    const other = await open();
    expect((await findings(other, large)).find(({ check }) => check === 'XV-801')).toMatchObject({
      status: 'fail',
    });
    await place.run(['uninstall', '--yes']);
  });

  test('who may not list the nodes is told so', async () => {
    const namespace = 'team-a';
    await kubectl(cluster, ['create', 'namespace', namespace]);
    const place = await openWorkplace(cluster, namespace, { user: 'editor' });
    const found = (await findings(place, [])).find(({ check }) => check === 'XV-801');
    expect(found).toMatchObject({ status: 'unknown' });
  });

  async function makeQuota(namespace: string, hard: Readonly<Record<string, string>>) {
    await applyObjects(cluster, [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { namespace, name: 'team' },
        spec: { hard },
      },
    ]);
  }
});

/** Checks of which a preset may speak although all is well: its leading comment names them. */
describeCluster('no false alarm', (cluster) => {
  describe.each([
    ['evaluation', undefined],
    ['production-raft', undefined],
    ['redis', 'redis-cluster'],
    ['nats', 'nats'],
  ])('%s', (preset, service) => {
    test('nothing but what its comment says', async () => {
      const namespace = await makeNamespace(cluster);
      if (service)
        await applyObjects(cluster, [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { namespace, name: service },
            spec: {
              ports: [
                { port: 4222, name: 'nats' },
                { port: 6379, name: 'redis' },
              ],
            },
          },
        ]);
      const comment = await readFile(`presets/${preset}.yaml`, 'utf8');
      const named = [...comment.matchAll(/\((XV-\d+)\)/g)].map(([, id]) => id);
      const place = await openWorkplace(cluster, namespace);
      const loud = findingsOf(await place.run(['check', '--preset', preset, '-o', 'json'])).filter(
        ({ status }) => !['pass', 'skip'].includes(status),
      );
      expect(loud.filter(({ check }) => !named.includes(check))).toEqual([]);
    });
  });
});
