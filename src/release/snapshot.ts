import type { Claim, ClusterEvent, Pod, Workload } from './kinds.ts';
import type { WorkloadKind } from './manifest.ts';

/** A workload of the release with everything that it made, read at one moment. */
export interface WorkloadSnapshot {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** undefined where the server has none of that name. */
  readonly live: Workload | undefined;
  /** How many pods it should have: as the server says, or where it has none, helm's record. */
  readonly replicas: number;
  /** Only a Deployment's. */
  readonly replicaSets: readonly Workload[];
  readonly pods: readonly Pod[];
}

/** What the cluster said about a release at one moment. */
export interface Snapshot {
  readonly workloads: readonly WorkloadSnapshot[];
  readonly claims: readonly Claim[];
  /** Events of the objects that look wrong; empty where nothing does. */
  readonly events: readonly ClusterEvent[];
  /** The last lines of a container that failed, keyed by {@link logKey}. */
  readonly logs: ReadonlyMap<string, readonly string[]>;
  /** Names of the cluster's StorageClasses; undefined where nobody needed or could read them. */
  readonly storageClasses?: readonly string[];
}

export function logKey(pod: string, container: string): string {
  return `${pod}/${container}`;
}

/** Whether the controller has seen the newest specification. */
export function isObserved(workload: Workload): boolean {
  return (workload.status?.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0);
}

/** How many pods are wanted; the server's default is 1. */
export function wantedReplicas(workload: Workload | undefined): number {
  return workload?.spec.replicas ?? 1;
}

/** The ReplicaSet that a Deployment rolls out now. */
export function newestReplicaSet(replicaSets: readonly Workload[]): Workload | undefined {
  const revision = (set: Workload) =>
    Number(set.metadata.annotations['deployment.kubernetes.io/revision'] ?? 0);
  return replicaSets.reduce<Workload | undefined>(
    (newest, set) => (newest && revision(newest) >= revision(set) ? newest : set),
    undefined,
  );
}

/** What makes the newest pods: the StatefulSet itself, or a Deployment's newest ReplicaSet. */
export function makerOf({ kind, live, replicaSets }: WorkloadSnapshot): Workload | undefined {
  return kind === 'Deployment' ? newestReplicaSet(replicaSets) : live;
}

/** Whether fewer pods were made than the maker is told to make: something may refuse them. */
export function lacksPods(workload: WorkloadSnapshot): boolean {
  const maker = makerOf(workload);
  const made =
    workload.kind === 'Deployment' ? (maker?.status?.replicas ?? 0) : workload.pods.length;
  return made < wantedReplicas(maker ?? workload.live);
}

/**
 * Whether a pod was made from the newest specification; false too while the controller has
 * not seen that specification yet.
 */
export function isCurrentPod(workload: WorkloadSnapshot, pod: Pod): boolean {
  const { live } = workload;
  if (!live || !isObserved(live)) return false;
  if (workload.kind === 'Deployment') {
    const newest = newestReplicaSet(workload.replicaSets);
    return pod.metadata.ownerReferences.some((owner) => owner.uid === newest?.metadata.uid);
  }
  const revision = live.status?.updateRevision;
  return !revision || pod.metadata.labels['controller-revision-hash'] === revision;
}

export function isPodReady(pod: Pod): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
