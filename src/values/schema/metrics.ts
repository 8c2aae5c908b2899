import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import {
  object,
  objects,
  optionalName,
  port,
  scalar,
  stringMap,
  strings,
  whole,
} from './formats.ts';

/** A length of time as Prometheus writes it. */
export const prometheusDuration = z
  .string()
  .check(
    z.regex(/^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$/),
    z.minLength(2),
  );

const relabelExample = [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }];

const monitor = (kind: string) => ({
  enabled: value(z.boolean(), false, `Create a ${kind}. Not created without metrics.enabled.`),
  interval: value(prometheusDuration, '30s', 'Time between two scrapes.'),
  scrapeTimeout: value(prometheusDuration, '10s', 'Time that a scrape may take; at most interval.'),
  labels: value(
    stringMap,
    {},
    `Labels for the ${kind}. Prometheus uses only those that its selector matches.`,
    { release: 'kube-prometheus-stack' },
  ),
  annotations: value(stringMap, {}, `Annotations for the ${kind}.`),
  namespace: value(
    optionalName,
    '',
    "Namespace of the object. Empty: the release's. Secrets named in it must be there too.",
  ),
  jobLabel: value(
    z.string(),
    '',
    'Label that holds the name of the job. Empty: the job is the name of the Service. Set metrics.matchers with it.',
  ),
  podTargetLabels: value(strings, [], 'Labels of the pods to put on each series.'),
  honorLabels: value(z.boolean(), false, 'Keep labels of the series that collide with others.'),
  scheme: value(
    z.enum(['http', 'https']),
    'http',
    "How to scrape. With Istio's sidecar and http, its port 15020 is scraped, which answers under STRICT too; with https XERV's own, with the certificates in tlsConfig.",
  ),
  tlsConfig: value(object, {}, 'tlsConfig of the endpoint.', { insecureSkipVerify: true }),
  authorization: value(object, {}, 'authorization of the endpoint; its credentials are a Secret.', {
    credentials: { name: 'scrape-token', key: 'token' },
  }),
  basicAuth: value(object, {}, 'basicAuth of the endpoint, by keys of Secrets.'),
  bearerTokenSecret: value(
    z.strictObject({ name: z.optional(z.string()), key: z.optional(z.string()) }),
    {},
    'Key of a Secret that holds a bearer token; authorization is its successor.',
    { name: 'scrape-token', key: 'token' },
  ),
  params: value(z.record(z.string(), strings), {}, 'Parameters of the request.'),
  relabelings: value(objects, [], 'Relabelings of the target, after ours.', relabelExample),
  metricRelabelings: value(objects, [], 'Relabelings of each series, after ours.', [
    { action: 'drop', sourceLabels: ['__name__'], regex: 'xerv_node_execution_seconds_bucket' },
  ]),
  sampleLimit: value(whole(0), 0, 'Maximum series per scrape. 0: no limit.'),
  targetLimit: value(whole(0), 0, 'Maximum targets. 0: no limit.'),
  labelLimit: value(whole(0), 0, 'Maximum labels per series. 0: no limit.'),
});

/** The server's metrics and who collects them. */
export const metrics = {
  metrics: section("XERV's metrics for Prometheus.", {
    enabled: value(z.boolean(), true, 'Open a port for metrics on the pods and the Service.'),
    onApiPort: value(
      z.boolean(),
      false,
      'Get them from the API: server.apiPort, path /api/v1/metrics. XERV 0.1.0 serves them nowhere else.',
    ),
    port: value(
      port,
      9090,
      "The Service's port for metrics, and without onApiPort the container's.",
    ),
    path: value(
      z.string().check(z.regex(/^\//)),
      '/metrics',
      'Path of the metrics, without onApiPort.',
    ),
    exposeOutside: value(
      z.boolean(),
      false,
      'Have the port for metrics at the Service also where its type is NodePort or LoadBalancer. Otherwise a Service <name>-metrics inside the cluster has it.',
    ),
    scrapeAnnotations: value(
      z.boolean(),
      false,
      'Annotate the pods with prometheus.io/scrape, port and path, for a Prometheus without the operator. Set matchers with it.',
    ),
    matchers: value(
      z.record(z.string().check(z.regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)), scalar),
      {},
      "Labels by which alerts and scaling find this release's series. Empty: namespace, and job as the monitors below set it.",
      { namespace: 'xerv', app_kubernetes_io_instance: 'xerv' },
    ),
    serviceMonitor: section('ServiceMonitor for the Prometheus Operator.', {
      ...monitor('ServiceMonitor'),
      targetLabels: value(strings, [], 'Labels of the Service to put on each series.'),
    }),
    podMonitor: section(
      'PodMonitor for the Prometheus Operator. One of the two monitors is enough; both would collect everything twice.',
      monitor('PodMonitor'),
    ),
  }),
};
