import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import type { CheckSituation } from '../../support/check-input.ts';
import { judgeTable, type Row } from '../../support/check-table.ts';

const apis = ['v1', 'monitoring.coreos.com/v1/ServiceMonitor'];
const monitored: Tree = { metrics: { serviceMonitor: { enabled: true } } };
const alerts: Tree = { monitoring: { alerts: { enabled: true } } };
const redis = { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } };
const scaled = (more: Tree = {}): Tree => ({
  ...redis,
  keda: { enabled: true, triggers: { pendingTraces: { enabled: true, ...more } } },
});

const labels = { 'app.kubernetes.io/name': 'xerv' };
const objects = [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'xerv', labels, annotations: {} } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'xerv', labels: {}, annotations: {} },
    spec: { template: { metadata: { labels } } },
  },
];
type Monitor = FactValue<'monitors'>['monitors'][number];
type Prometheus = FactValue<'prometheusOperator'>['prometheuses'][number];
const everything = { matchLabels: {}, matchExpressions: [] };
const monitor = (parts: Partial<Monitor> = {}): Monitor => ({
  kind: 'ServiceMonitor',
  namespace: 'monitoring',
  name: 'team',
  selector: { matchLabels: labels, matchExpressions: [] },
  namespaces: null,
  owner: '',
  ...parts,
});
/** KEDA asks a Prometheus of the operator, of which all is known. */
const asked = ({
  address = 'http://prometheus-operated.monitoring.svc:9090',
  behind,
  prometheus = {},
  second = [],
  ...monitors
}: Partial<FactValue<'monitors'>> & {
  readonly address?: string;
  /** The Prometheus that the asked Service names. */
  readonly behind?: string;
  readonly prometheus?: Partial<Prometheus>;
  readonly second?: readonly Partial<Prometheus>[];
} = {}): CheckSituation => ({
  values: scaled({ serverAddress: address }),
  objects,
  facts: {
    apis,
    monitors: { monitors: [], scrapeConfigs: 0, ...monitors },
    prometheusOperator: {
      served: true,
      controllers: [],
      prometheuses: [prometheus, ...second].map((parts) => ({
        kind: 'Prometheus',
        namespace: 'monitoring',
        name: 'kps',
        address: 'http://prometheus-operated.monitoring.svc:9090',
        serviceMonitorSelector: everything,
        serviceMonitorNamespaceSelector: everything,
        podMonitorSelector: null,
        podMonitorNamespaceSelector: null,
        ruleSelector: null,
        ruleNamespaceSelector: null,
        hasOtherSources: false,
        ...parts,
      })),
    },
    services: {
      'monitoring/kps-prometheus': {
        exists: true,
        ports: [9090],
        readyEndpoints: 1,
        ...(behind ? { prometheus: behind } : {}),
      },
    },
  },
});
const kpsService = 'http://kps-prometheus.monitoring:9090';

const olderOperator: CheckSituation['facts'] = {
  prometheusOperator: {
    served: true,
    controllers: [],
    prometheuses: (asked().facts?.prometheusOperator?.prometheuses ?? []).map(
      ({ hasOtherSources: _, ...one }) => one,
    ),
  },
};

const table: readonly Row[] = [
  [
    'XV-605',
    'D35: collected',
    { values: { ...scaled(), ...monitored }, facts: { apis } },
    ['pass'],
  ],
  [
    'XV-605',
    'D35: by annotation',
    { values: { ...scaled(), metrics: { scrapeAnnotations: true } } },
    ['pass'],
  ],
  [
    'XV-605',
    'D35: by annotations of the user',
    { values: { ...scaled(), podAnnotations: { 'prometheus.io/scrape': 'true' } } },
    ['pass'],
  ],
  [
    'XV-605',
    'D35: in the user’s own way',
    { values: { ...scaled(), metrics: { matchers: { job: 'x' } } } },
    ['pass'],
  ],
  [
    'XV-605',
    'D35: by an object of the user',
    {
      values: scaled(),
      objects: [
        {
          apiVersion: 'monitoring.googleapis.com/v1',
          kind: 'PodMonitoring',
          metadata: { name: 'x', labels: {}, annotations: {} },
        },
      ],
    },
    ['pass'],
  ],
  ['XV-605', 'D35: not collected', { values: scaled(), facts: { apis } }, ['warn']],
  [
    'XV-605',
    'D35: metrics off',
    { values: { ...scaled(), metrics: { enabled: false } }, facts: { apis } },
    ['fail'],
  ],
  ['XV-605', 'a query on other metrics', { values: scaled({ query: 'sum(mq_depth)' }) }, []],
  ['XV-605', 'alerts without a monitor', { values: alerts, facts: { apis } }, ['warn']],
  [
    'XV-605',
    'the autoscaler of Kubernetes',
    {
      values: {
        ...redis,
        metrics: { enabled: false },
        autoscaling: { enabled: true, metrics: { activeTraces: { enabled: true } } },
      },
    },
    ['fail'],
  ],
  ['XV-605', 'D35: the asked Prometheus has only monitors, and none', asked(), ['fail']],
  ['XV-605', 'the same, with nothing rendered yet', { ...asked(), objects: [] }, ['warn']],
  [
    'XV-605',
    'D35: by another Service of it',
    asked({ address: kpsService, behind: 'kps' }),
    ['fail'],
  ],
  ['XV-605', 'a Service of another one', asked({ address: kpsService, behind: 'other' }), ['warn']],
  ['XV-605', 'a Service that says nothing', asked({ address: kpsService }), ['warn']],
  ['XV-605', 'one outside', asked({ address: 'http://metrics.example.com' }), ['warn']],
  [
    'XV-605',
    'one with scrape configurations of its own',
    asked({ prometheus: { hasOtherSources: true } }),
    ['warn'],
  ],
  [
    'XV-605',
    'one of several behind one Service has others',
    asked({ second: [{ name: 'other', hasOtherSources: true }] }),
    ['warn'],
  ],
  [
    'XV-605',
    'seen by an older version',
    { ...asked(), facts: { ...asked().facts, ...olderOperator } },
    ['warn'],
  ],
  ['XV-605', 'a ScrapeConfig', asked({ scrapeConfigs: 1 }), ['warn']],
  ['XV-605', 'a monitor of somebody else', asked({ monitors: [monitor()] }), ['pass']],
  [
    'XV-605',
    'a PodMonitor of somebody else, in this namespace',
    asked({ monitors: [monitor({ kind: 'PodMonitor', namespaces: ['xerv'] })] }),
    ['pass'],
  ],
  [
    'XV-605',
    'monitors of other namespaces and labels, and one that goes',
    asked({
      monitors: [
        monitor({ namespaces: ['monitoring'] }),
        monitor({ selector: { matchLabels: { app: 'other' }, matchExpressions: [] } }),
        monitor({ owner: 'xerv/xerv' }),
      ],
    }),
    ['fail'],
  ],
  [
    'XV-605',
    'monitors that may not be listed',
    {
      values: scaled({ serverAddress: kpsService }),
      facts: { apis },
      unknown: ['monitors', 'prometheusOperator', 'services'],
    },
    ['warn'],
  ],
];

judgeTable(table);
