import { BlockList, isIPv6 } from 'node:net';

// What the Kubernetes API says of NetworkPolicies:
// https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

interface PolicyPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Rule {
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly {
    readonly protocol?: string;
    readonly port?: number | string;
    readonly endPort?: number;
  }[];
}

export interface NetworkPolicy {
  readonly metadata: { readonly namespace?: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** A pod, with the labels that its namespace has besides its name. */
export interface Pod {
  readonly namespace: string;
  readonly labels?: Labels;
  readonly namespaceLabels?: Labels;
  /** Its named ports, for rules that name one. */
  readonly ports?: Readonly<Record<string, number>>;
}

/** The other end: a pod, or an address that is no pod's. */
export type Peer = Pod | { readonly address: string };

export interface Connection {
  readonly direction: 'in' | 'out';
  readonly pod: Pod;
  readonly peer: Peer;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/**
 * Whether the policies let the pod have this connection. A pod that no policy of that direction
 * selects is free; else one rule of one policy must let it through.
 */
export function isAllowed(policies: readonly NetworkPolicy[], connection: Connection): boolean {
  const { pod, direction } = connection;
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      matches(spec.podSelector, pod.labels ?? {}) &&
      concerns(spec, direction),
  );
  if (selecting.length === 0) return true;
  return selecting.some((policy) => {
    const rules = direction === 'in' ? policy.spec.ingress : policy.spec.egress;
    return (rules ?? []).some((rule) => letsThrough(rule, policy, connection));
  });
}

function concerns(spec: NetworkPolicy['spec'], direction: 'in' | 'out'): boolean {
  const types = spec.policyTypes ?? (spec.egress ? ['Ingress', 'Egress'] : ['Ingress']);
  return types.includes(direction === 'in' ? 'Ingress' : 'Egress');
}

/** Peers and ports must both fit; a list that is missing or empty fits everything. */
function letsThrough(rule: Rule, policy: NetworkPolicy, connection: Connection): boolean {
  const peers = (connection.direction === 'in' ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  return (
    (peers.length === 0 || peers.some((peer) => isPeer(peer, policy, connection.peer))) &&
    (ports.length === 0 || ports.some((port) => isPort(port, connection)))
  );
}

/** Both selectors of one peer must fit; without one for namespaces the policy's own is meant. */
function isPeer(peer: PolicyPeer, { metadata }: NetworkPolicy, other: Peer): boolean {
  if ('address' in other) {
    if (!peer.ipBlock) return false;
    const { cidr, except = [] } = peer.ipBlock;
    return contains(cidr, other.address) && !except.some((part) => contains(part, other.address));
  }
  if (peer.ipBlock) return false;
  const inNamespace = peer.namespaceSelector
    ? matches(peer.namespaceSelector, {
        ...other.namespaceLabels,
        'kubernetes.io/metadata.name': other.namespace,
      })
    : other.namespace === metadata.namespace;
  return inNamespace && matches(peer.podSelector ?? {}, other.labels ?? {});
}

type PolicyPort = NonNullable<Rule['ports']>[number];

function isPort({ protocol = 'TCP', port, endPort }: PolicyPort, connection: Connection): boolean {
  if (protocol !== (connection.protocol ?? 'TCP')) return false;
  if (port === undefined) return true;
  if (typeof port === 'number')
    return connection.port >= port && connection.port <= (endPort ?? port);
  const target = connection.direction === 'in' ? connection.pod : connection.peer;
  return 'namespace' in target && target.ports?.[port] === connection.port;
}

function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, text]) => labels[key] === text) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const label = labels[key];
      if (operator === 'Exists') return label !== undefined;
      if (operator === 'DoesNotExist') return label === undefined;
      const isIn = label !== undefined && values.includes(label);
      return operator === 'In' ? isIn : !isIn;
    })
  );
}

function contains(cidr: string, address: string): boolean {
  const [network = '', length] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (isIPv6(address) !== isIPv6(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return list.check(address, family);
}
