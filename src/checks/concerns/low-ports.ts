import type { FactValue } from '../../cluster/facts/facts.ts';
import { mayRunOn } from '../fit/pack.ts';
import { podGroups } from '../fit/pods.ts';
import { listAt, mapAt, textAt } from '../fit/read.ts';
import type { Check, CheckInput, Remedy, ValueChange, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

type Input = Omit<CheckInput, 'facts'>;

/** Ports below are for root, or for who has NET_BIND_SERVICE. */
const firstFreePort = 1024;
/** A safe sysctl, which Pod Security restricted lets pods set. */
const lowestPort = 'net.ipv4.ip_unprivileged_port_start';
const capability = 'NET_BIND_SERVICE';

const servers: readonly { readonly path: readonly string[]; readonly name: string }[] = [
  { path: ['server', 'apiPort'], name: 'server.apiPort' },
  { path: ['server', 'grpcPort'], name: 'server.grpcPort' },
  { path: ['metrics', 'port'], name: 'metrics.port' },
];

/** Whether XERV is let listen where it is to. */
export const lowPortChecks: readonly Check[] = [
  {
    id: 'XV-808',
    category: 'pods',
    title: 'XERV may listen on its ports',
    why: 'Only root may listen on a port below 1024, unless the pods or the container runtime allow it; otherwise the server exits at startup. NET_BIND_SERVICE helps only root and programs with file capabilities: Kubernetes grants it to no other.',
    reads:
      'server.apiPort, server.grpcPort, metrics.port, extraPorts; podSecurityContext with its sysctls, securityContext; if those do not decide, the nodes’ container runtime',
    rules: ['D76'],
    applies: () => true,
    needs: (input) => (settled(input) === undefined ? ['nodes'] : []),
    run: (input) => {
      const ports = lowPorts(input);
      const evidence = ports.map(({ name, port }) => `${name}: ${port}`);
      switch (settled(input)) {
        case 'none':
          return pass(`No port is below ${firstFreePort}.`);
        case 'may':
          return pass(`XERV may listen below ${firstFreePort}.`, { evidence });
        case 'may-not':
          return refused(input, [...evidence, `${lowestPort}: ${sysctlOf(input)}`]);
        default:
          return [
            withFact(input.facts, 'nodes', 'the container runtime of the nodes', (nodes) =>
              judgeRuntimes(input, nodes, evidence),
            ),
          ]
            .flat()
            .map((verdict) =>
              verdict.status === 'unknown' ? { ...verdict, remedies: remediesOf(input) } : verdict,
            );
      }
    },
  },
];

/** What the values decide alone; undefined where the container runtime does. */
function settled(input: Input): 'none' | 'may' | 'may-not' | undefined {
  const ports = lowPorts(input);
  if (ports.length === 0) return 'none';
  const sysctl = sysctlOf(input);
  const { isRoot, holds, adds } = rightsOf(input);
  if (isRoot && holds) return 'may';
  if (sysctl === undefined) return undefined;
  if (ports.every(({ port }) => port >= sysctl)) return 'may';
  // Whether the program makes use of what is added, its image tells.
  return adds || isRoot === undefined ? undefined : 'may-not';
}

function lowPorts({ values }: Input) {
  const used = servers.filter(
    ({ path }) =>
      (path[1] !== 'grpcPort' || values.dispatch.backend === 'raft') &&
      (path[0] !== 'metrics' || (values.metrics.enabled && !values.metrics.onApiPort)),
  );
  return [
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
}

const portOf = ({ server }: CheckInput['values'], key: string | undefined) =>
  key === 'grpcPort' ? server.grpcPort : server.apiPort;

/**
 * Root has what container runtimes give by default, NET_BIND_SERVICE among it, unless it is
 * dropped. For another user it is in the bounding set only: Kubernetes has no ambient capabilities.
 * Source: https://github.com/kubernetes/kubernetes/issues/56374, man 7 capabilities
 */
function rightsOf({ effective }: Input) {
  const pod = mapAt(effective, 'podSecurityContext');
  const own = mapAt(effective, 'securityContext');
  const user = own.runAsUser ?? pod.runAsUser;
  const isNonRoot = (own.runAsNonRoot ?? pod.runAsNonRoot) === true;
  const names = (key: string) => listAt(own, 'capabilities', key).map(String);
  const has = (list: readonly string[]) => list.includes(capability) || list.includes('ALL');
  const adds = has(names('add'));
  return {
    /** Undefined where the image tells. */
    isRoot: user === undefined && !isNonRoot ? undefined : user === 0 && !isNonRoot,
    adds,
    holds: own.privileged === true || adds || !has(names('drop')),
  };
}

/** The lowest port that everybody in the pods may listen on, where the values say it. */
function sysctlOf({ effective }: Input): number | undefined {
  const set = listAt(effective, 'podSecurityContext', 'sysctls').find(
    (one) => textAt(one, 'name') === lowestPort,
  );
  return set ? Number(textAt(set, 'value')) : undefined;
}

/**
 * Whether pods may listen on every port where nobody said otherwise on the node: containerd 2, k3s
 * and Docker let them, containerd 1 and CRI-O do not; null of others.
 * Source: https://github.com/containerd/containerd/pull/9348 and /11502,
 * https://github.com/k3s-io/k3s/issues/4545, https://github.com/moby/moby/pull/41030,
 * https://github.com/cri-o/cri-o/issues/10050
 */
function letsListen(runtime: string): boolean | null {
  const [, name, major = '0'] = /^([a-z-]+):\/\/v?(\d+)/.exec(runtime) ?? [];
  if (name === 'containerd') return Number(major) >= 2 || /k3s|rke2/.test(runtime);
  if (name === 'docker') return Number(major) >= 20 ? true : null;
  return name === 'cri-o' ? false : null;
}

function judgeRuntimes(
  input: CheckInput,
  { seen, complete }: FactValue<'nodes'>,
  evidence: readonly string[],
): Verdict {
  const [group] = podGroups(input.objects, {});
  const runtimes = [
    ...new Set(
      seen
        .filter((node) => !group || mayRunOn(group, node))
        .map(({ runtime }) => runtime || 'a runtime that does not report its name'),
    ),
  ].sort();
  const answers = sysctlOf(input) === undefined ? runtimes.map(letsListen) : [false];
  const details = {
    evidence: [...evidence, ...runtimes.map((runtime) => `nodes: ${runtime}`)],
    remedies: remediesOf(input),
  };
  if (runtimes.length > 0 && answers.every((answer) => answer === true))
    return complete
      ? pass('The nodes’ container runtime lets pods listen there, unless that was turned off.', {
          evidence: details.evidence,
        })
      : pass('The container runtimes that were checked let pods listen there.', {
          evidence: details.evidence,
        });
  const { isRoot, adds } = rightsOf(input);
  if (adds && isRoot !== true)
    return warn(
      `${capability} helps only if the program in the image has it as a file capability.`,
      details,
    );
  if (isRoot === undefined)
    return warn('Whether XERV may listen there depends on the image’s user.', details);
  if (runtimes.length === 0 || answers.some((answer) => answer !== false))
    return warn('Whether XERV may listen there depends on the node it runs on.', details);
  return refused(input, details.evidence);
}

function refused(input: Input, evidence: readonly string[]): Verdict {
  const { isRoot } = rightsOf(input);
  const who = isRoot ? `without ${capability}` : 'not running as root';
  const ports = lowPorts(input).map(({ port }) => port);
  return fail(`XERV, ${who}, may not listen on ${ports.join(' and ')}.`, {
    evidence,
    remedies: remediesOf(input),
  });
}

function remediesOf(input: Input): readonly Remedy[] {
  const { effective } = input;
  const changes = lowPorts(input).flatMap(({ path, port }): ValueChange[] =>
    path ? [{ path, value: port + 8000 }] : [],
  );
  const others = listAt(effective, 'podSecurityContext', 'sysctls').filter(
    (one) => textAt(one, 'name') !== lowestPort,
  );
  return [
    {
      text: 'Use higher ports; a Service or an Ingress may still have the low ones.',
      ...(changes.length > 0 ? { changes } : {}),
    },
    {
      text: 'Or let the pods listen there.',
      changes: [
        {
          path: ['podSecurityContext', 'sysctls'],
          value: [...others, { name: lowestPort, value: '0' }],
        },
      ],
    },
  ];
}
