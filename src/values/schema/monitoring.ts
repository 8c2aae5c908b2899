import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { objects, optionalName, scalar, stringMap } from './formats.ts';
import { prometheusDuration } from './metrics.ts';

const amount = z.number().check(z.gte(0));
const share = z.number().check(z.gte(0), z.lte(1));
const lasting = (time: string) => value(prometheusDuration, time, 'For how long.');

/** The alerts that the chart has. */
export const alertNames = [
  'XervHighErrorRate',
  'XervCriticalErrorRate',
  'XervQueueDepthHigh',
  'XervQueueDepthCritical',
  'XervRaftLeaderMissing',
  'XervRaftLeaderFlapping',
  'XervArenaStorageHigh',
  'XervArenaStorageCritical',
  'XervSlowTraceExecution',
  'XervNoTracesProcessed',
  'XervInstanceDown',
] as const;

const alerts = section(
  'PrometheusRule with alerts for this release alone. Not created without metrics.enabled. 0 is a threshold like any other.',
  {
    enabled: value(z.boolean(), false, 'Create the PrometheusRule.'),
    labels: value(
      stringMap,
      {},
      'Labels for the PrometheusRule. Prometheus uses only those that its selector matches.',
      { release: 'kube-prometheus-stack' },
    ),
    annotations: value(stringMap, {}, 'Annotations for the PrometheusRule.'),
    namespace: value(optionalName, '', "Namespace of the object. Empty: the release's."),
    ruleLabels: value(stringMap, {}, 'More labels of each alert, such as for its routing.', {
      team: 'platform',
    }),
    disabled: value(z.array(z.enum(alertNames)), [], 'Alerts to leave out.', [
      'XervSlowTraceExecution',
    ]),
    extraRules: value(objects, [], 'More rules in the group, as Prometheus has them.'),
    runbookUrl: value(
      z.string(),
      'https://github.com/ml-rust/create-xerv-deploy/blob/main/docs/runbooks.md',
      'URL of the page that says what to do: annotation runbook_url of each alert, with its name as the place on the page. Empty: no such annotation.',
    ),
    rateWindow: value(
      prometheusDuration,
      '5m',
      'Time that rates are taken over; at least four scrapes.',
    ),
    errorRateThreshold: value(share, 0.05, 'Share of failed traces, as a warning.'),
    errorRateDuration: lasting('5m'),
    criticalErrorRateThreshold: value(share, 0.2, 'Share of failed traces, as critical.'),
    criticalErrorRateDuration: lasting('2m'),
    queueDepthWarning: value(amount, 100, 'Depth of the dispatch queue, as a warning.'),
    queueDepthDuration: lasting('5m'),
    queueDepthCritical: value(amount, 500, 'Depth of the dispatch queue, as critical.'),
    queueDepthCriticalDuration: lasting('2m'),
    raftLeaderMissingDuration: lasting('1m'),
    raftLeaderFlappingThreshold: value(amount, 3, 'Changes of the raft leader in 15 minutes.'),
    raftLeaderFlappingDuration: lasting('5m'),
    arenaSizeWarning: value(amount, 1073741824, 'Bytes in the arena of a pod, as a warning.'),
    arenaSizeDuration: lasting('5m'),
    arenaSizeCritical: value(amount, 4294967296, 'Bytes in the arena of a pod, as critical.'),
    arenaSizeCriticalDuration: lasting('2m'),
    slowTraceThreshold: value(amount, 30, 'Seconds within which 95 of 100 traces should finish.'),
    slowTraceDuration: lasting('10m'),
    noTracesProcessedDuration: lasting('5m'),
    instanceDownDuration: lasting('1m'),
  },
);

const logging = section('Logs of the server, on its standard output.', {
  format: value(
    z.enum(['json', 'pretty', 'compact', '']),
    'json',
    'Format (XERV_LOG_FORMAT). Empty: left to XERV.',
  ),
  level: value(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'off', '']),
    'info',
    "Level of XERV's own modules (RUST_LOG xerv=<level>). Empty: left to XERV, which says warn.",
  ),
  filter: value(z.string(), '', 'Whole filter in place of level (RUST_LOG).', 'warn,xerv=debug'),
});

const tracing = section(
  'Traces by OpenTelemetry. The image must be built with the feature otel; that of XERV 0.1.0 is not.',
  {
    enabled: value(z.boolean(), false, 'Send traces (OTEL_ENABLED).'),
    endpoint: value(
      z.string(),
      '',
      'Collector (OTEL_EXPORTER_OTLP_ENDPOINT); http:// is added if it has no scheme. XERV sends gRPC, usually port 4317.',
      'http://tempo.monitoring:4317',
    ),
    serviceName: value(z.string(), 'xerv', 'Name of the service (OTEL_SERVICE_NAME).'),
    protocol: value(
      z.enum(['', 'grpc', 'http/protobuf']),
      '',
      'OTEL_EXPORTER_OTLP_PROTOCOL. Empty: grpc, the only one that XERV has.',
    ),
    sampler: value(
      z.enum([
        '',
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ]),
      '',
      "OTEL_TRACES_SAMPLER. Empty: XERV's own.",
    ),
    samplerArgument: value(scalar, '', 'OTEL_TRACES_SAMPLER_ARG, such as the share to keep.', 0.1),
    resourceAttributes: value(stringMap, {}, 'OTEL_RESOURCE_ATTRIBUTES.', {
      'deployment.environment': 'production',
    }),
    headersSecret: value(
      optionalName,
      '',
      'Secret with headers for the collector (OTEL_EXPORTER_OTLP_HEADERS), such as a token.',
    ),
    headersSecretKey: value(z.string(), 'headers', 'Key of that Secret.'),
  },
);

const dashboards = section(
  "ConfigMap with a dashboard that Grafana's sidecar provisions as it is.",
  {
    enabled: value(z.boolean(), false, 'Create the ConfigMap.'),
    labels: value(
      stringMap,
      { grafana_dashboard: '1' },
      'Labels for the ConfigMap: what the sidecar looks for.',
    ),
    annotations: value(stringMap, {}, 'Annotations for the ConfigMap.'),
    namespace: value(
      optionalName,
      '',
      "Namespace of the ConfigMap, where the sidecar looks. Empty: the release's.",
    ),
    folder: value(z.string(), '', 'Folder in Grafana. Empty: that of the provider.', 'XERV'),
    folderAnnotation: value(
      z.string().check(z.minLength(1)),
      'grafana_folder',
      'Annotation that tells the sidecar the folder.',
    ),
  },
);

/** Alerts, dashboards, logs and traces. */
export const monitoring = {
  monitoring: section('Alerts, dashboards, logs and traces.', {
    alerts,
    dashboards,
    logging,
    tracing,
  }),
};
