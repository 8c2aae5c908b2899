import type { Situation } from './situation.ts';
import {
  dashboards,
  keda,
  monitored,
  ownImage,
  prometheusTrigger,
  tracing,
} from './some-values.ts';

/** Metrics, dashboards and traces. */
export const onObservability: readonly Situation[] = [
  {
    on: 'bare',
    what: 'no operator, no Grafana, no collector',
    values: {
      ...monitored,
      monitoring: {
        alerts: { enabled: true },
        dashboards: { enabled: true },
        tracing: { enabled: true, endpoint: '' },
      },
    },
    says: { 'XV-601': ['fail'], 'XV-608': ['warn'], 'XV-611': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'monitors without the label that is selected by',
    values: monitored,
    says: { 'XV-603': ['warn', 'warn'], 'XV-604': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'monitors with that label',
    values: { metrics: { serviceMonitor: { enabled: true, labels: { release: 'kps' } } } },
    says: { 'XV-603': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'alerts without metrics',
    values: { ...monitored, metrics: { enabled: false } },
    says: { 'XV-604': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'scaled on metrics that are off',
    values: keda({ triggers: prometheusTrigger }, { metrics: { enabled: false } }),
    says: { 'XV-605': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'metrics of an image of his own, from the API',
    values: {
      ...ownImage,
      ...tracing('http://tempo.monitoring:4317'),
      metrics: { onApiPort: true, serviceMonitor: { enabled: true } },
    },
    says: { 'XV-606': ['pass'], 'XV-607': ['pass'], 'XV-613': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'everything collected twice, too slowly',
    values: {
      metrics: {
        serviceMonitor: { enabled: true, interval: '5s' },
        podMonitor: { enabled: true },
      },
    },
    says: { 'XV-609': ['warn'], 'XV-610': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a dashboard',
    values: dashboards,
    says: { 'XV-608': ['pass'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a dashboard that no sidecar looks for',
    values: dashboards,
    says: { 'XV-608': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'the port of HTTP',
    values: tracing('http://tempo.monitoring:4318'),
    says: { 'XV-611': ['warn'] },
  },
];
