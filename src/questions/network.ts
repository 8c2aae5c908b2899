import type { Values } from '../values/schema/index.ts';
import { choiceQuestion, textQuestion, yesNoQuestion } from './kinds.ts';
import { defaultClass, plainOption, seen, words } from './options.ts';
import { hostName, namespaceName, parseList, parseName } from './parse.ts';
import { accept, type Option, type Question, type QuestionContext, reject } from './question.ts';

/** How the API is published, and the type of the Service that goes with it. */
const serviceTypes = { 'load-balancer': 'LoadBalancer', 'node-port': 'NodePort' } as const;

const hosts = { item: hostName, what: 'a host name', example: 'xerv.example.com' };

export const networkQuestions: readonly Question[] = [
  yesNoQuestion({
    id: 'network-policy',
    short: 'NetworkPolicy',
    section: 'network',
    title: 'Should a NetworkPolicy restrict who may connect to the pods?',
    help: "a NetworkPolicy; works only if the cluster's network enforces it",
    yes: ({ dispatch, metrics }) =>
      `only ${words(dispatch.backend === 'raft' && 'the other replicas', metrics.enabled && 'Prometheus', 'the namespaces that you name')}`,
    no: 'anything in the cluster may connect',
    judgedBy: ['XV-710'],
    read: ({ networkPolicy }) => networkPolicy.enabled,
    write: (enabled) => ({ networkPolicy: { enabled } }),
  }),
  textQuestion({
    id: 'api-clients',
    short: 'called from {}',
    section: 'network',
    title: 'Which namespaces may call the API?',
    placeholder: 'NAMESPACE[,...]',
    help: 'namespaces that the NetworkPolicy lets call the API',
    when: ({ networkPolicy }) => networkPolicy.enabled,
    needs: ['namespaces'],
    options: ({ facts }) => [
      { value: '', label: 'none', description: 'except the way in from outside, if there is one' },
      ...Object.keys(seen(facts, 'namespaces') ?? {}).map((name) => plainOption(name, '')),
    ],
    read: ({ networkPolicy }) => networkPolicy.clients.namespaces.join(','),
    write: (answer) =>
      parseList(
        answer,
        { item: namespaceName, what: 'the name of a namespace', example: 'frontend,jobs' },
        (namespaces) => accept({ networkPolicy: { clients: { namespaces } } }),
      ),
  }),
  choiceQuestion({
    id: 'expose',
    section: 'network',
    title: 'How should the API be reached from outside the cluster?',
    help: 'how to reach the API from outside; the API itself asks for no password',
    answers: [
      { value: 'none', label: 'Not at all', description: 'from inside, or with port-forward' },
      { value: 'ingress', label: 'Ingress', description: 'a host name on an ingress controller' },
      { value: 'gateway', label: 'Gateway', description: 'an HTTPRoute on a Gateway' },
      {
        value: 'load-balancer',
        label: 'Load balancer',
        description: 'its own address, unencrypted',
      },
      { value: 'node-port', label: 'Node port', description: 'a port on each node, unencrypted' },
    ],
    judgedBy: ['XV-704'],
    read: readWayIn,
    write: (answer) => ({
      ingress: { enabled: answer === 'ingress' },
      httpRoute: { enabled: answer === 'gateway' },
      service: {
        type: Object.hasOwn(serviceTypes, answer)
          ? serviceTypes[answer as keyof typeof serviceTypes]
          : 'ClusterIP',
      },
    }),
  }),
  textQuestion({
    id: 'ingress-host',
    short: 'host {}',
    section: 'network',
    title: 'Under which host name?',
    placeholder: 'HOST[,...]',
    help: 'host name of an Ingress to the API; creates the Ingress',
    when: ({ ingress }) => ingress.enabled,
    options: () => [{ value: '', label: 'any', description: 'any host name' }],
    read: ({ ingress }) =>
      ingress.hosts.map((one) => (typeof one === 'string' ? one : (one.host ?? ''))).join(','),
    write: (answer) =>
      parseList(answer, hosts, (names) => accept({ ingress: { enabled: true, hosts: names } })),
  }),
  textQuestion({
    id: 'ingress-class',
    short: 'class {}',
    section: 'network',
    title: 'Which ingress controller?',
    placeholder: 'NAME',
    help: "class of the Ingress (default: the cluster's default)",
    when: ({ ingress }) => ingress.enabled,
    needs: ['ingressClasses'],
    options: ingressClassOptions,
    suggest: ({ values: { ingress }, facts }) => {
      const classes = seen(facts, 'ingressClasses') ?? [];
      if (ingress.className !== '') return undefined;
      return classes.some(({ isDefault }) => isDefault) ? undefined : classes[0]?.name;
    },
    read: ({ ingress }) => ingress.className,
    write: (answer) => parseName(answer, (className) => accept({ ingress: { className } })),
  }),
  textQuestion({
    id: 'ingress-tls-secret',
    short: 'certificate {}',
    section: 'network',
    title: 'Which Secret holds the certificate?',
    placeholder: 'NAME',
    help: 'Secret with the certificate of the Ingress',
    when: ({ ingress }) => ingress.enabled,
    needs: ['secretNames'],
    options: ({ facts }) => [
      { value: '', label: 'none', description: "the controller's own certificate, or no TLS" },
      ...(seen(facts, 'secretNames')?.tls ?? []).map((name) =>
        plainOption(name, 'a certificate in this namespace'),
      ),
    ],
    read: readCertificate,
    write: (answer) =>
      parseName(answer, (secretName) =>
        accept({ ingress: { tls: secretName === '' ? [] : [{ secretName }] } }),
      ),
  }),
  textQuestion({
    id: 'gateway',
    short: 'Gateway {}',
    section: 'network',
    title: 'Which Gateway should publish the API?',
    placeholder: 'NAMESPACE/NAME',
    help: 'Gateway of an HTTPRoute to the API; creates the HTTPRoute',
    when: ({ httpRoute }) => httpRoute.enabled,
    needs: ['gateways'],
    options: ({ facts }) =>
      (seen(facts, 'gateways')?.gateways ?? []).map(({ namespace, name, class: of }) =>
        plainOption(`${namespace}/${name}`, `class ${of}`),
      ),
    suggest: ({ values: { httpRoute }, facts }) => {
      if (httpRoute.parentRefs.length > 0) return undefined;
      const [first] = seen(facts, 'gateways')?.gateways ?? [];
      return first && `${first.namespace}/${first.name}`;
    },
    read: readGateway,
    write: (answer) => {
      const [namespace = '', name = '', ...rest] = answer.split('/');
      if (!namespaceName.test(namespace) || !hostName.test(name) || rest.length > 0)
        return reject('expected NAMESPACE/NAME of a Gateway', 'For example: gateways/public');
      return accept({ httpRoute: { enabled: true, parentRefs: [{ name, namespace }] } });
    },
  }),
  textQuestion({
    id: 'gateway-host',
    short: 'host {}',
    section: 'network',
    title: 'Under which host name should the Gateway publish it?',
    placeholder: 'HOST[,...]',
    help: "host name of the HTTPRoute (default: the listener's)",
    when: ({ httpRoute }) => httpRoute.enabled,
    options: () => [{ value: '', label: "the listener's", description: 'what the Gateway says' }],
    read: ({ httpRoute }) => httpRoute.hostnames.join(','),
    write: (answer) =>
      parseList(answer, hosts, (hostnames) => accept({ httpRoute: { hostnames } })),
  }),
];

function readWayIn({ ingress, httpRoute, service }: Values): string | undefined {
  const ways = [
    ingress.enabled && 'ingress',
    httpRoute.enabled && 'gateway',
    Object.entries(serviceTypes).find(([, type]) => type === service.type)?.[0],
  ].filter((way) => typeof way === 'string');
  return ways.length > 1 ? undefined : (ways[0] ?? 'none');
}

/** Only what the question itself would write can be read as an answer. */
function readCertificate({ ingress: { tls } }: Values): string | undefined {
  const [first, ...rest] = tls;
  if (first === undefined) return '';
  const isPlain = rest.length === 0 && Object.keys(first).join() === 'secretName';
  return isPlain && typeof first.secretName === 'string' ? first.secretName : undefined;
}

function readGateway({ httpRoute: { parentRefs } }: Values): string | undefined {
  const [first, ...rest] = parentRefs;
  if (first === undefined || rest.length > 0) return undefined;
  const { name, namespace, ...more } = first as { name?: unknown; namespace?: unknown };
  const isPlain =
    typeof name === 'string' && typeof namespace === 'string' && Object.keys(more).length === 0;
  return isPlain ? `${namespace}/${name}` : undefined;
}

function ingressClassOptions({ facts }: QuestionContext): readonly Option[] {
  const classes = seen(facts, 'ingressClasses');
  return [
    defaultClass(classes, 'nothing would serve it'),
    ...(classes ?? []).map(({ name, controller, isDefault }) =>
      plainOption(
        name,
        words(
          isDefault && 'the default',
          controller,
          controller === 'k8s.io/ingress-nginx' && 'no longer maintained',
        ),
      ),
    ),
  ];
}
