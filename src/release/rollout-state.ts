import type { ClaimState, PodState } from './events.ts';
import type { Claim, Pod, Workload } from './kinds.ts';
import { describePod, secondsSince } from './pod-state.ts';
import {
  isCurrentPod,
  isObserved,
  isPodReady,
  type Snapshot,
  type WorkloadSnapshot,
} from './snapshot.ts';

/** How far a release has come, from one snapshot. */
export interface RolloutState {
  /** Pods of the newest specification that are ready. */
  readonly ready: number;
  readonly wanted: number;
  /** Ready pods of an earlier specification, which still serve. */
  readonly earlierReady: number;
  readonly pods: readonly PodState[];
  readonly claims: readonly ClaimState[];
  /** Nothing is left to wait for. */
  readonly done: boolean;
  /** What is still waited for, one phrase each; empty when done. */
  readonly waitingFor: readonly string[];
}

/** `now` is milliseconds since the epoch. */
export function rolloutState(snapshot: Snapshot, now: number): RolloutState {
  const waitingFor = snapshot.workloads.flatMap((workload) => whatIsMissing(workload, now));
  return {
    ready: sum(snapshot.workloads, (workload) => currentPods(workload).filter(isPodReady).length),
    wanted: sum(snapshot.workloads, ({ replicas }) => replicas),
    earlierReady: sum(
      snapshot.workloads,
      (workload) =>
        workload.pods.filter((pod) => isKnownOld(workload, pod) && isServing(pod)).length,
    ),
    pods: snapshot.workloads
      .flatMap((workload) =>
        workload.pods.map((pod) => describePod(pod, !isKnownOld(workload, pod), now)),
      )
      .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true })),
    claims: snapshot.claims.map(describeClaim),
    done: waitingFor.length === 0,
    waitingFor,
  };
}

function isServing(pod: Pod): boolean {
  return isPodReady(pod) && !pod.metadata.deletionTimestamp;
}

/** Before the controller has taken the newest specification up, no pod can be told to be old. */
function isKnownOld(workload: WorkloadSnapshot, pod: Pod): boolean {
  return workload.live !== undefined && isObserved(workload.live) && !isCurrentPod(workload, pod);
}

/**
 * What a workload still lacks. The rules are those of `kubectl rollout status`
 * (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go), and stricter: all of a
 * StatefulSet's pods are of the newest revision and available, and the old pods are gone.
 */
function whatIsMissing(workload: WorkloadSnapshot, now: number): string[] {
  const { kind, name, live } = workload;
  if (!live) return [`${kind} ${name} to exist`];
  if (!isObserved(live)) return [`the controller to pick up ${kind} ${name}`];
  if (live.spec.paused) return [`Deployment ${name} to be resumed (it is paused)`];
  const wanted = workload.replicas;
  const status = live.status;
  const missing: string[] = [];
  const updated = wanted - (status?.updatedReplicas ?? 0);
  if (updated > 0 && wanted > 0 && isRollingUpdate(live))
    missing.push(`${updated} of ${wanted} pods of ${name} to be replaced`);
  const unready = wanted - (status?.readyReplicas ?? 0);
  const unavailable = wanted - (status?.availableReplicas ?? 0);
  if (unready > 0) missing.push(`${unready} of ${wanted} pods of ${name} to be ready`);
  else if (unavailable > 0)
    missing.push(`${unavailable} of ${wanted} pods of ${name} to stay ready a while`);
  const surplus = (status?.replicas ?? 0) - wanted;
  if (surplus > 0) missing.push(`${surplus} surplus pods of ${name} to stop`);
  const stopping = workload.pods.filter((pod) => isStillStopping(pod, now)).length;
  if (missing.length === 0 && stopping > 0) missing.push(`${stopping} old pods to stop`);
  return missing;
}

/** Whether the controller replaces all pods by itself. */
function isRollingUpdate({ spec }: Workload): boolean {
  if (spec.updateStrategy?.type === 'OnDelete') return false;
  return (spec.updateStrategy?.rollingUpdate?.partition ?? 0) === 0;
}

/**
 * A pod that is being stopped and still has time for it. One that outstays its grace period
 * by 10 seconds is stuck: it is named elsewhere and does not hold up what is ready.
 */
function isStillStopping(
  { metadata }: { metadata: { deletionTimestamp?: string | null | undefined } },
  now: number,
): boolean {
  // The server sets the deletion timestamp to the end of the grace period.
  return Boolean(metadata.deletionTimestamp) && secondsSince(metadata.deletionTimestamp, now) < 10;
}

function currentPods(workload: WorkloadSnapshot) {
  return workload.pods.filter((pod) => isCurrentPod(workload, pod));
}

/** "0 of 5 pods are ready; 4 of the earlier revision still serve". */
export function countPods({ ready, wanted, earlierReady }: RolloutState): string {
  const earlier =
    earlierReady > 0
      ? `; ${earlierReady} of the earlier revision still ${earlierReady === 1 ? 'serves' : 'serve'}`
      : '';
  return `${ready} of ${wanted} ${earlierReady > 0 ? 'new ' : ''}pods are ready${earlier}`;
}

export function describeClaim(claim: Claim): ClaimState {
  return {
    name: claim.metadata.name,
    phase: claim.metadata.deletionTimestamp ? 'Terminating' : claim.status.phase || 'unknown',
    size: String(claim.status.capacity.storage ?? claim.spec.resources.requests.storage ?? ''),
    storageClass: claim.spec.storageClassName ?? '',
  };
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
