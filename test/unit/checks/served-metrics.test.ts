import { expect, test } from 'vitest';
import type { CheckInput } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, runCheck } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';

const hpa = (more: Tree): Tree => ({
  dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
  autoscaling: { enabled: true, ...more },
});
const own = hpa({ metrics: { pendingTraces: { enabled: true } } });
const further = (type: string, name: string) =>
  hpa({ customMetrics: [{ type, [type.toLowerCase()]: { metric: { name } } }] });
const list = (
  values: Tree,
  metrics: { readonly custom?: string[] | null; readonly external?: string[] | null },
  action: CheckInput['action'] = 'install',
): CheckSituation => ({
  values,
  action,
  facts: {
    apiServices: ['custom', 'external'].map((kind) => ({
      name: `v1beta1.${kind}.metrics.k8s.io`,
      available: true,
      reason: '',
      service: 'monitoring/adapter',
    })),
    apis: [],
    keda: { served: false, controllers: [] },
    servedMetrics: { custom: null, external: null, ...metrics },
  },
});
const path = 'pods/xerv_dispatch_queue_depth';

const table: readonly Row[] = [
  ['XV-412', 'D29: listed', list(own, { custom: [path] }), ['pass', 'pass']],
  ['XV-412', 'not listed before XERV runs', list(own, { custom: ['pods/a'] }), ['pass', 'unknown']],
  [
    'XV-412',
    'D29: not listed while it runs',
    list(own, { custom: ['pods/a', 'namespaces/xerv_dispatch_queue_depth'] }, 'upgrade'),
    ['pass', 'warn'],
  ],
  ['XV-412', 'an adapter that lists nothing', list(own, { custom: [] }), ['pass', 'unknown']],
  ['XV-412', 'one with a word for all', list(own, { custom: ['*/metrics'] }), ['pass', 'unknown']],
  ['XV-412', 'a list that may not be read', list(own, { custom: null }), ['pass', 'unknown']],
  [
    'XV-412',
    'D29: a metric of others, not listed',
    list(further('Pods', 'b'), { custom: ['pods/a'] }),
    ['pass', 'warn'],
  ],
  [
    'XV-412',
    'of an object, whatever its kind',
    list(further('Object', 'a'), { custom: ['ingresses.networking.k8s.io/a'] }),
    ['pass', 'pass'],
  ],
  [
    'XV-412',
    'of the outside, listed',
    list(further('External', 'queue'), { external: ['queue'] }),
    ['pass', 'pass'],
  ],
  [
    'XV-412',
    'D29: of the outside, not listed',
    list(further('External', 'queue'), { external: ['lag'] }),
    ['pass', 'warn'],
  ],
  [
    'XV-412',
    'KEDA, which lists one name for all of its own',
    list(further('External', 'queue'), { external: ['externalmetrics'] }),
    ['pass', 'unknown'],
  ],
];

judgeTable(table);

test('XV-412 names the metric and who does not have it', () => {
  const [, verdict] = runCheck('XV-412', list(further('Pods', 'b'), { custom: ['pods/a'] }));
  expect(verdict).toMatchObject({
    message: 'custom.metrics.k8s.io does not list pods/b: the autoscaler could not read it.',
    evidence: ['autoscaling.customMetrics[0]: pods/b', 'custom.metrics.k8s.io lists 1 others'],
  });
});
