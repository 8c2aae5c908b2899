import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { applyObjects } from '../support/facts.ts';
import { findingsOf, openWorkplace } from '../support/on-cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';

const nodes = ['node-1', 'node-2', 'node-3'];
const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const host = 'kubernetes.io/hostname';
const ours = { 'app.kubernetes.io/name': 'xerv' };
const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://10.0.0.9:6379' } } };

/** Nodes of four CPUs and 100 GiB of scratch space each. */
describeCluster('room beside other pods', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(
    shared,
    (own) => {
      cluster = own;
    },
    { nodes: { count: nodes.length, zones: 3 } },
  );

  async function roomFor(namespace: string, values: object): Promise<Finding[]> {
    const { run, directory } = await openWorkplace(cluster, namespace);
    await writeFile(join(directory, 'values.json'), JSON.stringify(values));
    const findings = findingsOf(await run(['check', '-f', 'values.json', '-o', 'json']));
    return findings.filter(({ check }) => check === 'XV-801');
  }
  const pod = (namespace: string, name: string, labels: object, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: { containers: [{ name: 'x', image: 'x' }], ...spec },
  });
  /** What the scheduler says of a pod that it finds no node for. */
  const whyPending = (namespace: string, name: string) =>
    eventually(async () => {
      const path = '{.status.conditions[?(@.type=="PodScheduled")].message}';
      const args = ['-n', namespace, 'get', 'pod', name, '-o', `jsonpath=${path}`];
      const { stdout } = await kubectl(cluster, args);
      return stdout || undefined;
    }, 30_000);

  test('pods that keep ours away, as the scheduler minds it', async () => {
    const [namespace, elsewhere] = await Promise.all([
      makeNamespace(cluster),
      makeNamespace(cluster),
    ]);
    const rule = {
      topologyKey: host,
      labelSelector: { matchLabels: ours },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    };
    const affinity = { podAntiAffinity: { [required]: [rule] } };
    const guard = (nodeName: string) =>
      pod(elsewhere, `guard-${nodeName}`, {}, { nodeName, affinity });
    await applyObjects(cluster, nodes.slice(1).map(guard));
    expect(await roomFor(namespace, {})).toMatchObject([{ status: 'pass' }]);
    await applyObjects(cluster, [guard('node-1')]);
    const [found] = await roomFor(namespace, {});
    const words = "3 node(s) didn't satisfy existing pods anti-affinity rules";
    expect(found).toMatchObject({ status: 'fail' });
    expect(found?.evidence?.[0]).toContain(words);
    expect(found?.evidence).toContain(
      `pod ${elsewhere}/guard-node-1 keeps these pods away by its podAntiAffinity (${host})`,
    );
    await applyObjects(cluster, [pod(namespace, 'tried', ours, {})]);
    expect(await whyPending(namespace, 'tried')).toContain(words);
    // The namespaces of others are no matter of theirs.
    expect(await roomFor(await makeNamespace(cluster), {})).toMatchObject([{ status: 'pass' }]);
    await kubectl(cluster, ['-n', elsewhere, 'delete', 'pod', '--all', '--wait', '--force']);
  });

  test('pods that ours want to be near, and those that they want to be far from', async () => {
    const namespace = await makeNamespace(cluster);
    const about = (kind: string, app: string) => ({
      affinity: {
        [kind]: { [required]: [{ topologyKey: host, labelSelector: { matchLabels: { app } } }] },
      },
    });
    const near = about('podAffinity', 'db');
    const [alone] = await roomFor(namespace, near);
    const words = "3 node(s) didn't match pod affinity rules";
    expect(alone).toMatchObject({ status: 'fail' });
    expect(alone?.evidence?.[0]).toContain(words);
    await applyObjects(cluster, [pod(namespace, 'tried', {}, near)]);
    expect(await whyPending(namespace, 'tried')).toContain(words);
    await applyObjects(cluster, [pod(namespace, 'db', { app: 'db' }, { nodeName: 'node-2' })]);
    expect(await roomFor(namespace, near)).toMatchObject([{ status: 'pass' }]);

    const away = about('podAntiAffinity', 'noisy');
    const noisy = (nodeName: string) =>
      pod(namespace, `noisy-${nodeName}`, { app: 'noisy' }, { nodeName });
    await applyObjects(cluster, nodes.slice(1).map(noisy));
    expect(await roomFor(namespace, away)).toMatchObject([{ status: 'pass' }]);
    await applyObjects(cluster, [noisy('node-1')]);
    const [found] = await roomFor(namespace, away);
    expect(found).toMatchObject({ status: 'fail' });
    expect(found?.evidence?.[0]).toContain("3 node(s) didn't match pod anti-affinity rules");
  });

  test('namespaces by their labels, and keys whose values are those of the pod', async () => {
    const [namespace, tenant] = await Promise.all([makeNamespace(cluster), makeNamespace(cluster)]);
    const selects = { matchLabels: { 'kubernetes.io/metadata.name': tenant } };
    const away = (app: string, more: object) => ({
      podLabels: { tier: 'gold' },
      affinity: {
        podAntiAffinity: {
          [required]: [{ topologyKey: host, labelSelector: { matchLabels: { app } }, ...more }],
        },
      },
    });
    const fill = (app: string, tier: string) =>
      nodes.map((nodeName) => pod(tenant, `${app}-${nodeName}`, { app, tier }, { nodeName }));
    const words = "3 node(s) didn't match pod anti-affinity rules";
    await applyObjects(cluster, [...fill('gold-db', 'gold'), ...fill('iron-db', 'iron')]);
    expect(await roomFor(namespace, away('gold-db', {}))).toMatchObject([{ status: 'pass' }]);
    for (const [app, keys, status] of [
      ['gold-db', {}, 'fail'],
      ['gold-db', { matchLabelKeys: ['tier'] }, 'fail'],
      ['gold-db', { mismatchLabelKeys: ['tier'] }, 'pass'],
      ['iron-db', { matchLabelKeys: ['tier'] }, 'pass'],
      ['iron-db', { mismatchLabelKeys: ['tier'] }, 'fail'],
    ] as const) {
      const rule = away(app, { namespaceSelector: selects, ...keys });
      const [found] = await roomFor(namespace, rule);
      expect([app, keys, found?.status]).toEqual([app, keys, status]);
      const name = `tried-${Math.random().toString(36).slice(2)}`;
      const { affinity } = rule;
      await applyObjects(cluster, [pod(namespace, name, { tier: 'gold' }, { affinity })]);
      if (status === 'pass') {
        await eventually(async () => {
          const path = 'jsonpath={.spec.nodeName}';
          const args = ['-n', namespace, 'get', 'pod', name, '-o', path];
          return (await kubectl(cluster, args)).stdout || undefined;
        }, 30_000);
      } else {
        expect(found?.evidence?.[0]).toContain(words);
        expect(await whyPending(namespace, name)).toContain(words);
      }
    }
    await kubectl(cluster, ['-n', tenant, 'delete', 'pod', '--all', '--wait', '--force']);
  });

  test('pods that keep away the canary only', async () => {
    const [namespace, elsewhere] = await Promise.all([
      makeNamespace(cluster),
      makeNamespace(cluster),
    ]);
    const canary = { 'app.kubernetes.io/name': 'xerv-canary' };
    const rule = {
      topologyKey: host,
      labelSelector: { matchLabels: canary },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    };
    const affinity = { podAntiAffinity: { [required]: [rule] } };
    await applyObjects(
      cluster,
      nodes.map((nodeName) => pod(elsewhere, `guard-${nodeName}`, {}, { nodeName, affinity })),
    );
    const split = {
      serviceMesh: {
        enabled: true,
        provider: 'linkerd',
        linkerd: { trafficSplit: { enabled: true, canary: { image: { tag: '9' } } } },
      },
    };
    expect(await roomFor(namespace, {})).toMatchObject([{ status: 'pass' }]);
    const [found] = await roomFor(namespace, split);
    expect(found).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('No replica of xerv-canary finds a node'),
    });
    await applyObjects(cluster, [pod(namespace, 'tried', canary, {})]);
    expect(await whyPending(namespace, 'tried')).toContain(
      "3 node(s) didn't satisfy existing pods anti-affinity rules",
    );
    await kubectl(cluster, ['-n', elsewhere, 'delete', 'pod', '--all', '--wait', '--force']);
  });

  test('scratch space', async () => {
    const namespace = await makeNamespace(cluster);
    const asks = (amount: string) => ({ resources: { requests: { 'ephemeral-storage': amount } } });
    expect(await roomFor(namespace, asks('90Gi'))).toMatchObject([{ status: 'pass' }]);
    const [found] = await roomFor(namespace, asks('101Gi'));
    expect(found).toMatchObject({
      status: 'fail',
      remedies: [
        { changes: [{ path: ['resources', 'requests', 'ephemeral-storage'], value: '100Gi' }] },
        {},
      ],
    });
    expect(found?.evidence?.[0]).toContain('3 Insufficient ephemeral-storage');
  });

  test('as many replicas as an autoscaler may want', async () => {
    const namespace = await makeNamespace(cluster);
    const upTo = (maxReplicas: number) => ({
      ...redis,
      resources: { requests: { cpu: 1 }, limits: { cpu: 1 } },
      autoscaling: { enabled: true, minReplicas: 2, maxReplicas },
    });
    expect(await roomFor(namespace, upTo(12))).toMatchObject([{ status: 'pass' }]);
    expect(await roomFor(namespace, upTo(13))).toMatchObject([
      { status: 'pass' },
      {
        status: 'warn',
        message: expect.stringContaining('12 of up to 13 replicas of xerv find a node.'),
        remedies: [{ changes: [{ path: ['autoscaling', 'maxReplicas'], value: 12 }] }, {}],
      },
    ]);
  });
});
