import { annotationChanges, monitorsOf, operatorKinds } from '../metrics-users.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';
import { judgeSelection } from './prometheus-selection.ts';

const api = 'monitoring.coreos.com/v1';

const installOperator: Remedy = {
  text: 'Install the Prometheus Operator, for example with kube-prometheus-stack.',
  command: [
    'helm repo add prometheus-community https://prometheus-community.github.io/helm-charts',
    'helm upgrade --install kps prometheus-community/kube-prometheus-stack -n monitoring --create-namespace',
  ].join('\n'),
};

const usesOperator = ({ values }: Pick<CheckInput, 'values'>) =>
  values.metrics.enabled && operatorKinds(values).length > 0;

/** The Prometheus Operator, which collects the metrics. */
export const prometheusOperatorChecks: readonly Check[] = [
  {
    id: 'XV-601',
    category: 'observability',
    title: 'The Prometheus Operator is installed',
    why: 'Monitors and alerts are Prometheus Operator kinds. A cluster that does not serve them refuses them, and the install stops.',
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
    title: 'The Prometheus Operator is running',
    why: 'Monitors and alerts are only declarations. Without the operator nothing reads them, and nothing reports it.',
    reads: 'Deployments labelled as the Prometheus Operator, and how many of their pods are ready',
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
          return warn('The kinds are served, but no Prometheus Operator was found.', {
            evidence: ['Deployments with label app.kubernetes.io/name: prometheus-operator: none'],
            remedies: [
              installOperator,
              { text: 'If something else reads monitors and alerts, ignore this.' },
            ],
          });
        if (down.length === controllers.length)
          return warn('The Prometheus Operator is not ready.', {
            evidence,
            remedies: [
              {
                text: 'See why:',
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
    why: 'A Prometheus uses only objects whose labels and namespace it selects; kube-prometheus-stack those with its release label. Others are silently ignored.',
    reads:
      'labels and namespace of each rendered ServiceMonitor, PodMonitor and PrometheusRule; every Prometheus’s selectors; the namespaces’ labels',
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
];

function withoutOperator(values: CheckInput['values'], target: CheckInput['target']): Remedy {
  const off = operatorKinds(values).map(({ setting }) => ({
    path: [...setting.split('.'), 'enabled'],
    value: false,
  }));
  const hasMonitor = monitorsOf(values).length > 0;
  return {
    text: hasMonitor
      ? 'Or go without it: annotate the pods for a Prometheus that discovers them by annotation, and turn alerts off.'
      : 'Or turn alerts off.',
    changes: hasMonitor ? [...off, ...annotationChanges(values, target)] : off,
  };
}
