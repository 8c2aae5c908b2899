import type { Pod } from '../../cluster/objects.ts';
import { kubectlCommand } from '../command-text.ts';
import { containersOf, describePod, secondsSince } from '../pod-state.ts';
import { isCurrentPod, isPodReady, logKey, type WorkloadSnapshot } from '../snapshot.ts';
import { type CauseContext, eventsOf, oneLine, quoteEvent, type Suspicion } from './suspicion.ts';

/** Why a pod that shows no clear cause is not ready. Tells; it never ends a rollout by itself. */
export function findUnreadyCauses(pod: Pod, context: CauseContext): Suspicion[] {
  if (isPodReady(pod) || pod.metadata.deletionTimestamp) return [];
  const { name, uid } = pod.metadata;
  const failed = pod.status.phase === 'Failed';
  const mount = eventsOf(
    context.snapshot,
    pod.metadata,
    /^Failed(?:Mount|AttachVolume|CreatePodSandBox)$/,
  );
  const probes = eventsOf(context.snapshot, pod.metadata, /^Unhealthy$/);
  const missing = mount.find(({ message }) =>
    /(?:configmap|secret) .*not found/i.test(message ?? ''),
  );
  const logs = containersOf(pod).flatMap((status) =>
    (context.snapshot.logs.get(logKey(name, status.name)) ?? []).map((line) => `log: ${line}`),
  );
  const state = describePod(pod, true, 0).reason;
  return [
    {
      key: `${uid}/unready`,
      group: `unready ${state}`,
      settles: missing ? 'config' : 'never',
      diagnosis: {
        cause: missing ? 'config' : failed ? 'unknown' : 'not-ready',
        object: `Pod ${name}`,
        message: missing
          ? `${name} cannot start: ${oneLine(missing.message)}`
          : `${name} is not ready: ${state}`,
        evidence: [
          ...(failed ? [oneLine(pod.status.message)] : []),
          ...[...mount.slice(-2), ...probes.slice(-2)].map(quoteEvent),
          ...logs,
        ]
          .filter((line) => line !== '')
          .map(context.redact),
        next: `See why: ${kubectlCommand(context.target, 'describe', 'pod', name)}`,
      },
    },
  ];
}

/**
 * An old pod that is broken holds up an ordered update for ever: the controller waits for it to
 * become ready before it goes on (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback).
 */
export function findBlockedUpdates(workload: WorkloadSnapshot, context: CauseContext): Suspicion[] {
  const { live } = workload;
  if (workload.kind !== 'StatefulSet' || !live) return [];
  if (live.spec.podManagementPolicy === 'Parallel') return [];
  return workload.pods
    .filter((pod) => !isCurrentPod(workload, pod) && !isPodReady(pod))
    .filter((pod) => !pod.metadata.deletionTimestamp)
    .filter((pod) => {
      const { state, restarts } = describePod(pod, true, 0);
      return state === 'failing' || restarts > 0;
    })
    .map((pod) => ({
      key: `${pod.metadata.uid}/blocked`,
      group: 'blocked',
      settles: 'blocked',
      diagnosis: {
        cause: 'not-ready',
        object: `Pod ${pod.metadata.name}`,
        message: `${pod.metadata.name} still runs the earlier revision and fails; the StatefulSet waits for it before replacing any pod`,
        evidence: [describePod(pod, true, 0).reason].map(context.redact),
        next: `Delete the pod; it comes back in the new revision and keeps its claim: ${kubectlCommand(context.target, 'delete', 'pod', pod.metadata.name)}`,
      },
    }));
}

/** Pods that outstay their grace period; what replaces them may have to wait for them. */
export function findStuckPods(pods: readonly Pod[], context: CauseContext): Suspicion[] {
  return pods
    .filter((pod) => secondsSince(pod.metadata.deletionTimestamp, context.now) > overdueSeconds)
    .map(({ metadata, spec }) => ({
      key: `${metadata.uid}/stuck`,
      group: 'stuck',
      settles: 'blocked',
      diagnosis: {
        cause: 'not-ready',
        object: `Pod ${metadata.name}`,
        message: `${metadata.name} was told to stop but is still running`,
        evidence: [
          `its grace period ended at ${metadata.deletionTimestamp}`,
          ...(spec.nodeName ? [`on node ${spec.nodeName}`] : []),
          ...metadata.finalizers.map((finalizer) => `held by finalizer ${finalizer}`),
        ],
        next: `Check whether its node is healthy: ${kubectlCommand(context.target, 'describe', 'pod', metadata.name)}`,
      },
    }));
}

const overdueSeconds = 10;
