import { expect, test } from 'vitest';
import type { RenderedObject } from '../../../src/checks/types.ts';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import { mend, runCheck } from '../../support/check-input.ts';

type Prometheus = FactValue<'prometheusOperator'>['prometheuses'][number];

const all = { matchLabels: {}, matchExpressions: [] };
const label = (key: string, value: string) => ({
  matchLabels: { [key]: value },
  matchExpressions: [],
});
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchLabels: {},
  matchExpressions: [{ key, operator, values }],
});
const released = label('release', 'kps');

const prometheus = (parts: Partial<Prometheus> = {}): Prometheus => ({
  kind: 'Prometheus',
  namespace: 'monitoring',
  name: 'kps',
  address: '',
  serviceMonitorSelector: all,
  serviceMonitorNamespaceSelector: all,
  podMonitorSelector: all,
  podMonitorNamespaceSelector: all,
  ruleSelector: all,
  ruleNamespaceSelector: all,
  ...parts,
});

const object = (kind: string, labels = {}, namespace = 'xerv'): RenderedObject => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  metadata: {
    name: 'xerv',
    namespace,
    labels: { 'helm.sh/chart': 'xerv-1', 'app.kubernetes.io/name': 'xerv', ...labels },
    annotations: {},
  },
});
const monitor = object('ServiceMonitor');
const rule = object('PrometheusRule');
const controller = { namespace: 'm', name: 'o', image: '', version: '', wanted: 1, ready: 1 };

interface Situation {
  readonly prometheuses?: readonly Prometheus[];
  readonly objects?: readonly RenderedObject[];
  readonly namespaceLabels?: Record<string, string>;
  readonly values?: Parameters<typeof mend>[1];
}

const values = { metrics: { serviceMonitor: { enabled: true } } };
const judge = ({
  prometheuses = [prometheus()],
  objects = [monitor],
  namespaceLabels,
}: Situation) =>
  runCheck('XV-603', {
    values,
    objects,
    facts: {
      prometheusOperator: {
        served: true,
        controllers: [controller],
        prometheuses: [...prometheuses],
      },
      ...(namespaceLabels
        ? {
            namespace: {
              exists: true,
              terminating: false,
              conditions: [],
              labels: namespaceLabels,
            },
          }
        : {}),
    },
  });

const inside = prometheus({ serviceMonitorNamespaceSelector: null });
const agent = prometheus({ kind: 'PrometheusAgent' });
const teamOnly = prometheus({ serviceMonitorNamespaceSelector: label('team', 'a') });

test.each<[string, Situation, string[]]>([
  ['everything is selected', {}, ['pass']],
  ['by its label', { prometheuses: [prometheus({ serviceMonitorSelector: released })] }, ['warn']],
  [
    'with that label',
    {
      prometheuses: [prometheus({ serviceMonitorSelector: released })],
      objects: [object('ServiceMonitor', { release: 'kps' })],
    },
    ['pass'],
  ],
  [
    'one of two selects',
    { prometheuses: [prometheus({ serviceMonitorSelector: released }), prometheus()] },
    ['pass'],
  ],
  [
    'no selector selects nothing',
    { prometheuses: [prometheus({ serviceMonitorSelector: null })] },
    ['warn'],
  ],
  ['only its own namespace', { prometheuses: [inside] }, ['warn']],
  ['its own namespace', { prometheuses: [{ ...inside, namespace: 'xerv' }] }, ['pass']],
  ['a labelled namespace', { prometheuses: [teamOnly], namespaceLabels: { team: 'a' } }, ['pass']],
  ['another namespace', { prometheuses: [teamOnly], namespaceLabels: {} }, ['warn']],
  ['a namespace that cannot be seen', { prometheuses: [teamOnly] }, ['unknown']],
  [
    'by the label that each namespace has',
    {
      prometheuses: [
        prometheus({
          serviceMonitorNamespaceSelector: label('kubernetes.io/metadata.name', 'xerv'),
        }),
      ],
      namespaceLabels: {},
    },
    ['pass'],
  ],
  ['an agent collects', { prometheuses: [agent] }, ['pass']],
  ['an agent has no rules', { prometheuses: [agent], objects: [rule] }, ['warn']],
  ['each object for itself', { objects: [monitor, rule] }, ['pass', 'pass']],
  ['no Prometheus', { prometheuses: [] }, ['warn']],
  ['nothing rendered', { objects: [] }, ['skip']],
  [
    'objects of the user are his affair',
    { objects: [{ ...monitor, metadata: { ...monitor.metadata, labels: {} } }] },
    ['skip'],
  ],
])('D69: %s', (_, situation, expected) => {
  expect(judge(situation).map(({ status }) => status)).toEqual(expected);
});

test.each([
  [released, { release: 'kps' }],
  [expression('release', 'In', 'kps', 'other'), { release: 'kps' }],
  [expression('scrape', 'Exists'), { scrape: 'true' }],
])('D69: the labels that are missing are computed and mend it', (selector, labels) => {
  const prometheuses = [prometheus({ serviceMonitorSelector: selector })];
  const mended = mend(judge({ prometheuses })[0], values);
  expect(mended).toEqual({ metrics: { serviceMonitor: { enabled: true, labels } } });
  const after = judge({ prometheuses, objects: [object('ServiceMonitor', labels)] });
  expect(after.map(({ status }) => status)).toEqual(['pass']);
});

test('D69: rules get theirs', () => {
  const [verdict] = judge({
    prometheuses: [prometheus({ ruleSelector: released })],
    objects: [rule],
  });
  expect(verdict?.message).toBe('No Prometheus selects PrometheusRule xerv/xerv: it is ignored.');
  expect(verdict?.remedies?.[0]?.changes).toEqual([
    { path: ['monitoring', 'alerts', 'labels', 'release'], value: 'kps' },
  ]);
});

test('D69: the namespace is changed or labelled', () => {
  expect(judge({ prometheuses: [inside] })[0]?.remedies?.[0]?.changes).toEqual([
    { path: ['metrics', 'serviceMonitor', 'namespace'], value: 'monitoring' },
  ]);
  expect(judge({ prometheuses: [teamOnly], namespaceLabels: {} })[0]?.remedies?.[0]?.command).toBe(
    'kubectl label namespace xerv team=a',
  );
});

test('D69: what no label can mend is said so', () => {
  for (const selector of [
    expression('app.kubernetes.io/name', 'NotIn', 'xerv'),
    label('app.kubernetes.io/name', 'grafana'),
    expression('helm.sh/chart', 'DoesNotExist'),
  ]) {
    const [verdict] = judge({ prometheuses: [prometheus({ serviceMonitorSelector: selector })] });
    expect(verdict?.remedies).toEqual([{ text: expect.stringContaining('Prometheus owner') }]);
  }
});
