import type { RenderedObject } from '../../src/checks/types.ts';
import type { FactValue } from '../../src/cluster/facts/facts.ts';

type NodeFact = FactValue<'nodes'>['seen'][number];

export const gibibyte = 2 ** 30;
const labels = { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' };

export interface WorkloadOptions {
  readonly kind?: 'Deployment' | 'StatefulSet';
  readonly replicas?: number;
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
  /** Over the pod's spec. */
  readonly pod?: object;
  /** Over the workload's spec. */
  readonly spec?: object;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** A workload as the chart renders it, as far as the checks of pods read it. */
export function makeWorkload({
  kind = 'Deployment',
  replicas = 1,
  requests = { cpu: '1', memory: '1Gi' },
  limits = {},
  pod = {},
  spec = {},
  podLabels = {},
  podAnnotations = {},
}: WorkloadOptions = {}): RenderedObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'xerv', namespace: 'xerv', labels, annotations: {} },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...(kind === 'Deployment' ? { strategy: { type: 'Recreate' } } : {}),
      ...spec,
      template: {
        metadata: { labels: { ...labels, ...podLabels }, annotations: podAnnotations },
        spec: { containers: [{ name: 'xerv', resources: { requests, limits } }], ...pod },
      },
    },
  };
}

/** Anti-affinity as the chart's `podAntiAffinity.type: required` makes it. */
export const keptApart = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } },
      ],
    },
  },
};

/** A ready node with room for four CPUs, in zone a. */
export function makeNode(name: string, parts: Partial<NodeFact> = {}): NodeFact {
  const room = { cpu: 4, memory: 16 * gibibyte, pods: 110 };
  return {
    name,
    ready: true,
    unschedulable: false,
    taints: [],
    allocatable: room,
    free: room,
    ownPods: [],
    ownRoom: null,
    ...parts,
    labels: {
      'kubernetes.io/hostname': name,
      'kubernetes.io/arch': 'amd64',
      'topology.kubernetes.io/zone': 'a',
      ...parts.labels,
    },
  };
}

/** The nodes of a cluster that were all looked at. */
export const allNodes = (...seen: NodeFact[]): FactValue<'nodes'> => ({
  total: seen.length,
  seen,
  complete: true,
});

/** A namespace that exists. */
export const makeNamespaceFact = (
  namespaceLabels: Readonly<Record<string, string>> = {},
): FactValue<'namespace'> => ({
  exists: true,
  terminating: false,
  conditions: [],
  labels: { ...namespaceLabels },
});
