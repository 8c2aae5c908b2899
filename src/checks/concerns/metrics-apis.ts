import { scalerOf } from '../../values/scale.ts';
import { usesExternalMetrics } from '../external-metrics.ts';
import { textAt } from '../fit/read.ts';
import { type MetricsGroup, metricsApi } from '../metrics-apis.ts';
import { resourcesScaledOn, scaledResources } from '../scaled-resources.ts';
import type { Check, CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass, unknown, warn } from '../verdicts.ts';

type Input = Omit<CheckInput, 'facts'>;
const isHpa = ({ values }: Input) => scalerOf(values) === 'hpa';

const installMetricsServer: Remedy = {
  text: 'Install metrics-server (on kind and bare metal with --set args={--kubelet-insecure-tls}).',
  command: [
    'helm repo add metrics-server https://kubernetes-sigs.github.io/metrics-server/',
    'helm upgrade --install metrics-server metrics-server/metrics-server -n kube-system',
  ].join('\n'),
};

/** Metrics of the XERV pods that both autoscalers know by name. */
const ownMetrics = ['pendingTraces', 'activeTraces'] as const;
/** As the chart names them. */
const ownSeries = {
  pendingTraces: 'xerv_dispatch_queue_depth',
  activeTraces: 'xerv_active_traces',
} as const;

/** Who answers the autoscalers' questions: metrics-server and the adapters. */
export const metricsApiChecks: readonly Check[] = [
  {
    id: 'XV-410',
    category: 'scaling',
    title: 'CPU and memory usage is measured',
    why: 'Autoscalers read CPU and memory usage from metrics-server. Without it they do nothing, and say so only in their conditions.',
    reads: 'the APIService of metrics.k8s.io; the targets of the autoscaler; vpa.enabled',
    rules: [],
    applies: ({ values }) => resourcesScaledOn(values).length > 0 || values.vpa.enabled,
    needs: () => ['apiServices', 'apis'],
    run: (input) =>
      judgeApi('metrics.k8s.io', input, {
        missing: 'metrics-server is not installed: nothing measures CPU and memory usage.',
        evidence: measured(input),
        remedies: [
          installMetricsServer,
          { text: 'Or turn off what needs it.', changes: withoutMeasuring(input) },
        ],
      }),
  },
  {
    id: 'XV-412',
    category: 'scaling',
    title: 'The autoscaler’s metrics are served',
    why: 'A HorizontalPodAutoscaler reads pod metrics from custom.metrics.k8s.io and others from external.metrics.k8s.io. Only an adapter serves them, and only those it is configured for; without one the autoscaler stops with ScalingActive False.',
    reads:
      'autoscaling.metrics, autoscaling.customMetrics; the APIServices, and the metrics that they list',
    rules: ['D29'],
    applies: (input) => isHpa(input) && adapterGroups(input).length > 0,
    needs: () => ['apiServices', 'apis', 'keda', 'servedMetrics'],
    run: (input) =>
      adapterGroups(input).flatMap((group) => {
        const answering = judgeApi(group, input, {
          missing: `Nothing serves ${group}, which the autoscaler reads.`,
          evidence: adapterSettings(input, group),
          remedies: withoutAdapter(input),
        });
        return answering.status === 'pass'
          ? [answering, ...judgeListed(group, input)]
          : [answering];
      }),
  },
];

interface ApiQuestion {
  readonly missing: string;
  readonly evidence: readonly string[];
  readonly remedies: readonly Remedy[];
}

function judgeApi(
  group: MetricsGroup,
  { facts }: CheckInput,
  { missing, evidence, remedies }: ApiQuestion,
): Verdict {
  const api = metricsApi(group, facts);
  if (api.state === 'absent') return fail(missing, { evidence, remedies });
  if (api.state === 'unseen') return unknown(`Could not see who serves ${group}.`);
  if (api.available) return pass(`${api.service} serves ${group}.`);
  return warn(`${api.service} does not serve ${group} right now.`, {
    evidence: [`APIService ${api.name}: not available`, ...(api.reason ? [api.reason] : [])],
    remedies: [{ text: 'See why:', command: `kubectl describe apiservice ${api.name}` }],
  });
}

function measured({ values }: Input): string[] {
  return [
    ...scaledResources(values).map(
      ({ setting, resource }) => `${setting}: scales on ${resource} usage`,
    ),
    ...(values.vpa.enabled ? ['vpa.enabled: true'] : []),
  ];
}

function withoutMeasuring(input: Input): ValueChange[] {
  const { values } = input;
  const vpa = values.vpa.enabled ? [{ path: ['vpa', 'enabled'], value: false }] : [];
  const resources = resourcesScaledOn(values);
  if (resources.length === 0) return vpa;
  if (isHpa(input)) return [{ path: ['autoscaling', 'enabled'], value: false }, ...vpa];
  if (!usesExternalMetrics(input)) return [{ path: ['keda', 'enabled'], value: false }, ...vpa];
  const { triggers, extraTriggers } = values.keda;
  const others = extraTriggers.filter(({ type }) => type !== 'cpu' && type !== 'memory');
  return [
    ...(['cpu', 'memory'] as const)
      .filter((one) => triggers[one].enabled)
      .map((one) => ({ path: ['keda', 'triggers', one, 'enabled'], value: false })),
    ...(others.length < extraTriggers.length
      ? [{ path: ['keda', 'extraTriggers'], value: others }]
      : []),
    ...vpa,
  ];
}

/** Types of metrics in a HorizontalPodAutoscaler that an adapter must serve. */
const groupOfType: Readonly<Record<string, MetricsGroup>> = {
  Pods: 'custom.metrics.k8s.io',
  Object: 'custom.metrics.k8s.io',
  External: 'external.metrics.k8s.io',
};

function adapterUsers({ values: { autoscaling } }: Input) {
  return [
    ...ownMetrics
      .filter((key) => autoscaling.metrics[key].enabled)
      .map((key) => ({
        group: 'custom.metrics.k8s.io' as MetricsGroup,
        setting: `autoscaling.metrics.${key}`,
        type: 'Pods',
        name: ownSeries[key],
        key,
      })),
    ...autoscaling.customMetrics.flatMap((metric, index) => {
      const type = String(metric.type);
      const group = groupOfType[type];
      const name = textAt(metric, type.toLowerCase(), 'metric', 'name');
      const setting = `autoscaling.customMetrics[${index}]`;
      return group ? [{ group, setting, type, name, key: undefined }] : [];
    }),
  ];
}

/** Whether an adapter that answers has the metrics, as far as it lists what it has. */
function judgeListed(group: MetricsGroup, input: CheckInput): readonly Verdict[] {
  const { servedMetrics: fact } = input.facts;
  const users = adapterUsers(input).filter((one) => one.group === group && one.name !== '');
  const key = group === 'custom.metrics.k8s.io' ? 'custom' : 'external';
  const listed = fact?.state === 'known' ? fact.value[key] : null;
  // Some list nothing, or one name that stands for all.
  const tells = listed?.some((name) => key === 'external' || name.includes('/'));
  const names = users.map(({ name }) => name).join(', ');
  if (!listed || !tells || listed.some((name) => /^externalmetrics$|\*/i.test(name)))
    return [unknown(`Could not see whether ${group} has ${names}: it lists no metrics.`)];
  return users.map(({ name, type, setting, key: own }) => {
    const path = type === 'Pods' ? `pods/${name}` : name;
    const isListed = listed.some((one) =>
      type === 'Object' ? one.endsWith(`/${name}`) : one === path,
    );
    if (isListed) return pass(`${group} lists ${path}.`);
    const evidence = [`${setting}: ${path}`, `${group} lists ${listed.length} others`];
    // An adapter for Prometheus lists a metric as soon as there is a series of it.
    if (own !== undefined && input.action !== 'upgrade')
      return unknown(`${group} does not list ${path} yet; it can only appear once XERV runs.`, {
        evidence,
      });
    return warn(`${group} does not list ${path}: the autoscaler could not read it.`, {
      evidence,
      remedies: [
        { text: 'Configure the adapter to serve it, for example with a prometheus-adapter rule.' },
        ...withoutAdapter(input),
      ],
    });
  });
}

const adapterGroups = (input: Input) => [...new Set(adapterUsers(input).map(({ group }) => group))];
const adapterSettings = (input: Input, group: MetricsGroup) =>
  adapterUsers(input)
    .filter((one) => one.group === group)
    .map(({ setting }) => setting);

/** KEDA needs no adapter; where it is not there either, CPU and memory are left. */
function withoutAdapter(input: CheckInput): Remedy[] {
  const { facts, values } = input;
  const keys = adapterUsers(input).flatMap(({ key }) => key ?? []);
  const hasOwn = adapterUsers(input).some(({ key }) => key === undefined);
  const off: Remedy = {
    text: 'Scale on CPU and memory usage only.',
    changes: [
      ...keys.map((key) => ({ path: ['autoscaling', 'metrics', key, 'enabled'], value: false })),
      ...(hasOwn
        ? [
            {
              path: ['autoscaling', 'customMetrics'],
              value: values.autoscaling.customMetrics.filter(
                ({ type }) => !groupOfType[String(type)],
              ),
            },
          ]
        : []),
    ],
  };
  const keda: Remedy = {
    text: 'Let KEDA scale, which queries Prometheus itself.',
    changes: [
      { path: ['autoscaling', 'enabled'], value: false },
      { path: ['keda', 'enabled'], value: true },
      ...(keys.length > 0 ? keys : (['pendingTraces'] as const)).map((key) => ({
        path: ['keda', 'triggers', key, 'enabled'],
        value: true,
      })),
    ],
  };
  return facts.keda?.state === 'known' && facts.keda.value.served ? [keda, off] : [off, keda];
}
