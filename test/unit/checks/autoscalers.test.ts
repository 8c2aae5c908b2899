import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import {
  hpaValues as hpa,
  kedaValues as keda,
  makePrometheus,
  bareObject as object,
  operatorWith,
} from '../../support/check-facts.ts';
import {
  type CheckSituation,
  type KnownFacts,
  mend,
  runCheck,
  statusesOf,
} from '../../support/check-input.ts';

const prometheusTrigger = (more: Tree = {}) =>
  keda({ triggers: { pendingTraces: { enabled: true, ...more } } });
const ownTriggers = keda({
  triggers: { redisStreams: { enabled: true }, pendingTraces: { enabled: false } },
  extraTriggers: [
    { type: 'memory', metadata: { value: '80' } },
    { type: 'cron', metadata: {} },
  ],
});
const cpuTrigger = keda({ triggers: { cpu: { enabled: true } } });

const controller = (name: string, ready = 1) => ({
  namespace: 'keda',
  name,
  image: '',
  version: '2.20.2',
  wanted: 1,
  ready,
});
const operator = controller('keda-operator');
const kedaFact = (...controllers: (typeof operator)[]) => ({ keda: { served: true, controllers } });
const noKeda = { keda: { served: false, controllers: [] } };

const apiService = (group: string, service: string, available = true) => ({
  apiServices: [
    { name: `v1beta1.${group}`, available, reason: available ? '' : 'no endpoints', service },
  ],
});
const external = (service: string, available = true) =>
  apiService('external.metrics.k8s.io', service, available);
const none = { apiServices: [], apis: ['v1'] };
const metricsServer = apiService('metrics.k8s.io', 'kube-system/metrics-server');
const adapter = apiService('custom.metrics.k8s.io', 'monitoring/adapter');

const cpuOnly = [object('ScaledObject', { triggers: [{ type: 'cpu' }] })];

const prometheuses = (address: string): KnownFacts => ({
  prometheusOperator: operatorWith(makePrometheus({ address })),
});
const prometheusService = (exists: boolean): KnownFacts => ({
  services: {
    'monitoring/prometheus-server': { exists, ports: exists ? [80] : [], readyEndpoints: 1 },
  },
});

const custom = hpa({ metrics: { pendingTraces: { enabled: true } } });
const externalMetric = hpa({
  customMetrics: [{ type: 'External', external: { metric: { name: 'a' } } }],
});

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-405', 'installed', { values: keda(), facts: kedaFact(operator) }, ['pass']],
  ['XV-405', 'absent', { values: keda(), facts: noKeda }, ['fail']],
  ['XV-405', 'cannot look', { values: keda(), unknown: ['keda'] }, ['unknown']],
  ['XV-405', 'not asked for', { values: hpa() }, []],
  ['XV-406', 'at work', { values: keda(), facts: kedaFact(operator) }, ['pass']],
  ['XV-406', 'absent', { values: keda(), facts: noKeda }, []],
  ['XV-406', 'half installed', { values: keda(), facts: { ...kedaFact(), ...none } }, ['fail']],
  [
    'XV-406',
    'under other labels',
    { values: keda(), facts: { ...kedaFact(), ...external('openshift-keda/keda-metrics') } },
    ['warn'],
  ],
  ['XV-406', 'down', { values: keda(), facts: kedaFact(controller('keda-operator', 0)) }, ['warn']],
  [
    'XV-409',
    'D37: KEDA',
    {
      values: keda(),
      facts: { ...kedaFact(operator), ...external('keda/keda-operator-metrics-apiserver') },
    },
    ['pass'],
  ],
  [
    'XV-409',
    'D37: another',
    { values: keda(), facts: { ...kedaFact(operator), ...external('datadog/cluster-agent') } },
    ['fail'],
  ],
  [
    'XV-409',
    'D37: nobody',
    { values: keda(), facts: { ...kedaFact(operator), ...none } },
    ['fail'],
  ],
  [
    'XV-409',
    'D37: down',
    {
      values: keda(),
      facts: { ...kedaFact(operator), ...external('keda/keda-metrics-apiserver', false) },
    },
    ['warn'],
  ],
  [
    'XV-409',
    'D37: cannot look',
    {
      values: keda(),
      facts: { ...kedaFact(operator), apis: ['external.metrics.k8s.io/v1beta1'] },
      unknown: ['apiServices'],
    },
    ['unknown'],
  ],
  ['XV-409', 'CPU only', { values: cpuTrigger, objects: cpuOnly }, []],
  ['XV-409', 'no KEDA', { values: keda(), facts: noKeda }, []],
  ['XV-410', 'measured', { values: hpa(), facts: metricsServer }, ['pass']],
  ['XV-410', 'not measured', { values: hpa(), facts: none }, ['fail']],
  [
    'XV-410',
    'down',
    { values: hpa(), facts: apiService('metrics.k8s.io', 'kube-system/metrics-server', false) },
    ['warn'],
  ],
  ['XV-410', 'for the VPA', { values: { vpa: { enabled: true } }, facts: none }, ['fail']],
  ['XV-410', 'for KEDA', { values: cpuTrigger, facts: none }, ['fail']],
  ['XV-410', 'for KEDA, a trigger of its own', { values: ownTriggers, facts: none }, ['fail']],
  [
    'XV-410',
    'not served, and cannot look',
    { values: hpa(), facts: { apis: [] }, unknown: ['apiServices'] },
    ['fail'],
  ],
  [
    'XV-410',
    'served, and cannot look',
    { values: hpa(), facts: { apis: ['metrics.k8s.io/v1beta1'] }, unknown: ['apiServices'] },
    ['unknown'],
  ],
  ['XV-410', 'not needed', { values: keda() }, []],
  ['XV-412', 'D29: served', { values: custom, facts: adapter }, ['pass', 'unknown']],
  ['XV-412', 'D29: not served', { values: custom, facts: { ...none, ...noKeda } }, ['fail']],
  ['XV-412', 'D29: external', { values: externalMetric, facts: { ...none, ...noKeda } }, ['fail']],
  ['XV-412', 'CPU only', { values: hpa() }, []],
  ['XV-413', 'there', { values: prometheusTrigger(), facts: prometheusService(true) }, ['pass']],
  [
    'XV-413',
    'not there',
    { values: prometheusTrigger(), facts: { ...prometheusService(false), ...prometheuses('') } },
    ['warn'],
  ],
  [
    'XV-413',
    'outside',
    { values: prometheusTrigger({ serverAddress: 'https://prometheus.example.com' }) },
    [],
  ],
  ['XV-414', 'D34: the chart’s own', { values: prometheusTrigger() }, []],
  [
    'XV-414',
    'D34: a name alone',
    { values: prometheusTrigger({ query: 'xerv_active_traces' }) },
    [],
  ],
  ['XV-414', 'D34: one number', { values: prometheusTrigger({ query: 'sum(a)' }) }, ['pass']],
  ['XV-414', 'D34: several', { values: prometheusTrigger({ query: 'a{b="c"}' }) }, ['warn']],
  [
    'XV-414',
    'D34: in a trigger of the user’s',
    {
      values: keda({ extraTriggers: [{ type: 'prometheus', metadata: { query: 'rate(a[5m])' } }] }),
    },
    ['warn'],
  ],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

describe('what mends them', () => {
  test.each<[CheckId, CheckSituation & { values: Tree }]>([
    ['XV-405', { values: keda(), facts: noKeda }],
    ['XV-406', { values: keda(), facts: { ...kedaFact(), ...none } }],
    ['XV-409', { values: keda(), facts: { ...kedaFact(operator), ...external('datadog/agent') } }],
    ['XV-410', { values: hpa(), facts: none }],
    ['XV-410', { values: cpuTrigger, facts: none, objects: cpuOnly }],
    ['XV-410', { values: cpuTrigger, facts: none }],
    ['XV-410', { values: ownTriggers, facts: none }],
    ['XV-410', { values: { vpa: { enabled: true } }, facts: none }],
    ['XV-412', { values: custom, facts: { ...none, ...noKeda } }],
    ['XV-412', { values: custom, facts: { ...none, ...kedaFact(operator) } }],
    ['XV-412', { values: externalMetric, facts: { ...none, ...noKeda } }],
    ['XV-414', { values: prometheusTrigger({ query: 'a{b="c"}' }) }],
  ])('%s', (id, situation) => {
    const [verdict] = runCheck(id, situation);
    const mended = mend(verdict, situation.values);
    expect(mended).not.toEqual(situation.values);
    const rest = statusesOf(id, { values: mended, objects: situation.objects ?? [] });
    expect(rest.filter((status) => status !== 'pass')).toEqual([]);
  });

  test('XV-413: the Prometheus of the operator', () => {
    const facts = {
      ...prometheusService(false),
      ...prometheuses('http://prometheus-operated.monitoring.svc:9090'),
    };
    const [verdict] = runCheck('XV-413', { values: prometheusTrigger(), facts });
    expect(verdict?.remedies?.[0]?.changes).toEqual([
      {
        path: ['keda', 'triggers', 'pendingTraces', 'serverAddress'],
        value: 'http://prometheus-operated.monitoring.svc:9090',
      },
    ]);
  });

  test('exact commands', () => {
    const command = (id: CheckId, values: Tree, facts: KnownFacts) =>
      runCheck(id, { values, facts })[0]?.remedies?.[0]?.command;
    expect(command('XV-405', keda(), noKeda)).toContain(
      'helm upgrade --install keda kedacore/keda -n keda --create-namespace',
    );
    expect(command('XV-410', hpa(), none)).toContain('metrics-server/metrics-server');
  });

  test('D29: KEDA is offered first where it is installed', () => {
    const [verdict] = runCheck('XV-412', {
      values: custom,
      facts: { ...none, ...kedaFact(operator) },
    });
    expect(verdict?.remedies?.[0]?.text).toContain('Let KEDA scale');
  });
});
