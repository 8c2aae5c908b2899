import { describe, expect, test } from 'vitest';
import type { RenderedObject } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { mend, runCheck, statusesOf } from '../../support/check-input.ts';

const deployment: RenderedObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'xerv', labels: {}, annotations: {} },
};
const hpa: Tree = { autoscaling: { enabled: true } };

describe('XV-422', () => {
  const other = {
    kind: 'HorizontalPodAutoscaler',
    name: 'by-hand',
    target: 'Deployment/xerv',
    owner: '',
  };
  const statuses = (values: Tree, ...autoscalers: (typeof other)[]) =>
    statusesOf('XV-422', { values, objects: [deployment], facts: { autoscalers } });
  const vertical = { ...other, kind: 'VerticalPodAutoscaler' };

  test.each([
    ['nobody', hpa, [], ['pass']],
    ['of our release', hpa, [{ ...other, owner: 'xerv' }], ['pass']],
    ['of another workload', hpa, [{ ...other, target: 'Deployment/web' }], ['pass']],
    ['two of them', hpa, [other], ['fail']],
    ['the other one only', {}, [other], ['warn']],
    ['of another release', hpa, [{ ...other, owner: 'platform' }], ['fail']],
    ['a vertical one only', {}, [vertical], ['pass']],
    ['two vertical ones', { vpa: { enabled: true } }, [vertical], ['fail']],
    [
      'that KEDA made counts once',
      hpa,
      [
        { ...other, kind: 'ScaledObject', name: 'so' },
        { ...other, name: 'keda-hpa-so' },
      ],
      ['fail'],
    ],
  ] as const)('%s', (_, values, autoscalers, expected) => {
    expect(statuses(values, ...autoscalers)).toEqual(expected);
  });

  test('of raft', () => {
    const target = 'StatefulSet/xerv';
    const objects = [{ ...deployment, kind: 'StatefulSet' }];
    const values = { dispatch: { backend: 'raft' } };
    const facts = { autoscalers: [{ ...other, target }] };
    expect(statusesOf('XV-422', { values, objects, facts })).toEqual(['fail']);
  });

  test('its remedies mend it', () => {
    const situation = { values: hpa, objects: [deployment], facts: { autoscalers: [other] } };
    const [verdict] = runCheck('XV-422', situation);
    expect(verdict?.remedies?.[0]?.command).toBe(
      'kubectl -n xerv delete horizontalpodautoscaler by-hand',
    );
    expect(statuses(mend(verdict, hpa), other)).toEqual(['warn']);
    expect(statuses(hpa)).toEqual(['pass']);
  });

  test('cannot look, or nothing to look for', () => {
    expect(statusesOf('XV-422', { objects: [deployment], unknown: ['autoscalers'] })).toEqual([
      'unknown',
    ]);
    expect(statusesOf('XV-422', { facts: { autoscalers: [] } })).toEqual(['skip']);
  });
});

describe('XV-423, D25', () => {
  const workload = (replicas: number) => ({
    workload: {
      kind: 'Deployment',
      name: 'xerv',
      replicas,
      readyReplicas: replicas,
      podManagementPolicy: '',
      claimTemplates: [],
    },
  });

  test.each([
    ['the first time', {}, 4, ['warn']],
    ['with one replica', {}, 1, ['pass']],
    ['switched on before', hpa, 4, []],
    ['from one to the other', { keda: { enabled: true } }, 4, []],
  ] as const)('%s', (_, live, replicas, expected) => {
    const facts = expected.length > 0 ? workload(replicas) : {};
    expect(statusesOf('XV-423', { values: hpa, live, facts })).toEqual(expected);
  });

  test('tells how to have them back', () => {
    const [verdict] = runCheck('XV-423', { values: hpa, live: {}, facts: workload(4) });
    expect(verdict?.remedies?.[0]?.command).toBe(
      'kubectl -n xerv scale deployment/xerv --replicas=4',
    );
  });

  test('a first install, and what cannot be seen', () => {
    expect(statusesOf('XV-423', { values: hpa })).toEqual([]);
    expect(statusesOf('XV-423', { values: hpa, live: {}, unknown: ['workload'] })).toEqual([
      'unknown',
    ]);
  });
});
