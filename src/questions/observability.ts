import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { choiceQuestion, textQuestion, yesNoQuestion } from './kinds.ts';
import { plainOption, seen, words } from './options.ts';
import { parseList, parseName } from './parse.ts';
import { accept, type Option, type Question, type QuestionContext, reject } from './question.ts';

const monitoring = (values: Tree): Tree => ({ monitoring: values });

/** What Kubernetes takes as a label, with its value. */
const label =
  /^([a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?=([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

export const observabilityQuestions: readonly Question[] = [
  yesNoQuestion({
    id: 'metrics',
    short: 'metrics',
    section: 'observability',
    title: 'Should XERV expose metrics?',
    help: 'a port for Prometheus; alerts and scaling by traces need it',
    helpWith: (values) => `a port for Prometheus; ${whatNeeds(values)} it`,
    yes: 'a port for Prometheus on the pods and the Service',
    no: (values) => `none; ${whatNeeds(values)} them`,
    judgedBy: ['XV-604', 'XV-605'],
    read: ({ metrics }) => metrics.enabled,
    write: (enabled) => ({ metrics: { enabled } }),
  }),
  yesNoQuestion({
    id: 'service-monitor',
    short: 'ServiceMonitor',
    section: 'observability',
    title: 'Should the Prometheus Operator collect these metrics?',
    help: 'a ServiceMonitor; needs the Prometheus Operator in the cluster',
    yes: 'a ServiceMonitor for the API port, where XERV 0.1.0 serves them',
    no: 'not collected unless your Prometheus is configured to',
    when: ({ metrics }) => metrics.enabled,
    judgedBy: ['XV-601'],
    read: ({ metrics }) => metrics.serviceMonitor.enabled,
    write: (enabled) => ({
      // At the port for metrics nobody listens in XERV 0.1.0 (XV-606).
      metrics: { serviceMonitor: { enabled }, ...(enabled && { onApiPort: true }) },
    }),
  }),
  yesNoQuestion({
    id: 'alerts',
    short: 'alerts',
    section: 'observability',
    title: 'Should there be alerts?',
    help: 'a PrometheusRule with a runbook per alert; needs the Prometheus Operator',
    yes: 'on errors, long queues, slow traces and missing pods',
    no: 'none',
    when: ({ metrics }) => metrics.enabled,
    judgedBy: ['XV-601'],
    read: (values) => values.monitoring.alerts.enabled,
    write: (enabled) => monitoring({ alerts: { enabled } }),
  }),
  textQuestion({
    id: 'prometheus-labels',
    short: 'labels {}',
    section: 'observability',
    title: 'Which labels does your Prometheus select by?',
    placeholder: 'KEY=VALUE[,...]',
    help: 'labels on the ServiceMonitor and alerts that Prometheus selects by',
    when: ({ metrics, ...values }) =>
      metrics.enabled && (metrics.serviceMonitor.enabled || values.monitoring.alerts.enabled),
    needs: ['prometheusOperator'],
    options: ({ facts }) => [
      ...selectedLabels(facts).map(({ name, labels }) =>
        plainOption(labels, `what Prometheus ${name} selects by`),
      ),
      { value: '', label: 'none', description: 'a Prometheus that selects every monitor' },
    ],
    suggest: ({ values, facts }) =>
      readLabels(values) === '' ? selectedLabels(facts)[0]?.labels : undefined,
    read: (values) => readLabels(values),
    write: (answer) =>
      parseList(
        answer,
        { item: label, what: 'a label KEY=VALUE', example: 'release=kube-prometheus-stack' },
        (items) => {
          const labels = Object.fromEntries(items.map((item) => item.split('=', 2)));
          return accept(
            { metrics: { serviceMonitor: { labels } }, ...monitoring({ alerts: { labels } }) },
            [
              ['metrics', 'serviceMonitor', 'labels'],
              ['monitoring', 'alerts', 'labels'],
            ],
          );
        },
      ),
  }),
  yesNoQuestion({
    id: 'dashboards',
    short: 'dashboard',
    section: 'observability',
    title: 'Should Grafana get a dashboard?',
    help: "a ConfigMap with a dashboard; needs Grafana's sidecar",
    yes: "a ConfigMap that Grafana's sidecar loads",
    no: 'none',
    read: (values) => values.monitoring.dashboards.enabled,
    write: (enabled) => monitoring({ dashboards: { enabled } }),
  }),
  textQuestion({
    id: 'dashboard-namespace',
    section: 'observability',
    title: 'In which namespace does Grafana look for dashboards?',
    placeholder: 'NAME',
    help: "namespace of the dashboard (default: the release's)",
    when: (values) => values.monitoring.dashboards.enabled,
    flagOnly: true,
    needs: ['grafana'],
    options: grafanaOptions,
    read: (values) => values.monitoring.dashboards.namespace,
    write: (answer) =>
      parseName(answer, (namespace) => accept(monitoring({ dashboards: { namespace } }))),
  }),
  choiceQuestion({
    id: 'log-format',
    short: 'logs {}',
    section: 'observability',
    title: 'How should logs be written?',
    help: 'log format: json for log collectors, pretty or compact for people',
    answers: [
      { value: 'json', label: 'JSON', description: 'for Loki, Elasticsearch and the like' },
      { value: 'pretty', label: 'Pretty', description: 'several lines per entry, for people' },
      { value: 'compact', label: 'Compact', description: 'one line per entry, for people' },
    ],
    read: (values) => values.monitoring.logging.format || undefined,
    write: (format) => monitoring({ logging: { format } }),
  }),
  choiceQuestion({
    id: 'log-level',
    short: 'log level {}',
    section: 'observability',
    title: 'How much should be logged?',
    help: 'the lowest level that is logged; info is usual',
    answers: [
      { value: 'error', label: 'Errors', description: 'errors only' },
      { value: 'warn', label: 'Warnings', description: 'and warnings' },
      { value: 'info', label: 'Info', description: 'and events' },
      { value: 'debug', label: 'Debug', description: 'and details; verbose' },
      { value: 'trace', label: 'Trace', description: 'everything; slows XERV down' },
    ],
    read: ({ monitoring: { logging } }) =>
      logging.filter ? undefined : logging.level || undefined,
    // A filter takes the place of the level.
    write: (level) => monitoring({ logging: { level, filter: '' } }),
  }),
  textQuestion({
    id: 'tracing-endpoint',
    short: 'traces to {}',
    section: 'observability',
    title: 'Where should traces be sent?',
    placeholder: 'URL',
    help: 'OpenTelemetry collector for traces, gRPC, usually port 4317',
    needs: ['knownServices'],
    options: ({ facts }) => [
      { value: '', label: 'nowhere', description: 'no tracing' },
      ...(seen(facts, 'knownServices') ?? [])
        .filter(({ kind }) => kind === 'otlp')
        .map(({ namespace, name, port }) =>
          plainOption(`http://${name}.${namespace}.svc:${port}`, 'found in this cluster'),
        ),
    ],
    read: ({ monitoring: { tracing } }) => (tracing.enabled ? tracing.endpoint || undefined : ''),
    write: (answer) => {
      if (answer === '') return accept(monitoring({ tracing: { enabled: false } }));
      return /^(https?:\/\/)?[^\s/:]+(:\d{1,5})?(\/\S*)?$/.test(answer)
        ? accept(monitoring({ tracing: { enabled: true, endpoint: answer } }))
        : reject('expected the URL of a collector', 'For example: http://tempo:4317');
    },
  }),
];

/** What there could not be without metrics. */
function whatNeeds(values: Values): string {
  return scalerOf(values) === 'keda' ? 'alerts and scaling by traces need' : 'alerts need';
}

const labelText = (labels: Readonly<Record<string, unknown>>) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

function readLabels({ metrics, monitoring: { alerts } }: Values): string | undefined {
  const [ofMonitor, ofAlerts] = [
    labelText(metrics.serviceMonitor.labels),
    labelText(alerts.labels),
  ];
  if (!metrics.serviceMonitor.enabled) return ofAlerts;
  return !alerts.enabled || ofAlerts === ofMonitor ? ofMonitor : undefined;
}

/** Labels that would be selected by a Prometheus that does not take everything. */
function selectedLabels(facts: QuestionContext['facts']) {
  const prometheuses = seen(facts, 'prometheusOperator')?.prometheuses ?? [];
  return prometheuses.flatMap(({ namespace, name, serviceMonitorSelector, ruleSelector }) => {
    const labels = labelText({
      ...serviceMonitorSelector?.matchLabels,
      ...ruleSelector?.matchLabels,
    });
    return labels === '' ? [] : [{ name: `${namespace}/${name}`, labels }];
  });
}

function grafanaOptions({ facts }: QuestionContext): readonly Option[] {
  const namespaces = (seen(facts, 'grafana') ?? []).flatMap(({ namespace, searchNamespaces }) =>
    searchNamespaces.includes('ALL')
      ? []
      : searchNamespaces.length > 0
        ? searchNamespaces
        : [namespace],
  );
  return [
    { value: '', label: "the release's", description: 'for a sidecar that looks everywhere' },
    ...[...new Set(namespaces)].map((namespace) =>
      plainOption(namespace, words("where Grafana's sidecar looks")),
    ),
  ];
}
