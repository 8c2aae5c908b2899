import { describe, expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { mend, runCheck } from '../../support/check-input.ts';
import { half, judge, mended, quota, range } from '../../support/limit-situations.ts';
import { allNodes, makeNode, makeWorkload } from '../../support/workloads.ts';

describe('XV-803: limit ranges', () => {
  const outside: [string, FactValue<'limitRanges'>[number]][] = [
    ['above the maximum of a request', range('Container', { max: { cpu: '400m' } })],
    ['above the maximum of a limit', range('Container', { max: { memory: '768Mi' } })],
    ['below the minimum', range('Container', { min: { memory: '1Gi' } })],
    ['above the maximum of the pod', range('Pod', { max: { cpu: '800m' } })],
    [
      'a limit too far above the request',
      range('Container', { maxLimitRequestRatio: { cpu: '1' } }),
    ],
  ];
  test.each(outside)('%s, and its remedy mends it', (_, one) => {
    const verdict = judge('XV-803', { ranges: [one] });
    expect(verdict?.status).toBe('fail');
    expect(verdict?.evidence?.[0]).toMatch(/^LimitRange bounds: /);
    const workload = mended(half, verdict);
    expect(judge('XV-803', { ranges: [one], workload })?.status).toBe('pass');
  });

  test.each<[string, FactValue<'limitRanges'>]>([
    ['none', []],
    ['within', [range('Container', { min: { cpu: '100m' }, max: { cpu: '2' } })]],
    ['of another resource', [range('PersistentVolumeClaim', { max: { storage: '1Gi' } })]],
  ])('%s', (_, ranges) => {
    expect(judge('XV-803', { ranges })?.status).toBe('pass');
  });

  test('of claims', () => {
    const claim = {
      metadata: { name: 'data' },
      spec: { resources: { requests: { storage: '10Gi' } } },
    };
    const verdict = judge('XV-803', {
      ranges: [range('PersistentVolumeClaim', { max: { storage: '5Gi' } })],
      values: { dispatch: { backend: 'raft' } },
      workload: { ...half, kind: 'StatefulSet', spec: { volumeClaimTemplates: [claim] } },
    });
    expect(verdict).toMatchObject({ status: 'fail' });
    expect(verdict?.remedies?.[0]?.changes).toEqual([{ path: ['storage', 'size'], value: '5Gi' }]);
  });
});

describe('XV-804: the maximum of the VerticalPodAutoscaler', () => {
  const vpa = (maxAllowed: Tree): Tree => ({
    vpa: { enabled: true, containerPolicies: [{ containerName: '*', maxAllowed }] },
  });
  const look = (values: Tree, more: { quotas?: FactValue<'quotas'>; seen?: number } = {}) =>
    runCheck('XV-804', {
      values,
      objects: [makeWorkload()],
      facts: {
        nodes: { ...allNodes(makeNode('n1')), total: more.seen ?? 1 },
        quotas: more.quotas ?? [],
        limitRanges: [range('Container', { max: { memory: '8Gi' } })],
      },
    })[0];

  test('is within', () => {
    expect(look(vpa({ cpu: 4, memory: '8Gi' }))?.status).toBe('pass');
  });
  test.each<[string, Tree, FactValue<'quotas'>]>([
    ['above the largest node', { cpu: 8 }, []],
    ['above the quota', { cpu: 2 }, [quota({ 'requests.cpu': '1' })]],
    ['above the LimitRange', { memory: '9Gi' }, []],
  ])('%s, and its remedy mends it', (_, maxAllowed, quotas) => {
    const values = vpa(maxAllowed);
    const verdict = look(values, { quotas });
    expect(verdict?.status).toBe('warn');
    expect(look(mend(verdict, values), { quotas })?.status).toBe('pass');
  });
  test('nodes that were not looked at may be larger', () => {
    expect(look(vpa({ cpu: 8 }), { seen: 9 })?.status).toBe('pass');
  });
});
