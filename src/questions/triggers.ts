import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { textQuestion } from './kinds.ts';
import { isGiven, plainOption, seen } from './options.ts';
import { parseHostAndPort, parseHttpUrl, splitList } from './parse.ts';
import { accept, type Option, type Question, type QuestionContext, reject } from './question.ts';

/** What KEDA can scale on, as answers name it; `queue` is that of Redis or NATS. */
const names = ['queue', 'pending', 'active', 'cpu', 'memory'] as const;
type Trigger = (typeof names)[number];

/** Where each is switched on. */
const switches: Readonly<Record<Exclude<Trigger, 'queue'>, keyof Values['keda']['triggers']>> = {
  pending: 'pendingTraces',
  active: 'activeTraces',
  cpu: 'cpu',
  memory: 'memory',
};

/** The chart's default: what the chart prometheus-community/prometheus makes. */
const usualPrometheus = 'http://prometheus-server.monitoring.svc.cluster.local';

const isKeda = (values: Values) => scalerOf(values) === 'keda';
const usesQueue = ({ dispatch, keda: { triggers } }: Values) =>
  dispatch.backend === 'nats' ? triggers.natsJetstream.enabled : triggers.redisStreams.enabled;
const usesPrometheus = ({ keda: { triggers } }: Values) =>
  triggers.pendingTraces.enabled || triggers.activeTraces.enabled;
const isQueueOf = (backend: 'redis' | 'nats') => (values: Values) =>
  isKeda(values) && values.dispatch.backend === backend && usesQueue(values);

const triggers = (values: Tree): Tree => ({ keda: { triggers: values } });

/** What KEDA scales on, and where it finds that. */
export const triggerQuestions: readonly Question[] = [
  textQuestion({
    id: 'keda-triggers',
    short: 'by {}',
    section: 'scaling',
    title: 'What should replicas scale on?',
    placeholder: 'NAME[,NAME]',
    help: `what keda scales on: ${names.join(', ')}`,
    helpWith: (values) => `any of: ${namesWith(values).join(', ')}`,
    when: isKeda,
    options: triggerOptions,
    judgedBy: ['XV-404', 'XV-409', 'XV-410', 'XV-420', 'XV-605'],
    // XV-407 tells where nothing could wake XERV. NATS has a queue for it only with a consumer.
    suggest: ({ values: { dispatch }, given }) => {
      if (dispatch.backend === 'redis' || isGiven(given, 'keda', 'triggers')) return undefined;
      return dispatch.backend === 'nats' ? 'pending,active' : 'cpu';
    },
    read: (values) =>
      names
        .filter((name) =>
          name === 'queue' ? usesQueue(values) : isOn(values.keda.triggers, switches[name]),
        )
        .join(','),
    write: (answer) => {
      const given = splitList(answer);
      const wrong = given.find((one) => !names.some((name) => name === one));
      if (wrong !== undefined)
        return reject('keda cannot scale on that', `Any of: ${names.join(', ')}`);
      if (given.length === 0)
        return reject('keda needs something to scale on', `Any of: ${names.join(', ')}`);
      const queue = { enabled: given.includes('queue') };
      return accept(
        triggers({
          redisStreams: queue,
          natsJetstream: queue,
          ...Object.fromEntries(
            Object.entries(switches).map(([name, key]) => [key, { enabled: given.includes(name) }]),
          ),
        }),
      );
    },
  }),
  textQuestion({
    id: 'prometheus-address',
    short: 'asks {}',
    section: 'scaling',
    title: 'Which Prometheus should KEDA query?',
    placeholder: 'URL',
    help: 'Prometheus that keda queries for pending and active traces',
    when: (values) => isKeda(values) && usesPrometheus(values),
    needs: ['prometheusOperator', 'knownServices'],
    options: ({ facts }) =>
      prometheusAddresses(facts).map((address) => plainOption(address, 'found in this cluster')),
    suggest: ({ values, facts }) => suggestPrometheus(readPrometheus(values), facts),
    read: readPrometheus,
    write: (answer) =>
      parseHttpUrl(answer, (serverAddress) =>
        triggers({ pendingTraces: { serverAddress }, activeTraces: { serverAddress } }),
      ),
  }),
  textQuestion({
    id: 'keda-redis-address',
    short: 'Redis at {}',
    section: 'scaling',
    title: 'At which address does KEDA reach Redis?',
    placeholder: 'HOST:PORT',
    help: 'Redis address for keda; needed if the URL is in a Secret',
    when: (values) => isQueueOf('redis')(values) && values.dispatch.redis.existingSecret !== '',
    needs: ['knownServices'],
    options: ({ facts }) =>
      (seen(facts, 'knownServices') ?? [])
        .filter(({ kind }) => kind === 'redis')
        .map(({ namespace, name, port }) =>
          plainOption(`${name}.${namespace}.svc:${port}`, 'found in this cluster'),
        ),
    read: ({ keda }) => keda.triggers.redisStreams.address,
    write: (answer) =>
      parseHostAndPort(answer, (address) => triggers({ redisStreams: { address } })),
  }),
  textQuestion({
    id: 'nats-consumer',
    short: 'consumer {}',
    section: 'scaling',
    title: 'Which durable consumer do the replicas share?',
    placeholder: 'NAME',
    help: 'JetStream consumer whose lag keda scales on; XERV 0.1.0 has no durable one',
    when: isQueueOf('nats'),
    options: () => [
      { value: '', label: 'none', description: 'replicas do not scale on the NATS queue' },
    ],
    read: ({ keda }) => keda.triggers.natsJetstream.consumer,
    write: (answer) =>
      // What NATS takes as a name: no blanks, dots, wildcards and separators of paths.
      /^[^\s.*>/\\]*$/.test(answer)
        ? accept(triggers({ natsJetstream: { consumer: answer } }))
        : reject('That is not the name of a consumer'),
  }),
  textQuestion({
    id: 'keda-nats-endpoint',
    short: 'monitoring at {}',
    section: 'scaling',
    title: 'At which address does KEDA reach NATS monitoring?',
    placeholder: 'HOST:PORT',
    help: 'NATS monitoring address for keda; needed if the URL is in a Secret',
    when: (values) =>
      isQueueOf('nats')(values) &&
      values.keda.triggers.natsJetstream.consumer !== '' &&
      values.dispatch.nats.existingSecret !== '',
    needs: ['knownServices'],
    options: ({ facts }) =>
      (seen(facts, 'knownServices') ?? [])
        .filter(({ kind }) => kind === 'nats')
        .map(({ namespace, name }) =>
          plainOption(`${name}.${namespace}.svc:8222`, 'found in this cluster'),
        ),
    read: ({ keda }) => keda.triggers.natsJetstream.monitoringEndpoint,
    write: (answer) =>
      parseHostAndPort(answer, (monitoringEndpoint) =>
        triggers({ natsJetstream: { monitoringEndpoint } }),
      ),
  }),
];

function isOn(of: Values['keda']['triggers'], key: keyof Values['keda']['triggers']): boolean {
  const trigger = of[key];
  return 'enabled' in trigger && trigger.enabled;
}

/** A queue is there to be followed only where it is outside of XERV. */
function hasQueue({ dispatch }: Values): boolean {
  return dispatch.backend === 'redis' || dispatch.backend === 'nats';
}

function namesWith(values: Values): readonly Trigger[] {
  return names.filter((name) => name !== 'queue' || hasQueue(values));
}

function triggerOptions({ values }: QuestionContext): readonly Option[] {
  const { dispatch } = values;
  const product = dispatch.backend === 'redis' ? 'Redis' : 'NATS';
  return [
    ...(hasQueue(values)
      ? [
          {
            value: 'queue',
            label: 'Queue',
            description: `what waits in ${product}; can wake XERV at zero`,
          },
          {
            value: 'queue,pending,active',
            label: 'Queue and traces',
            description: 'also pending and active traces, from Prometheus',
          },
        ]
      : []),
    {
      value: 'pending,active',
      label: 'Traces',
      description: 'pending and active traces, from Prometheus',
    },
    { value: 'cpu', label: 'CPU', description: 'CPU usage; cannot scale to zero' },
    { value: 'cpu,memory', label: 'CPU and memory', description: 'usage of both' },
  ];
}

function readPrometheus({ keda: { triggers } }: Values): string {
  return (triggers.pendingTraces.enabled ? triggers.pendingTraces : triggers.activeTraces)
    .serverAddress;
}

/** The presets name the usual address, too: where nobody is there, another one is meant. */
function suggestPrometheus(current: string, facts: QuestionContext['facts']): string | undefined {
  const found = prometheusAddresses(facts);
  const isThere = found.some((address) =>
    address.startsWith('http://prometheus-server.monitoring.'),
  );
  return current === usualPrometheus && !isThere ? found[0] : undefined;
}

/** Of the Prometheus Operator first, since there it is sure who answers. */
function prometheusAddresses(facts: QuestionContext['facts']): readonly string[] {
  const operated = seen(facts, 'prometheusOperator')?.prometheuses ?? [];
  const services = seen(facts, 'knownServices') ?? [];
  return [
    ...new Set([
      ...operated.map(({ address }) => address).filter(Boolean),
      ...services
        .filter(({ kind }) => kind === 'prometheus')
        .map(({ namespace, name, port }) => `http://${name}.${namespace}.svc:${port}`),
    ]),
  ];
}
