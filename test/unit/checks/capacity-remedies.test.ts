import { describe, expect, test } from 'vitest';
import {
  apartFrom,
  free,
  judge,
  raft,
  type Situation,
  set,
  spreadOver,
  taint,
  zone,
  zones,
} from '../../support/capacity-situations.ts';
import { mend } from '../../support/check-input.ts';
import { allNodes, gibibyte, keptApart, makeNode } from '../../support/workloads.ts';

test('a group of nodes that may grow makes a warning of it', () => {
  const nodes = allNodes(
    makeNode('n1', { ...free(0), labels: { 'karpenter.sh/nodepool': 'default' } }),
  );
  expect(judge({ nodes, workload: {} })).toMatchObject({ status: 'warn' });
});

describe('room for one more pod, where none may be missing', () => {
  const rolling = { strategy: { type: 'RollingUpdate' } };
  const workload = { spec: rolling };
  test('an install warns of the first upgrade', () => {
    expect(judge({ nodes: allNodes(makeNode('n1', free(1))), workload })?.status).toBe('warn');
    expect(judge({ nodes: allNodes(makeNode('n1', free(2))), workload })?.status).toBe('pass');
  });
  const ours = { ownPods: ['xerv-1'], ownRoom: { cpu: 1, memory: gibibyte, pods: 1 } };
  test('an upgrade fails without it, and its remedy mends it', () => {
    const nodes = allNodes(makeNode('n1', { ...free(0), ...ours }));
    const verdict = judge({ nodes, workload, live: {} });
    expect(verdict?.status).toBe('fail');
    const [change] = verdict?.remedies?.[0]?.changes ?? [];
    const mended = { spec: { strategy: change?.value } };
    expect(judge({ nodes, workload: mended, live: {} })?.status).toBe('pass');
  });
  test.each([
    [true, 'fail'],
    [false, 'pass'],
  ])('of an upgrade only where pods are made anew: %s', (restarts, status) => {
    const nodes = allNodes(makeNode('n1', { ...free(0), ...ours }));
    const rollouts = { 'Deployment/xerv': { replicas: 1, restarts } };
    expect(judge({ nodes, workload, live: {}, rollouts })?.status).toBe(status);
  });
  test.each([
    [{}, 'fail'],
    [{ matchLabelKeys: ['app.kubernetes.io/name'] }, 'fail'],
    [{ matchLabelKeys: ['pod-template-hash'] }, 'pass'],
    [{ mismatchLabelKeys: ['pod-template-hash'] }, 'unknown'],
  ])('apart from the pods of before, unless only new ones count: %j', (keys, status) => {
    const nodes = allNodes(makeNode('n1', { ...free(3), ...ours }));
    const [rule] =
      keptApart.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const apart = { spec: rolling, pod: apartFrom({ ...rule, ...keys }) };
    expect(judge({ nodes, workload: apart, live: {} })?.status).toBe(status);
  });
  test.each([
    [{}, 'fail'],
    [{ matchLabelKeys: ['pod-template-hash'] }, 'pass'],
  ])('spread beside the pods of before, unless only new ones count: %j', (keys, status) => {
    const two = { ownPods: ['xerv-1', 'xerv-2'], ownRoom: { cpu: 2, memory: gibibyte, pods: 2 } };
    const nodes = allNodes(
      makeNode('n1', { ...free(4), ...two, ...zone('a') }),
      makeNode('n2', { ...free(0), ...zone('b') }),
    );
    const pod = spreadOver(keys);
    expect(judge({ nodes, workload: { spec: rolling, pod }, live: {} })?.status).toBe(status);
  });
});

describe('the smallest change that helps', () => {
  const remedy = (situation: Situation) => judge(situation)?.remedies?.[0];
  test('apart where possible', () => {
    expect(
      remedy({
        nodes: allNodes(makeNode('n1'), makeNode('n2')),
        workload: { kind: 'StatefulSet', replicas: 3, pod: keptApart },
        values: raft(3, { podAntiAffinity: { type: 'required' } }),
      })?.changes,
    ).toEqual([{ path: ['podAntiAffinity', 'type'], value: 'preferred' }]);
  });
  test('spread where possible, without what goes with an obligation only', () => {
    const values = spreadOver({ minDomains: 3 });
    const { changes } = remedy({ nodes: zones('a', 'b'), workload: set(4, values), values }) ?? {};
    expect(changes).toMatchObject([{ path: ['topologySpreadConstraints'] }]);
    expect(changes?.[0]?.value).toMatchObject([{ whenUnsatisfiable: 'ScheduleAnyway' }]);
    expect(JSON.stringify(changes)).not.toContain('minDomains');
  });
  test('fewer replicas, an odd number of raft', () => {
    expect(
      remedy({
        nodes: allNodes(makeNode('n1')),
        workload: { kind: 'StatefulSet', replicas: 5 },
        values: raft(5),
      })?.changes,
    ).toEqual([{ path: ['replicaCount'], value: 3 }]);
  });
  test('smaller requests, as large as they can be', () => {
    const nodes = allNodes(makeNode('n1', free(0.7, gibibyte / 2)), makeNode('n2', free(0.4)));
    const verdict = judge({ nodes, workload: {}, values: { replicaCount: 1 } });
    const [first] = verdict?.remedies ?? [];
    expect(first?.changes).toContainEqual({
      path: ['resources', 'requests', 'cpu'],
      value: '700m',
    });
    const mended = mend(verdict, {}) as { resources: { requests: Record<string, string> } };
    const requests = { cpu: '1', memory: '1Gi', ...mended.resources.requests };
    expect(judge({ nodes, workload: { requests } })?.status).toBe('pass');
  });
  test('a taint that is tolerated, beside what is tolerated already', () => {
    const before = { key: 'a', operator: 'Exists' };
    const found = remedy({
      // Nobody asks what runs on a node that the pods may not use.
      nodes: allNodes(makeNode('n1', { ...taint('dedicated', 'batch'), free: null })),
      workload: { pod: { tolerations: [before] } },
      values: { tolerations: [before] },
    });
    expect(found?.changes).toEqual([
      {
        path: ['tolerations'],
        value: [
          before,
          { key: 'dedicated', operator: 'Equal', value: 'batch', effect: 'NoSchedule' },
        ],
      },
    ]);
  });
  test('never a taint of a node that is not well', () => {
    const nodes = allNodes(makeNode('n1', taint('node.kubernetes.io/disk-pressure')));
    expect(judge({ nodes, workload: {} })?.remedies?.some(({ changes }) => changes)).toBe(false);
  });
});
