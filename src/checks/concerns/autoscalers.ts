import { servicesOf } from '../../values/addresses.ts';
import { scalerOf } from '../../values/scale.ts';
import { usesExternalMetrics } from '../external-metrics.ts';
import { metricsApi } from '../metrics-apis.ts';
import { givesOneNumber } from '../promql.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';
import { judgeService } from './service-address.ts';

type Input = Omit<CheckInput, 'facts'>;
const isKeda = ({ values }: Input) => scalerOf(values) === 'keda';

const installKeda: Remedy = {
  text: 'Install KEDA.',
  command: [
    'helm repo add kedacore https://kedacore.github.io/charts',
    'helm upgrade --install keda kedacore/keda -n keda --create-namespace',
  ].join('\n'),
};
const kedaOff: Remedy = {
  text: 'Or turn KEDA off.',
  changes: [{ path: ['keda', 'enabled'], value: false }],
};

const prometheusTriggers = ['pendingTraces', 'activeTraces'] as const;

/** The add-ons that horizontal scaling needs. */
export const autoscalerChecks: readonly Check[] = [
  {
    id: 'XV-405',
    category: 'scaling',
    title: 'KEDA is installed',
    why: 'ScaledObject is a KEDA kind. A cluster that does not serve it refuses it, and the install stops.',
    reads: 'keda.enabled; whether the kinds of keda.sh are served',
    rules: [],
    applies: isKeda,
    needs: () => ['keda'],
    run: ({ facts }) =>
      withFact(facts, 'keda', 'KEDA', ({ served }) =>
        served
          ? pass('Its kinds are served.')
          : fail('KEDA is not installed: this cluster does not serve ScaledObject.', {
              evidence: ['keda.enabled: true', 'API group keda.sh: not served'],
              remedies: [installKeda, kedaOff],
            }),
      ),
  },
  {
    id: 'XV-406',
    category: 'scaling',
    title: 'KEDA is running',
    why: 'Without its operator a ScaledObject does nothing: no autoscaler is created, and the number of replicas never changes.',
    reads: 'Deployments labelled as KEDA’s, and how many of their pods are ready',
    rules: [],
    applies: isKeda,
    needs: () => ['keda', 'apiServices', 'apis'],
    run: ({ facts }) =>
      withFact(facts, 'keda', 'KEDA', ({ served, controllers }) => {
        // XV-405 tells of it.
        if (!served) return [];
        const operator = controllers.find(({ name }) => name === 'keda-operator');
        if (!operator) return judgeMissingOperator(metricsApi('external.metrics.k8s.io', facts));
        const down = controllers.filter(({ ready }) => ready === 0);
        if (down.length === 0) return pass(`KEDA ${operator.version} is ready.`);
        return warn(`${down.map(({ name }) => name).join(' and ')} of KEDA is not ready.`, {
          evidence: down.map(
            ({ namespace, name, wanted }) =>
              `Deployment ${namespace}/${name}: 0 of ${wanted} ready`,
          ),
          remedies: [
            {
              text: 'See why:',
              command: down
                .map(({ namespace, name }) => `kubectl -n ${namespace} describe deployment ${name}`)
                .join('\n'),
            },
          ],
        });
      }),
  },
  {
    id: 'XV-409',
    category: 'scaling',
    title: 'KEDA serves external metrics',
    why: 'The autoscaler that KEDA creates reads external metrics, which a single server provides for the whole cluster. If that is another one, it knows nothing of KEDA’s triggers, and nothing scales beyond one replica.',
    reads: 'the APIService of external.metrics.k8s.io and its Service',
    rules: ['D37'],
    applies: (input) => isKeda(input) && usesExternalMetrics(input),
    needs: () => ['keda', 'apiServices', 'apis'],
    run: ({ facts }) =>
      withFact(facts, 'keda', 'KEDA', ({ served, controllers }) => {
        if (!served) return [];
        const api = metricsApi('external.metrics.k8s.io', facts);
        if (api.state === 'unseen')
          return unknown('Could not see who serves external.metrics.k8s.io.');
        if (api.state === 'absent')
          return fail('Nothing serves external.metrics.k8s.io: KEDA’s metrics server is missing.', {
            evidence: ['APIService for external.metrics.k8s.io: none'],
            remedies: [installKeda, useHpa],
          });
        const [space = '', name = ''] = api.service.split('/');
        const isOwn = /keda/.test(name) || controllers.some((one) => one.namespace === space);
        const evidence = [`APIService ${api.name}: Service ${api.service}`];
        if (!isOwn)
          return fail(`${api.service} serves external.metrics.k8s.io, not KEDA.`, {
            evidence,
            remedies: [
              {
                text: 'Ask a cluster admin to remove the other server from external.metrics.k8s.io, then reinstall KEDA.',
                command: `kubectl get apiservice ${api.name} -o yaml`,
              },
              useHpa,
            ],
          });
        if (api.available) return pass(`${api.service} answers.`, { evidence });
        return warn(`${api.service} does not serve external metrics right now.`, {
          evidence: [...evidence, ...(api.reason ? [api.reason] : [])],
          remedies: [{ text: 'See why:', command: `kubectl describe apiservice ${api.name}` }],
        });
      }),
  },
  {
    id: 'XV-413',
    category: 'scaling',
    title: 'The Prometheus that KEDA queries exists',
    why: 'A trigger whose Prometheus does not answer never scales; after some failures KEDA falls back to keda.fallback.replicas.',
    reads: 'keda.triggers.*.serverAddress; the Service of that name; the Prometheus objects',
    rules: [],
    applies: (input) => isKeda(input) && prometheusAddresses(input).length > 0,
    needs: () => ['services', 'prometheusOperator'],
    run: (input) =>
      prometheusAddresses(input).flatMap(({ address, keys }) =>
        judgeService(input, {
          address,
          setting: keys.map((key) => `keda.triggers.${key}.serverAddress`).join(', '),
          who: 'The Prometheus that KEDA asks',
          usualPort: address.startsWith('https:') ? 443 : 80,
          remedies: prometheusRemedies(input, keys),
        }),
      ),
  },
  {
    id: 'XV-414',
    category: 'scaling',
    title: 'Each KEDA query returns one number',
    why: 'KEDA expects a single number from Prometheus. A query that returns one per pod fails as soon as there are two pods, and the trigger stops.',
    reads: 'keda.triggers.*.query, and the queries among keda.extraTriggers',
    rules: ['D34'],
    applies: (input) => isKeda(input) && ownQueries(input.values).length > 0,
    needs: () => [],
    run: ({ values }) => {
      const many = ownQueries(values).filter(({ query }) => !givesOneNumber(query));
      if (many.length === 0) return pass('Each appears to return one number.');
      return many.map(({ path, setting, query }) =>
        warn(`${setting} may return a number per pod; KEDA expects one.`, {
          evidence: [`${setting}: ${query}`],
          remedies: [
            path
              ? { text: 'Take the sum.', changes: [{ path, value: `sum(${query})` }] }
              : { text: `Take the sum: sum(${query})` },
          ],
        }),
      );
    },
  },
];

/** KEDA's triggers off, the autoscaler of Kubernetes on. */
const useHpa: Remedy = {
  text: 'Or let Kubernetes scale on CPU usage.',
  changes: [
    { path: ['keda', 'enabled'], value: false },
    { path: ['autoscaling', 'enabled'], value: true },
  ],
};

/** The operator's labels may be others; who answers its API tells of it too. */
function judgeMissingOperator(api: ReturnType<typeof metricsApi>): Verdict {
  const evidence = ['Deployments with label app.kubernetes.io/name: keda-operator: none'];
  const details = { evidence, remedies: [installKeda, kedaOff] };
  return api.state === 'served' && api.available
    ? warn(`No KEDA operator was found, but ${api.service} serves external metrics.`, details)
    : fail(
        'KEDA is only half installed: its kinds are served, but no operator is running.',
        details,
      );
}

/** Addresses of Prometheus that lead to a Service of this cluster, each once. */
function prometheusAddresses({ values, target }: Input) {
  const { triggers } = values.keda;
  const enabled = prometheusTriggers.filter((key) => triggers[key].enabled);
  return [...new Set(enabled.map((key) => triggers[key].serverAddress))]
    .filter((address) => servicesOf(address, target.namespace).length > 0)
    .map((address) => ({
      address,
      keys: enabled.filter((key) => triggers[key].serverAddress === address),
    }));
}

function prometheusRemedies({ facts }: CheckInput, keys: readonly string[]): Remedy[] {
  const operator = facts.prometheusOperator;
  const found = operator?.state === 'known' ? operator.value.prometheuses : [];
  const known = found.find(({ address }) => address !== '');
  if (!known) return [{ text: 'Set keda.triggers.*.serverAddress to the URL of your Prometheus.' }];
  return [
    {
      text: `Ask Prometheus ${known.namespace}/${known.name}.`,
      changes: keys.map((key) => ({
        path: ['keda', 'triggers', key, 'serverAddress'],
        value: known.address,
      })),
    },
  ];
}

/** Queries that the user wrote; a metric's bare name is made a sum by the chart. */
function ownQueries({ keda }: CheckInput['values']) {
  const named = prometheusTriggers
    .filter((key) => keda.triggers[key].enabled)
    .map((key) => ({
      query: keda.triggers[key].query,
      setting: `keda.triggers.${key}.query`,
      path: ['keda', 'triggers', key, 'query'] as const,
    }));
  const extra = keda.extraTriggers.flatMap(({ type, metadata }, index) =>
    type === 'prometheus'
      ? [
          {
            query: String(metadata?.query ?? ''),
            setting: `keda.extraTriggers[${index}].metadata.query`,
            path: undefined,
          },
        ]
      : [],
  );
  return [...named.filter(({ query }) => !/^xerv_[a-z0-9_]+$/.test(query)), ...extra].filter(
    ({ query }) => query !== '',
  );
}
