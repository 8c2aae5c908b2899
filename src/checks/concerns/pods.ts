import { hasPods } from '../fit/pods.ts';
import { listAt, mapAt, textAt } from '../fit/read.ts';
import type { Check, CheckInput, ValueChange, Verdict } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';

/** Oldest Kubernetes that the chart is made for: 1.25. */
const oldestMinor = 25;
/** Ports below are for root, or for who has NET_BIND_SERVICE. */
const firstFreePort = 1024;

const servers: readonly { readonly path: readonly string[]; readonly name: string }[] = [
  { path: ['server', 'apiPort'], name: 'server.apiPort' },
  { path: ['server', 'grpcPort'], name: 'server.grpcPort' },
  { path: ['metrics', 'port'], name: 'metrics.port' },
];

/** What the nodes and the cluster let the pods do. */
export const podChecks: readonly Check[] = [
  {
    id: 'XV-106',
    category: 'cluster',
    title: 'Kubernetes is new enough',
    why: 'Kubernetes before 1.25 lacks kinds and fields that the chart makes use of.',
    reads: 'the version of the API server',
    rules: ['D84'],
    applies: () => true,
    needs: () => ['server'],
    run: ({ facts }) =>
      withFact(facts, 'server', 'the version of Kubernetes', ({ gitVersion, minor }) => {
        if (minor >= oldestMinor) return pass(`It is ${gitVersion}.`);
        return fail(`Kubernetes ${gitVersion} is older than 1.${oldestMinor}.`, {
          evidence: [`server: ${gitVersion}`],
          remedies: [{ text: `Upgrade the cluster to 1.${oldestMinor} or newer.` }],
        });
      }),
  },
  {
    id: 'XV-108',
    category: 'cluster',
    title: 'helm itself is kept up',
    why: 'helm 3 gets security fixes until 10 February 2027 and nothing else, new versions of Kubernetes among it. helm 4 goes on with the releases that helm 3 made.',
    reads: 'the version of the helm that is used',
    rules: ['D84'],
    anyChart: true,
    applies: () => true,
    needs: () => [],
    // Source: helm.sh/blog/helm-v3-end-of-life. Older than 3.12 is refused before there is a check.
    run: ({ helm }) => {
      if (helm === '') return unknown('helm did not tell its version.');
      if (!helm.startsWith('3.')) return pass(`It is ${helm}.`);
      return warn(`helm ${helm} is of the line that ends in February 2027.`, {
        evidence: [`helm version: ${helm}`],
        remedies: [{ text: 'Install helm 4: https://helm.sh/docs/intro/install/' }],
      });
    },
  },
  {
    id: 'XV-808',
    category: 'pods',
    title: 'XERV may listen on its ports',
    why: 'Who is not root may not listen on a port below 1024 without the capability NET_BIND_SERVICE: the server ends at its start.',
    reads:
      'server.apiPort, server.grpcPort, metrics.port, extraPorts; podSecurityContext with its sysctls, securityContext',
    rules: ['D76'],
    applies: () => true,
    needs: () => [],
    run: judgePorts,
  },
  {
    id: 'XV-809',
    category: 'pods',
    title: 'The user of the pods is one that the cluster allows',
    why: 'OpenShift gives each namespace a range of user ids and refuses pods that want another one, unless their ServiceAccount may use an SCC such as anyuid. The chart leaves its own ids out there.',
    reads:
      'podSecurityContext and securityContext, as rendered and as you set them; whether the cluster is OpenShift',
    rules: ['D80'],
    applies: ({ objects }) => hasPods(objects),
    needs: () => ['server'],
    run: ({ facts, objects, given }) =>
      withFact(facts, 'server', 'what kind of cluster this is', ({ distribution }) => {
        if (distribution !== 'openshift') return pass('The cluster takes any user id.');
        const rendered = renderedIds(objects);
        if (rendered.length === 0) return pass('The pods leave their ids to OpenShift.');
        return warn('OpenShift refuses fixed ids of pods, unless an SCC allows them.', {
          evidence: rendered,
          remedies: [
            {
              text: 'Let OpenShift choose them.',
              changes: givenIds(given).map((path) => ({ path, value: undefined })),
            },
          ],
        });
      }),
  },
];

function judgePorts({ values, effective }: CheckInput): Verdict {
  const { runAsNonRoot, runAsUser } = mapAt(effective, 'podSecurityContext');
  const own = mapAt(effective, 'securityContext');
  const user = own.runAsUser ?? runAsUser;
  const isRoot = user === 0 && (own.runAsNonRoot ?? runAsNonRoot) !== true;
  const mayBind = listAt(own, 'capabilities', 'add').some((name) =>
    ['NET_BIND_SERVICE', 'ALL'].includes(String(name)),
  );
  const used = servers.filter(
    ({ path }) =>
      (path[1] !== 'grpcPort' || values.dispatch.backend === 'raft') &&
      (path[0] !== 'metrics' || (values.metrics.enabled && !values.metrics.onApiPort)),
  );
  const low = [
    ...used.map(({ path, name }) => ({
      path,
      name,
      port: Number(path[0] === 'metrics' ? values.metrics.port : portOf(values, path[1])),
    })),
    // Where a list has it, the whole list would have to be written: that is left to the user.
    ...values.extraPorts.map(({ port, targetPort }, index) => ({
      path: undefined,
      name: `extraPorts[${index}].${targetPort ? 'targetPort' : 'port'}`,
      port: Number(targetPort || port),
    })),
  ].filter(({ port }) => port < firstFreePort);
  if (low.length === 0) return pass(`No port is below ${firstFreePort}.`);
  const evidence = low.map(({ name, port }) => `${name}: ${port}`);
  const isFree = low.every(({ port }) => port >= firstPort(effective));
  if (isRoot || mayBind || isFree)
    return pass(`XERV may listen below ${firstFreePort}.`, { evidence });
  const changes = low.flatMap(({ path, port }): ValueChange[] =>
    path ? [{ path, value: port + 8000 }] : [],
  );
  return fail(
    `XERV, which is not root, may not listen on ${low.map(({ port }) => port).join(' and ')}.`,
    {
      evidence: [...evidence, 'securityContext.capabilities.add: no NET_BIND_SERVICE'],
      remedies: [
        {
          text: 'Use ports above; a Service or an Ingress may have the low one.',
          ...(changes.length > 0 ? { changes } : {}),
        },
        {
          text: 'Or let the pods listen there.',
          changes: [
            {
              path: ['podSecurityContext', 'sysctls'],
              value: [
                ...listAt(effective, 'podSecurityContext', 'sysctls'),
                { name: lowestPort, value: '0' },
              ],
            },
          ],
        },
      ],
    },
  );
}

/** A safe sysctl, which Pod Security restricted lets pods set. */
const lowestPort = 'net.ipv4.ip_unprivileged_port_start';

/** The lowest port that whoever is not root may listen on. */
function firstPort(effective: CheckInput['effective']): number {
  const set = listAt(effective, 'podSecurityContext', 'sysctls').find(
    (one) => textAt(one, 'name') === lowestPort,
  );
  return set ? Number(textAt(set, 'value')) : firstFreePort;
}

const portOf = ({ server }: CheckInput['values'], key: string | undefined) =>
  key === 'grpcPort' ? server.grpcPort : server.apiPort;

const ids = ['runAsUser', 'runAsGroup', 'fsGroup'];

/** Ids that the rendered pods ask for, as text. */
function renderedIds(objects: CheckInput['objects']): string[] {
  return objects.flatMap((object) => {
    const spec = mapAt(object, 'spec', 'template', 'spec');
    return [spec, ...listAt(spec, 'containers')].flatMap((part) =>
      ids.flatMap((key) => {
        const value = mapAt(part, 'securityContext')[key];
        return typeof value === 'number'
          ? [`${object.kind} ${object.metadata.name}: ${key}: ${value}`]
          : [];
      }),
    );
  });
}

/** Where the user set ids. */
const givenIds = (given: CheckInput['given']) =>
  ['podSecurityContext', 'securityContext'].flatMap((section) =>
    ids.flatMap((key) => (key in mapAt(given, section) ? [[section, key]] : [])),
  );
