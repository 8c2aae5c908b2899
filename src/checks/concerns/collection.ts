import type { FactValue } from '../../cluster/facts/facts.ts';
import { selects } from '../../cluster/facts/selectors.ts';
import { servicesOf } from '../../values/addresses.ts';
import { scalerOf } from '../../values/scale.ts';
import { mapAt, textsAt } from '../fit/read.ts';
import { annotationChanges, isCollected, scalersOnMetrics } from '../metrics-users.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';

type Input = Omit<CheckInput, 'facts'>;
type Monitor = FactValue<'monitors'>['monitors'][number];

const alertsAreOn = ({ values }: Input) =>
  values.monitoring.alerts.enabled && values.metrics.enabled;

/** Whether the answer is up to what others have collected: KEDA asks a Prometheus that can be looked at. */
const askedIsWorthALook = (input: Input) =>
  scalerOf(input.values) === 'keda' &&
  scalersOnMetrics(input.values).length > 0 &&
  input.values.metrics.enabled &&
  !isCollected(input);

/** Who collects the metrics that are read. */
export const collectionChecks: readonly Check[] = [
  {
    id: 'XV-605',
    category: 'observability',
    title: 'The metrics that are read are collected',
    why: 'Alerts and KEDA query Prometheus, not XERV. If Prometheus does not scrape XERV, alerts stay silent and KEDA always sees 0.',
    reads:
      'metrics, monitoring.alerts, the Prometheus triggers of keda, autoscaling.metrics; monitors and prometheus.io/scrape annotations; if the release has none, the cluster’s monitors and the Prometheus that KEDA queries',
    rules: ['D35'],
    applies: (input) => scalersOnMetrics(input.values).length > 0 || alertsAreOn(input),
    needs: (input) => [
      'apis',
      ...(askedIsWorthALook(input)
        ? (['monitors', 'prometheusOperator', 'services'] as const)
        : []),
    ],
    run: judgeCollection,
  },
];

function judgeCollection(input: CheckInput): Verdict {
  const { values } = input;
  const scalers = scalersOnMetrics(values);
  const collect = collectRemedy(input);
  if (!values.metrics.enabled)
    return fail('The metrics that replicas scale on do not exist: metrics are off.', {
      evidence: ['metrics.enabled: false', ...scalers.map((path) => `${path}.enabled: true`)],
      remedies: [collect],
    });
  if (isCollected(input)) return pass('The release defines how its metrics are collected.');
  const evidence = [
    'metrics.serviceMonitor, metrics.podMonitor, metrics.scrapeAnnotations: off',
    'metrics.matchers: empty',
  ];
  const other = monitorOfOthers(input);
  if (other)
    return pass('Another monitor in the cluster collects the metrics.', {
      evidence: [`${other.kind} ${other.namespace}/${other.name} selects them`],
    });
  const idle = idlePrometheus(input);
  if (idle)
    return fail('KEDA would always see 0: the Prometheus it queries does not scrape XERV.', {
      evidence: [
        ...evidence,
        `${idle.setting}: Prometheus ${idle.name}, without scrape configurations beside monitors`,
        'ServiceMonitors and PodMonitors that select XERV: none',
      ],
      remedies: [collect],
    });
  const users = [...scalers, ...(alertsAreOn(input) ? ['monitoring.alerts'] : [])];
  return warn(`Nothing in the release collects the metrics that ${users.join(', ')} need.`, {
    evidence,
    remedies: [
      collect,
      {
        text: 'Or, if your Prometheus collects them some other way, set the labels it adds in metrics.matchers.',
      },
    ],
  });
}

/** A monitor that is not of this release and selects its Services or pods all the same. */
function monitorOfOthers({ facts, objects, target }: CheckInput): Monitor | undefined {
  const { monitors } = facts;
  if (monitors?.state !== 'known') return undefined;
  const labelsOf: Readonly<Record<Monitor['kind'], readonly Readonly<Record<string, string>>[]>> = {
    ServiceMonitor: objects
      .filter(({ kind }) => kind === 'Service')
      .map(({ metadata }) => metadata.labels),
    PodMonitor: objects.map((object) =>
      textsAt(mapAt(object, 'spec', 'template'), 'metadata', 'labels'),
    ),
  };
  return monitors.value.monitors.find(
    ({ kind, selector, namespaces, owner }) =>
      owner !== `${target.namespace}/${target.release}` &&
      (namespaces === null || namespaces.includes(target.namespace)) &&
      labelsOf[kind].some(
        (labels) =>
          Object.keys(labels).length > 0 && selector !== null && selects(selector, labels),
      ),
  );
}

/**
 * A Prometheus that KEDA asks and that for certain has none of XERV's series: it is one of the
 * operator's, and gets only what monitors ask for.
 */
function idlePrometheus({ facts, objects, values, target }: CheckInput) {
  // Before anything is rendered nobody knows which monitors select it.
  if (objects.length === 0) return undefined;
  const { monitors, prometheusOperator: operator, services } = facts;
  if (monitors?.state !== 'known' || operator?.state !== 'known') return undefined;
  if (scalerOf(values) !== 'keda' || monitors.value.scrapeConfigs > 0) return undefined;
  const { triggers } = values.keda;
  for (const key of ['pendingTraces', 'activeTraces'] as const) {
    const setting = `keda.triggers.${key}`;
    const [asked] = servicesOf(triggers[key].serverAddress, target.namespace);
    if (!asked || !scalersOnMetrics(values).includes(setting)) continue;
    const service =
      services?.state === 'known' ? services.value[`${asked.namespace}/${asked.name}`] : undefined;
    const found = operator.value.prometheuses.filter(
      ({ kind, namespace, name, address }) =>
        kind === 'Prometheus' &&
        namespace === asked.namespace &&
        (service?.prometheus === name ||
          servicesOf(address, '').some((one) => one.name === asked.name)),
    );
    const [one] = found;
    // The Service of the operator itself leads to every Prometheus of a namespace.
    if (one && found.every(({ hasOtherSources }) => hasOtherSources === false))
      return { name: `${one.namespace}/${one.name}`, setting: `${setting}.serverAddress` };
  }
  return undefined;
}

const monitorKind = 'monitoring.coreos.com/v1/ServiceMonitor';

/** What has the metrics collected on this cluster. */
function collectRemedy({ facts, values, target }: CheckInput): Remedy {
  const on = values.metrics.enabled ? [] : [{ path: ['metrics', 'enabled'], value: true }];
  const { apis } = facts;
  if (apis?.state === 'known' && !apis.value.includes(monitorKind))
    return {
      text: 'Annotate the pods for a Prometheus that discovers them by annotation.',
      changes: [...on, ...annotationChanges(values, target)],
    };
  return {
    text: 'Create a ServiceMonitor.',
    changes: [...on, { path: ['metrics', 'serviceMonitor', 'enabled'], value: true }],
  };
}
