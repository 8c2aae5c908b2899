import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import type { CheckInput, ValueChange } from './types.ts';

/** Settings that have XERV's metrics collected by the Prometheus Operator. */
export function monitorsOf({ metrics }: Values): ('serviceMonitor' | 'podMonitor')[] {
  return (['serviceMonitor', 'podMonitor'] as const).filter((key) => metrics[key].enabled);
}

/** Settings that make objects for the Prometheus Operator, and the kinds of these. */
export function operatorKinds(values: Values) {
  const kinds = { serviceMonitor: 'ServiceMonitor', podMonitor: 'PodMonitor' } as const;
  return [
    ...monitorsOf(values).map((key) => ({ setting: `metrics.${key}`, kind: kinds[key] })),
    ...(values.monitoring.alerts.enabled
      ? [{ setting: 'monitoring.alerts', kind: 'PrometheusRule' }]
      : []),
  ];
}

/** Settings that scale on XERV's own series, as paths. */
export function scalersOnMetrics(values: Values): string[] {
  const { keda, autoscaling } = values;
  switch (scalerOf(values)) {
    case 'keda':
      return [
        ...(['pendingTraces', 'activeTraces'] as const)
          .filter((key) => keda.triggers[key].enabled && readsXerv(keda.triggers[key].query))
          .map((key) => `keda.triggers.${key}`),
        ...keda.extraTriggers.flatMap(({ type, metadata }, index) => {
          const query = String(metadata?.query ?? '');
          return type === 'prometheus' && query.includes('xerv_')
            ? [`keda.extraTriggers[${index}]`]
            : [];
        }),
      ];
    case 'hpa':
      return (['pendingTraces', 'activeTraces'] as const)
        .filter((key) => autoscaling.metrics[key].enabled)
        .map((key) => `autoscaling.metrics.${key}`);
    default:
      return [];
  }
}

/** Empty stands for the chart's own query, which reads them. */
const readsXerv = (query: string) => query === '' || query.includes('xerv_');

/** Kinds of Prometheus and its relatives that say what to collect; users bring them as extraObjects. */
const collectingKinds: ReadonlySet<string> = new Set([
  'ServiceMonitor',
  'PodMonitor',
  'ScrapeConfig',
  'PodMonitoring',
  'VMServiceScrape',
  'VMPodScrape',
]);

/** Whether anything in the release, or the user's own word, has the metrics collected. */
export function isCollected({ values, objects }: Pick<CheckInput, 'values' | 'objects'>): boolean {
  const { metrics, podAnnotations, service } = values;
  const key = 'prometheus.io/scrape';
  return (
    monitorsOf(values).length > 0 ||
    metrics.scrapeAnnotations ||
    Object.keys(metrics.matchers).length > 0 ||
    [podAnnotations, service.annotations].some((annotations) => annotations[key] === 'true') ||
    objects.some(({ kind }) => collectingKinds.has(kind))
  );
}

/** Labels that the jobs of the chart `prometheus` give to what they find by annotation. */
export function annotationChanges(
  { metrics }: CheckInput['values'],
  { namespace, release }: CheckInput['target'],
): ValueChange[] {
  return [
    { path: ['metrics', 'scrapeAnnotations'], value: true },
    ...(Object.keys(metrics.matchers).length > 0
      ? []
      : [
          {
            path: ['metrics', 'matchers'],
            value: { namespace, app_kubernetes_io_instance: release },
          },
        ]),
  ];
}
