import * as z from 'zod/mini';
import { listOf, objectMetadata, text } from '../../objects/parts.ts';
import type { FactValue } from '../facts.ts';
import { gathering, take } from '../gathering.ts';
import { byLabels } from '../selectors.ts';

type KnownService = FactValue<'knownServices'>[number];

const service = z.object({
  metadata: objectMetadata,
  spec: z._default(
    z.object({ clusterIP: text, ports: listOf(z.object({ name: text, port: z.number() })) }),
    { clusterIP: '', ports: [] },
  ),
});
type Service = z.infer<typeof service>;

const nameLabel = 'app.kubernetes.io/name';
const componentLabel = 'app.kubernetes.io/component';

/**
 * What the label app.kubernetes.io/name says in the usual charts: prometheus-community/prometheus;
 * bitnami/redis, redis-cluster and valkey; nats/nats; tempo, jaeger, opentelemetry-collector, alloy.
 */
const products: Readonly<Record<string, KnownService['kind']>> = {
  prometheus: 'prometheus',
  redis: 'redis',
  'redis-cluster': 'redis',
  valkey: 'redis',
  nats: 'nats',
  tempo: 'otlp',
  jaeger: 'otlp',
  'opentelemetry-collector': 'otlp',
  alloy: 'otlp',
};

/** A collector of the OpenTelemetry Operator has a name of its own and this component. */
const queries = [
  byLabels(`${nameLabel} in (${Object.keys(products).join(',')})`),
  byLabels(`${componentLabel}=opentelemetry-collector`),
];

/** Ports by number; that of Prometheus is the one for its pages, whatever its number. */
const ports = { otlp: 4317, redis: 6379, nats: 4222 } as const;

/** Parts of a product that do not answer what XERV or KEDA would ask. */
const others = ['replica', 'metrics', 'sentinel', 'alertmanager', 'pushgateway'];

export const gatherKnownServices = gathering<'knownServices'>(async ({ reader }) => {
  const found = await Promise.all(
    queries.map((query) => reader.list(`/api/v1/services${query}`, service)),
  );
  const byPlace = new Map(
    found
      .flatMap(take)
      .flatMap(describe)
      .map((one) => [`${one.namespace}/${one.name}`, one]),
  );
  return [...byPlace].sort(([one], [other]) => one.localeCompare(other)).map(([, one]) => one);
});

function describe({ metadata, spec }: Service): KnownService[] {
  const { labels, name, namespace = '' } = metadata;
  const component = labels[componentLabel] ?? '';
  const kind = component === 'opentelemetry-collector' ? 'otlp' : products[labels[nameLabel] ?? ''];
  // A headless one is beside another that spreads the load.
  if (!kind || others.includes(component) || spec.clusterIP === 'None') return [];
  const port =
    kind === 'prometheus'
      ? (spec.ports.find((one) => /^(http|web|http-web)$/.test(one.name)) ?? spec.ports[0])?.port
      : spec.ports.find((one) => one.port === ports[kind])?.port;
  return port === undefined ? [] : [{ kind, namespace, name, port }];
}
