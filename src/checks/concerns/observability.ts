import { annotationChanges, monitorsOf, scalersOnMetrics } from '../metrics-users.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';
import { publicImage } from './backend.ts';
import { judgeSelection } from './prometheus-selection.ts';

const api = 'monitoring.coreos.com/v1';

const installOperator: Remedy = {
  text: 'Install the Prometheus Operator, such as with kube-prometheus-stack.',
  command: [
    'helm repo add prometheus-community https://prometheus-community.github.io/helm-charts',
    'helm upgrade --install kps prometheus-community/kube-prometheus-stack -n monitoring --create-namespace',
  ].join('\n'),
};

type Input = Omit<CheckInput, 'facts'>;
const alertsAreOn = ({ values }: Input) => values.monitoring.alerts.enabled;
const collects = ({ values }: Input) => values.metrics.enabled;
const usesOperator = (input: Input) =>
  collects(input) && (alertsAreOn(input) || monitorsOf(input.values).length > 0);
const isRead = (input: Input) =>
  alertsAreOn(input) ||
  monitorsOf(input.values).length > 0 ||
  scalersOnMetrics(input.values).length > 0;

/** Metrics: who collects them, and whether anything answers. */
export const observabilityChecks: readonly Check[] = [
  {
    id: 'XV-601',
    category: 'observability',
    title: 'The kinds of the Prometheus Operator are served',
    why: 'Monitors and alerts are objects of the Prometheus Operator. A cluster that does not know their kinds refuses them, and the install stops.',
    reads: 'metrics.serviceMonitor, metrics.podMonitor, monitoring.alerts; the served kinds',
    rules: ['D68'],
    applies: usesOperator,
    needs: () => ['apis'],
    run: ({ facts, values, target }) =>
      withFact(facts, 'apis', 'the kinds that this cluster serves', (apis) => {
        const wanted = operatorKinds(values);
        const missing = wanted.filter(({ kind }) => !apis.includes(`${api}/${kind}`));
        if (missing.length === 0)
          return pass(`${wanted.map(({ kind }) => kind).join(' and ')}: served.`);
        const kinds = missing.map(({ kind }) => kind).join(' and ');
        return fail(`This cluster does not serve ${kinds} (${api}).`, {
          evidence: missing.map(({ setting, kind }) => `${setting}.enabled: true makes a ${kind}`),
          remedies: [installOperator, withoutOperator(values, target)],
        });
      }),
  },
  {
    id: 'XV-602',
    category: 'observability',
    title: 'The Prometheus Operator is at work',
    why: 'Monitors and alerts only say what is wanted. Without the operator nobody reads them, and nothing tells so.',
    reads: 'Deployments that are labelled as the Prometheus Operator, and how many pods are ready',
    rules: [],
    applies: usesOperator,
    needs: () => ['prometheusOperator'],
    run: ({ facts }) =>
      withFact(facts, 'prometheusOperator', 'the Prometheus Operator', ({ served, ...found }) => {
        const { controllers } = found;
        // XV-601 tells of it.
        if (!served) return [];
        const down = controllers.filter(({ ready }) => ready === 0);
        const evidence = down.map(
          ({ namespace, name, wanted }) => `Deployment ${namespace}/${name}: 0 of ${wanted} ready`,
        );
        if (controllers.length === 0)
          return warn('The kinds are there, but no Prometheus Operator was found.', {
            evidence: ['Deployments with label app.kubernetes.io/name: prometheus-operator: none'],
            remedies: [
              installOperator,
              { text: 'Where something else reads monitors and alerts, nothing is to be done.' },
            ],
          });
        if (down.length === controllers.length)
          return warn('The Prometheus Operator is not ready.', {
            evidence,
            remedies: [
              {
                text: 'Look why:',
                command: down
                  .map(
                    ({ namespace, name }) => `kubectl -n ${namespace} describe deployment ${name}`,
                  )
                  .join('\n'),
              },
            ],
          });
        return pass(controllers.map(({ name, version }) => `${name} ${version}`.trim()).join(', '));
      }),
  },
  {
    id: 'XV-603',
    category: 'observability',
    title: 'A Prometheus selects the monitors and alerts',
    why: 'Each Prometheus takes only objects whose labels and namespace it selects; kube-prometheus-stack those with its release label. The others are ignored, and nothing tells so.',
    reads:
      'labels and namespace of each rendered ServiceMonitor, PodMonitor and PrometheusRule; the selectors of every Prometheus; labels of the namespaces',
    rules: ['D69'],
    applies: usesOperator,
    needs: ({ objects, target }) => [
      'prometheusOperator',
      'namespace',
      ...(objects.some(
        ({ metadata }) => (metadata.namespace ?? target.namespace) !== target.namespace,
      )
        ? (['namespaces'] as const)
        : []),
    ],
    run: judgeSelection,
  },
  {
    id: 'XV-604',
    category: 'observability',
    title: 'Alerts and monitors have metrics',
    why: 'Without metrics.enabled the chart makes neither monitors nor alerts: what was turned on is not there.',
    reads: 'metrics.enabled, metrics.serviceMonitor, metrics.podMonitor, monitoring.alerts',
    rules: ['D70'],
    applies: (input) => alertsAreOn(input) || monitorsOf(input.values).length > 0,
    needs: () => [],
    run: ({ values }) => {
      if (values.metrics.enabled) return pass('metrics.enabled is true.');
      const settings = operatorKinds(values).map(({ setting }) => setting);
      const say = values.monitoring.alerts.enabled ? fail : warn;
      return say(
        `${settings.join(' and ')} is on, but metrics.enabled is false: nothing is made.`,
        {
          evidence: ['metrics.enabled: false', ...settings.map((one) => `${one}.enabled: true`)],
          remedies: [
            { text: 'Turn metrics on.', changes: [{ path: ['metrics', 'enabled'], value: true }] },
            {
              text: 'Or turn off what reads them.',
              changes: settings.map((one) => ({
                path: [...one.split('.'), 'enabled'],
                value: false,
              })),
            },
          ],
        },
      );
    },
  },
  {
    id: 'XV-606',
    category: 'observability',
    title: 'Metrics are asked for where XERV answers',
    why: 'XERV 0.1.0 answers at the port of its API only. At metrics.port nobody listens: the target is down, and XervInstanceDown fires for ever.',
    reads: 'image.repository, metrics.onApiPort, monitors and alerts',
    rules: [],
    applies: (input) => collects(input) && isRead(input),
    needs: () => [],
    run: ({ values: { image, metrics } }) => {
      if (metrics.onApiPort) return pass('They are asked for at the port of the API.');
      if (image.repository !== publicImage)
        return pass(`${image.repository} is an image of yours.`);
      return warn(`The public image answers no metrics at port ${metrics.port}.`, {
        evidence: [`image.repository: ${image.repository}`, 'metrics.onApiPort: false'],
        remedies: [
          {
            text: 'Ask the API.',
            changes: [{ path: ['metrics', 'onApiPort'], value: true }],
          },
        ],
      });
    },
  },
  {
    id: 'XV-607',
    category: 'observability',
    title: 'The image has metrics to give',
    why: 'The images that XERV 0.1.0 publishes never start their metrics: the answer is empty, alerts other than XervInstanceDown stay quiet, and what scales on them sees 0.',
    reads: 'image.repository, monitors, alerts, the triggers of autoscalers',
    rules: [],
    applies: (input) => collects(input) && isRead(input),
    needs: () => [],
    run: ({ values: { image } }) =>
      image.repository === publicImage
        ? warn('The public image answers the request for metrics without a single series.', {
            evidence: [`image.repository: ${image.repository}`],
            remedies: [{ text: 'Use an image that starts its metrics: --image REPOSITORY:TAG' }],
          })
        : pass(`${image.repository} is an image of yours.`),
  },
  {
    id: 'XV-609',
    category: 'observability',
    title: 'Metrics are collected once',
    why: 'A ServiceMonitor and a PodMonitor find the same pods: every series is there twice, and sums over them are twice as high.',
    reads: 'metrics.serviceMonitor, metrics.podMonitor',
    rules: [],
    applies: (input) => collects(input) && monitorsOf(input.values).length > 0,
    needs: () => [],
    run: ({ values }) =>
      monitorsOf(values).length < 2
        ? pass('There is one monitor.')
        : warn('metrics.serviceMonitor and metrics.podMonitor collect everything twice.', {
            evidence: ['metrics.serviceMonitor.enabled: true', 'metrics.podMonitor.enabled: true'],
            remedies: [
              {
                text: 'Keep the ServiceMonitor.',
                changes: [{ path: ['metrics', 'podMonitor', 'enabled'], value: false }],
              },
            ],
          }),
  },
  {
    id: 'XV-610',
    category: 'observability',
    title: 'A scrape ends before the next one begins',
    why: 'The Prometheus Operator leaves a monitor out whose scrapeTimeout is longer than its interval: nothing is collected, and only its log tells so.',
    reads: 'interval and scrapeTimeout of metrics.serviceMonitor and metrics.podMonitor',
    rules: [],
    applies: (input) => collects(input) && monitorsOf(input.values).length > 0,
    needs: () => [],
    run: ({ values }) => {
      const wrong = monitorsOf(values).filter((key) => {
        const { interval, scrapeTimeout } = values.metrics[key];
        return secondsOf(scrapeTimeout) > secondsOf(interval);
      });
      if (wrong.length === 0) return pass('It does.');
      return fail('A scrape may take longer than the time between two of them.', {
        evidence: wrong.map((key) => {
          const { interval, scrapeTimeout } = values.metrics[key];
          return `metrics.${key}: interval ${interval}, scrapeTimeout ${scrapeTimeout}`;
        }),
        remedies: [
          {
            text: 'Shorten scrapeTimeout to the interval.',
            changes: wrong.map((key) => ({
              path: ['metrics', key, 'scrapeTimeout'],
              value: values.metrics[key].interval,
            })),
          },
        ],
      });
    },
  },
];

function operatorKinds(values: CheckInput['values']) {
  const kinds = { serviceMonitor: 'ServiceMonitor', podMonitor: 'PodMonitor' } as const;
  return [
    ...monitorsOf(values).map((key) => ({ setting: `metrics.${key}`, kind: kinds[key] })),
    ...(values.monitoring.alerts.enabled
      ? [{ setting: 'monitoring.alerts', kind: 'PrometheusRule' }]
      : []),
  ];
}

function withoutOperator(values: CheckInput['values'], target: CheckInput['target']): Remedy {
  const off = operatorKinds(values).map(({ setting }) => ({
    path: [...setting.split('.'), 'enabled'],
    value: false,
  }));
  const hasMonitor = monitorsOf(values).length > 0;
  return {
    text: hasMonitor
      ? 'Or do without it: annotate the pods for a Prometheus that finds them by itself, and have no alerts.'
      : 'Or have no alerts.',
    changes: hasMonitor ? [...off, ...annotationChanges(values, target)] : off,
  };
}

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Of a length of time as Prometheus writes it. */
function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ''] ?? 0),
    0,
  );
}
