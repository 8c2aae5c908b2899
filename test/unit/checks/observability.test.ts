import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import {
  type CheckSituation,
  type KnownFacts,
  mend,
  runCheck,
  statusesOf,
} from '../../support/check-input.ts';

const kinds = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'];
const apis = ['v1', ...kinds.map((kind) => `monitoring.coreos.com/v1/${kind}`)];
const controller = {
  namespace: 'monitoring',
  name: 'kps-operator',
  image: 'operator:v0.93.1',
  version: 'v0.93.1',
  wanted: 1,
  ready: 1,
};
const operator = (parts: Partial<NonNullable<KnownFacts['prometheusOperator']>> = {}) => ({
  prometheusOperator: { served: true, controllers: [controller], prometheuses: [], ...parts },
});

const monitored: Tree = { metrics: { serviceMonitor: { enabled: true } } };
const alerts: Tree = { monitoring: { alerts: { enabled: true } } };
const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } };
const scaled = (more: Tree = {}): Tree => ({
  ...redis,
  keda: { enabled: true, triggers: { pendingTraces: { enabled: true, ...more } } },
});
const onApi = { onApiPort: true };
const ownImage = { image: { repository: 'registry.example/xerv' } };

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-601', 'D68: served', { values: { ...monitored, ...alerts }, facts: { apis } }, ['pass']],
  ['XV-601', 'D68: not served', { values: monitored, facts: { apis: ['v1'] } }, ['fail']],
  [
    'XV-601',
    'D68: alerts not served',
    { values: { ...monitored, ...alerts }, facts: { apis: apis.slice(0, 3) } },
    ['fail'],
  ],
  ['XV-601', 'cannot look', { values: alerts, unknown: ['apis'] }, ['unknown']],
  ['XV-601', 'nothing asked for', {}, []],
  ['XV-601', 'metrics off', { values: { metrics: { enabled: false }, ...alerts } }, []],
  ['XV-602', 'at work', { values: monitored, facts: operator() }, ['pass']],
  ['XV-602', 'absent', { values: monitored, facts: operator({ served: false }) }, []],
  ['XV-602', 'half installed', { values: alerts, facts: operator({ controllers: [] }) }, ['warn']],
  [
    'XV-602',
    'down',
    { values: alerts, facts: operator({ controllers: [{ ...controller, ready: 0 }] }) },
    ['warn'],
  ],
  ['XV-602', 'cannot look', { values: alerts, unknown: ['prometheusOperator'] }, ['unknown']],
  ['XV-604', 'D70: metrics on', { values: alerts }, ['pass']],
  ['XV-604', 'D70: off', { values: { ...alerts, metrics: { enabled: false } } }, ['fail']],
  [
    'XV-604',
    'a monitor only',
    { values: { metrics: { enabled: false, podMonitor: { enabled: true } } } },
    ['warn'],
  ],
  ['XV-604', 'nothing reads them', { values: { metrics: { enabled: false } } }, []],
  ['XV-606', 'B2: not at that port', { values: monitored }, ['warn']],
  [
    'XV-606',
    'at the API',
    { values: { metrics: { ...onApi, podMonitor: { enabled: true } } } },
    ['pass'],
  ],
  ['XV-606', 'an own image', { values: { ...monitored, ...ownImage } }, ['pass']],
  ['XV-606', 'nobody asks', {}, []],
  ['XV-607', 'B4: no series', { values: alerts }, ['warn']],
  ['XV-607', 'B4: for KEDA', { values: scaled() }, ['warn']],
  ['XV-607', 'an own image', { values: { ...alerts, ...ownImage } }, ['pass']],
  ['XV-607', 'nobody asks', {}, []],
  ['XV-609', 'once', { values: monitored }, ['pass']],
  [
    'XV-609',
    'twice',
    { values: { metrics: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } } },
    ['warn'],
  ],
  ['XV-610', 'in time', { values: monitored }, ['pass']],
  [
    'XV-610',
    'too long',
    { values: { metrics: { serviceMonitor: { enabled: true, interval: '5s' } } } },
    ['fail'],
  ],
  [
    'XV-610',
    'in other units',
    {
      values: {
        metrics: { podMonitor: { enabled: true, interval: '1m30s', scrapeTimeout: '90s' } },
      },
    },
    ['pass'],
  ],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

describe('what mends them', () => {
  test.each([
    ['XV-601', { ...monitored, ...alerts }, { apis: ['v1'] }],
    ['XV-604', { ...alerts, metrics: { enabled: false } }, {}],
    ['XV-606', monitored, {}],
    [
      'XV-609',
      { metrics: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } },
      {},
    ],
    ['XV-610', { metrics: { serviceMonitor: { enabled: true, interval: '5s' } } }, {}],
  ] as readonly (readonly [CheckId, Tree, KnownFacts])[])('%s', (id, values, facts) => {
    const mended = mend(runCheck(id, { values, facts })[0], values);
    const after = statusesOf(id, { values: mended, facts: id === 'XV-601' ? {} : facts });
    // What needs nothing of the kind any more is not judged.
    expect(after.filter((status) => status !== 'pass')).toEqual([]);
    expect(mended).not.toEqual(values);
  });

  test('XV-601 says how to have the operator', () => {
    const [verdict] = runCheck('XV-601', { values: alerts, facts: { apis: [] } });
    expect(verdict?.remedies?.[0]?.command).toContain('kube-prometheus-stack -n monitoring');
    expect(verdict?.remedies?.[1]?.changes).toEqual([
      { path: ['monitoring', 'alerts', 'enabled'], value: false },
    ]);
  });
});
