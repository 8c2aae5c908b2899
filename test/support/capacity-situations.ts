import type { FactValue } from '../../src/cluster/facts/facts.ts';
import type { Tree } from '../../src/values/tree.ts';
import { runCheck } from './check-input.ts';
import {
  allNodes,
  gibibyte,
  makeNamespaceFact,
  makeNode,
  makeWorkload,
  type WorkloadOptions,
} from './workloads.ts';

type Nodes = ReturnType<typeof allNodes>;
type Claims = { name: string; zones: string[] | null; hosts?: string[] }[];

export interface Situation {
  readonly nodes: Nodes;
  readonly workload: WorkloadOptions;
  readonly values?: Tree;
  readonly live?: Tree;
  readonly rollouts?: FactValue<'rollouts'>;
  readonly runtimeClasses?: FactValue<'runtimeClasses'>;
  readonly claims?: Claims;
  /** Zones of the default class, and nodes. */
  readonly classZones?: string[];
  readonly classHosts?: string[];
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

export const judge = ({ nodes, workload, values = {}, live, ...more }: Situation) => {
  const {
    claims = [],
    classZones = [],
    classHosts,
    namespaceLabels,
    rollouts,
    runtimeClasses,
  } = more;
  const makesClaims = JSON.stringify(workload).includes('volumeClaimTemplates');
  return runCheck('XV-801', {
    values,
    ...(live ? { live } : {}),
    objects: [makeWorkload(workload)],
    facts: {
      nodes,
      namespace: makeNamespaceFact(namespaceLabels),
      ...(rollouts ? { rollouts } : {}),
      ...(runtimeClasses ? { runtimeClasses } : {}),
      claims: claims.map((claim) => ({
        phase: 'Bound',
        storageClass: 'standard',
        size: '1Gi',
        accessModes: ['ReadWriteOnce'],
        hosts: [],
        ...claim,
      })),
      ...(makesClaims
        ? {
            storageClasses: [
              {
                name: 'standard',
                provisioner: 'test',
                isDefault: true,
                allowVolumeExpansion: false,
                volumeBindingMode: 'WaitForFirstConsumer',
                reclaimPolicy: 'Delete',
                zones: classZones,
                ...(classHosts ? { hosts: classHosts } : {}),
              },
            ],
          }
        : {}),
    },
  })[0];
};

export const free = (cpu: number, memory = 16 * gibibyte, pods = 110) => ({
  free: { cpu, memory, pods },
});
export const zone = (name: string) => ({ labels: { 'topology.kubernetes.io/zone': name } });
export const taint = (key: string, value = '', effect = 'NoSchedule') => ({
  taints: [{ key, value, effect }],
});
export const raft = (replicas: number, more: Tree = {}): Tree => ({
  dispatch: { backend: 'raft' },
  replicaCount: replicas,
  ...more,
});
export const spreadOver = (more: object = {}) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'xerv' } },
      ...more,
    },
  ],
});
export const set = (replicas: number, pod: object): WorkloadOptions => ({
  kind: 'StatefulSet',
  replicas,
  pod,
});
export const apartFrom = (more: object) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', ...more },
      ],
    },
  },
});
export const zones = (...names: string[]) =>
  allNodes(...names.map((name, index) => makeNode(`n${index}`, zone(name))));
