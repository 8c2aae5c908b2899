import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalFlag, optionalText } from '../../objects/parts.ts';
import { readControllers } from '../controllers.ts';
import type { FactValue } from '../facts.ts';
import { gathering, take } from '../gathering.ts';
import { emptyWhereAbsent, type FactReader } from '../reader.ts';
import { byLabels, labelSelector } from '../selectors.ts';
import { readGroups } from '../served.ts';
import { readService } from '../service-object.ts';

const group = 'monitoring.coreos.com';

/** The operator of its own manifests and of kube-prometheus-stack, whatever that is named. */
const queries = [
  byLabels('app.kubernetes.io/name=prometheus-operator'),
  byLabels('app.kubernetes.io/component=prometheus-operator'),
];

const prometheusObject = z.object({
  metadata: objectMetadata,
  spec: z._default(
    z.object({
      serviceName: optionalText,
      serviceMonitorSelector: labelSelector,
      serviceMonitorNamespaceSelector: labelSelector,
      podMonitorSelector: labelSelector,
      podMonitorNamespaceSelector: labelSelector,
      ruleSelector: labelSelector,
      ruleNamespaceSelector: labelSelector,
      probeSelector: labelSelector,
      scrapeConfigSelector: labelSelector,
      additionalScrapeConfigs: z._default(z.nullable(z.looseObject({})), null),
      remoteRead: listOf(z.unknown()),
      enableRemoteWriteReceiver: optionalFlag,
      enableFeatures: listOf(z.string()),
    }),
    {
      probeSelector: null,
      scrapeConfigSelector: null,
      additionalScrapeConfigs: null,
      remoteRead: [],
      enableFeatures: [],
      serviceMonitorSelector: null,
      serviceMonitorNamespaceSelector: null,
      podMonitorSelector: null,
      podMonitorNamespaceSelector: null,
      ruleSelector: null,
      ruleNamespaceSelector: null,
    },
  ),
});
type PrometheusObject = z.infer<typeof prometheusObject>;

export const gatherPrometheusOperator = gathering<'prometheusOperator'>(async ({ reader }) => {
  const served = (await readGroups(reader)).find(({ name }) => name === group);
  if (!served) return { served: false, controllers: [], prometheuses: [] };
  const [controllers, servers, agents] = await Promise.all([
    readControllers(reader, queries),
    reader.list(`/apis/${group}/v1/prometheuses`, prometheusObject),
    reader.list(`/apis/${group}/v1alpha1/prometheusagents`, prometheusObject),
  ]);
  const prometheuses = await Promise.all([
    ...take(emptyWhereAbsent(servers)).map((one) => toPrometheus(reader, 'Prometheus', one)),
    ...take(emptyWhereAbsent(agents)).map((one) => toPrometheus(reader, 'PrometheusAgent', one)),
  ]);
  return { served: true, controllers, prometheuses };
});

async function toPrometheus(
  reader: FactReader,
  kind: 'Prometheus' | 'PrometheusAgent',
  { metadata, spec }: PrometheusObject,
): Promise<FactValue<'prometheusOperator'>['prometheuses'][number]> {
  const namespace = metadata.namespace ?? '';
  return {
    kind,
    namespace,
    name: metadata.name,
    // An agent only passes on what it scrapes: nobody can ask it.
    address:
      kind === 'Prometheus'
        ? await addressOf(reader, namespace, spec.serviceName || 'prometheus-operated')
        : '',
    serviceMonitorSelector: spec.serviceMonitorSelector,
    serviceMonitorNamespaceSelector: spec.serviceMonitorNamespaceSelector,
    podMonitorSelector: spec.podMonitorSelector,
    podMonitorNamespaceSelector: spec.podMonitorNamespaceSelector,
    ruleSelector: spec.ruleSelector,
    ruleNamespaceSelector: spec.ruleNamespaceSelector,
    hasOtherSources: hasOtherSources(spec),
  };
}

/**
 * Whether it gets series that no monitor and no ScrapeConfig asks for. Without any selector its
 * configuration is the user's own.
 * Source: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusSpec
 */
function hasOtherSources(spec: PrometheusObject['spec']): boolean {
  const selectors = [
    spec.serviceMonitorSelector,
    spec.podMonitorSelector,
    spec.probeSelector,
    spec.scrapeConfigSelector,
  ];
  return (
    selectors.every((selector) => selector === null) ||
    spec.additionalScrapeConfigs !== null ||
    spec.remoteRead.length > 0 ||
    spec.enableRemoteWriteReceiver === true ||
    spec.enableFeatures.some((feature) => /remote-write-receiver|otlp/.test(feature))
  );
}

/** Of the Service that the operator puts in front; empty where there is none, or none to be seen. */
async function addressOf(reader: FactReader, namespace: string, name: string): Promise<string> {
  const found = await readService(reader, { namespace, name });
  if (!found.ok) return '';
  const { ports } = found.value.spec;
  const port = (ports.find((one) => /web/.test(one.name)) ?? ports[0])?.port;
  return port === undefined ? '' : `http://${name}.${namespace}.svc:${port}`;
}
