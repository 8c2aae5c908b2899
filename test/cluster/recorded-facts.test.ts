import { test, vi } from 'vitest';
import type { Tree } from '../../src/values/tree.ts';
import {
  configMapObject,
  namespaceObject,
  podRule,
  serviceObject,
  webhookObject,
} from '../support/add-ons.ts';
import { describeCluster, eventually, kubectl, type SharedCluster } from '../support/cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';
import { recorderOf } from '../support/recorder.ts';
import {
  install,
  makeForeignChart,
  openDependencies,
  runHelm,
  targetOf,
} from '../support/release.ts';

// On a busy machine everything here takes its time, and nothing may be left half done.
vi.setConfig({ testTimeout: 400_000 });

const raft: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3, storage: { size: '4Gi' } };
const redis = (url: string): Tree => ({ dispatch: { backend: 'redis', redis: { url } } });

/**
 * What the checks are given on a real control plane, situation after situation; the tables of
 * test/chart/recorded-checks.test.ts judge on it. `npm run record-facts` writes it anew.
 */
describeCluster('facts as they were recorded', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(
    shared,
    (own) => {
      cluster = own;
    },
    { nodes: { count: 3, zones: 3 } },
  );
  const { run, apply, keep } = recorderOf(() => cluster);

  test('a cluster with nothing on it', async () => {
    await apply(namespaceObject('xerv'));
    await keep('bare', { namespace: 'xerv', values: raft });
    await keep('namespace-absent', { namespace: 'not-there', values: raft });
  });

  test('users who may not do or see everything', async () => {
    await keep('viewer', {
      namespace: 'xerv',
      user: 'viewer',
      values: {
        ...redis('redis://cache:6379'),
        imagePullSecrets: [{ name: 'registry' }],
        extraEnvFrom: [{ secretRef: { name: 'more' } }],
      },
    });
    await keep('namespace-absent-editor', {
      namespace: 'not-there',
      user: 'editor',
      values: raft,
    });
    await keep('editor', { namespace: 'team-a', user: 'editor', values: raft });
  });

  test('classes of storage', async () => {
    const mark = (name: string, value: string) =>
      run(
        ...['annotate', 'storageclass', name, '--overwrite'],
        `storageclass.kubernetes.io/is-default-class=${value}`,
      );
    await mark('fast-ssd', 'true');
    await keep('two-default-classes', { namespace: 'xerv', values: raft });
    await mark('fast-ssd', 'false');
    await mark('standard', 'false');
    await keep('no-default-class', { namespace: 'xerv', values: raft });
    await mark('standard', 'true');
    await keep('class-missing', {
      namespace: 'xerv',
      values: { ...raft, storage: { class: 'gold' } },
    });
  });

  test('nodes', async () => {
    const nodes = ['node-1', 'node-2', 'node-3'];
    await apply(
      namespaceObject('busy'),
      ...nodes.map((nodeName) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: 'busy', name: nodeName },
        spec: {
          nodeName,
          containers: [{ name: 'x', image: 'x', resources: { requests: { cpu: '3500m' } } }],
        },
      })),
    );
    await keep('full-nodes', { namespace: 'xerv', values: { replicaCount: 1 } });
    await run('-n', 'busy', 'delete', 'pod', '--all', '--force');
    await run('taint', 'node', ...nodes, 'dedicated=batch:NoSchedule');
    await keep('tainted-nodes', { namespace: 'xerv', values: { replicaCount: 1 } });
    await run('taint', 'node', ...nodes, 'dedicated-');
    await run('label', 'node', 'node-1', 'kubernetes.io/arch=arm64', '--overwrite');
    await keep('mixed-nodes', { namespace: 'xerv', values: { replicaCount: 1 } });
    await run('label', 'node', ...nodes, 'kubernetes.io/arch=arm64', '--overwrite');
    await keep('arm-nodes', { namespace: 'xerv', values: { replicaCount: 1 } });
    await run('label', 'node', ...nodes, 'kubernetes.io/arch=amd64', '--overwrite');
  });

  test('a namespace with quota, limits and Pod Security', async () => {
    await apply(
      namespaceObject('strict', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { namespace: 'strict', name: 'team' },
        spec: { hard: { 'requests.cpu': '500m', 'limits.memory': '1Gi', services: '2' } },
      },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { namespace: 'strict', name: 'bounds' },
        spec: { limits: [{ type: 'Container', max: { cpu: '900m' }, min: { memory: '64Mi' } }] },
      },
    );
    await eventually(async () => {
      const { stdout } = await kubectl(cluster, [
        ...[
          '-n',
          'strict',
          'get',
          'resourcequota',
          'team',
          '-o',
          'jsonpath={.status.used.services}',
        ],
      ]);
      return stdout === '0' ? true : undefined;
    });
    await keep('strict-namespace', {
      namespace: 'strict',
      values: {
        ...raft,
        securityContext: { allowPrivilegeEscalation: true },
        resources: { limits: { cpu: '800m' } },
      },
    });
    await apply(
      namespaceObject('warned', { 'pod-security.kubernetes.io/warn': 'restricted' }),
      namespaceObject('enforced', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
    );
    const loose = { securityContext: { allowPrivilegeEscalation: true } };
    await keep('warned-namespace', { namespace: 'warned', values: loose });
    await keep('enforced-namespace', { namespace: 'enforced', values: loose });
  });

  test('a namespace that is being deleted', async () => {
    await apply(namespaceObject('leaving'), {
      ...configMapObject('leaving', 'held', {}),
      metadata: { namespace: 'leaving', name: 'held', finalizers: ['test.xerv.io/hold'] },
    });
    await run('delete', 'namespace', 'leaving', '--wait=false');
    await eventually(async () => {
      const { stdout } = await kubectl(cluster, [
        ...['get', 'namespace', 'leaving', '-o', 'jsonpath={.status.conditions[*].type}'],
      ]);
      return stdout.includes('NamespaceFinalizersRemaining') ? true : undefined;
    }, 30_000);
    await keep('namespace-leaving', { namespace: 'leaving' });
    const free = JSON.stringify({ metadata: { finalizers: null } });
    await run('patch', 'configmap', 'held', '-n', 'leaving', '--type=merge', '-p', free);
    await run('wait', '--for=delete', 'namespace/leaving', '--timeout=120s');
  });

  test('what others left in the namespace', async () => {
    await apply(
      namespaceObject('occupied'),
      serviceObject('occupied', 'xerv', 80),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { namespace: 'occupied', name: 'by-hand' },
        spec: {
          maxReplicas: 3,
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { namespace: 'occupied', name: 'registry' },
        stringData: { anything: 'canary-of-the-registry' },
      },
    );
    await keep('occupied', {
      namespace: 'occupied',
      values: {
        ...redis('redis://redis-cluster:6379'),
        imagePullSecrets: [{ name: 'registry' }],
        extraEnvFrom: [{ secretRef: { name: 'missing' } }],
      },
    });
    await apply(namespaceObject('foreign'));
    await runHelm(cluster, 'helm4', ['install', 'xerv', await makeForeignChart(), '-n', 'foreign']);
    await keep('foreign-release', { namespace: 'foreign' });
  });

  test('a webhook that nobody answers for', async () => {
    const guard = { namespace: 'gone', name: 'guard' };
    const clientConfig = { service: guard };
    const rules = [{ ...podRule, resources: ['services'] }];
    const webhook = (name: string) =>
      webhookObject('Validating', {
        name,
        clientConfig,
        rules,
        failurePolicy: 'Fail',
        namespaceSelector: { matchLabels: { guard: name } },
      });
    await apply(webhook('dead'), namespaceObject('dead-webhook', { guard: 'dead' }));
    await keep('dead-webhook', { namespace: 'dead-webhook' });
    await run('delete', 'validatingwebhookconfigurations', '--all');
  });

  test('live releases', async () => {
    await apply(namespaceObject('live'), namespaceObject('live-redis'));
    const deps = await openDependencies(cluster);
    // On one node, so that every run finds them there.
    const nodeSelector = { 'kubernetes.io/hostname': 'node-1' };
    await install(deps, targetOf(cluster, 'live'), { values: { ...raft, nodeSelector } });
    await keep('live-raft', {
      namespace: 'live',
      values: { ...raft, nodeSelector, replicaCount: 5, storage: { size: '8Gi', class: 'fixed' } },
    });
    await run('-n', 'live', 'delete', 'statefulset,pvc', '--all');
    const shared: Tree = { ...redis('redis://10.0.0.9:6379'), nodeSelector };
    await install(deps, targetOf(cluster, 'live-redis'), {
      values: { ...shared, replicaCount: 4 },
    });
    await keep('live-deployment', {
      namespace: 'live-redis',
      values: { ...shared, autoscaling: { enabled: true } },
    });
    await run('-n', 'live-redis', 'delete', 'deployment', '--all');
  });
});
