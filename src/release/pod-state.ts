import type { ContainerStatus, Pod } from '../cluster/objects.ts';
import type { PodState } from './events.ts';
import { isPodReady } from './snapshot.ts';

/** Waiting reasons that every healthy pod goes through. */
const ordinaryWaits: Readonly<Record<string, string>> = {
  ContainerCreating: 'image and volumes being prepared',
  PodInitializing: 'being initialised',
};

/** How a pod does, in a few words for people. `now` is milliseconds since the epoch. */
export function describePod(pod: Pod, current: boolean, now: number): PodState {
  const { metadata, spec } = pod;
  const { state, reason } = judgePod(pod);
  return {
    name: metadata.name,
    state,
    reason: current || state === 'terminating' ? reason : `${reason} (earlier revision)`,
    ...(spec.nodeName ? { node: spec.nodeName } : {}),
    restarts: restartsOf(pod),
    ageSeconds: secondsSince(metadata.creationTimestamp, now),
  };
}

function judgePod(pod: Pod): Pick<PodState, 'state' | 'reason'> {
  if (pod.metadata.deletionTimestamp) return { state: 'terminating', reason: 'stopping' };
  if (isPodReady(pod)) return { state: 'ready', reason: 'ready' };
  if (pod.status.phase === 'Failed')
    return { state: 'failing', reason: pod.status.reason ?? 'failed' };
  const failing = containersOf(pod).map(failureOf).find(Boolean);
  if (failing) return { state: 'failing', reason: failing };
  const scheduled = pod.status.conditions.find(({ type }) => type === 'PodScheduled');
  if (!pod.spec.nodeName && scheduled?.status !== 'True') return pendingState(scheduled);
  return { state: 'starting', reason: startingReason(pod) };
}

function pendingState(
  scheduled:
    | { reason?: string | null | undefined; message?: string | null | undefined }
    | undefined,
): Pick<PodState, 'state' | 'reason'> {
  if (scheduled?.reason === 'SchedulingGated')
    return { state: 'pending', reason: 'held back by a scheduling gate' };
  if (scheduled?.reason !== 'Unschedulable')
    return { state: 'pending', reason: 'waiting for a node' };
  const waitsForClaim = /persistentvolumeclaim/i.test(scheduled.message ?? '');
  return {
    state: 'pending',
    reason: waitsForClaim ? 'waiting for its volume claim' : 'fits on no node yet',
  };
}

function startingReason(pod: Pod): string {
  const initializing = pod.status.initContainerStatuses.find(
    ({ ready, state }) => !ready && (state.running ?? state.waiting),
  );
  if (initializing) return `init container ${initializing.name}`;
  const waiting = pod.status.containerStatuses.find(({ state }) => state.waiting);
  const reason = waiting?.state.waiting?.reason;
  if (reason) return ordinaryWaits[reason] ?? reason;
  if (pod.status.containerStatuses.some(({ state }) => state.running))
    return 'running, not ready yet';
  return 'image and volumes being prepared';
}

/** Why a container fails, or undefined while it does what it should. */
function failureOf(status: ContainerStatus): string | undefined {
  const restarts = status.restartCount;
  const after = restarts > 0 ? `, ${restarts} restart${restarts === 1 ? '' : 's'}` : '';
  const reason = status.state.waiting?.reason;
  if (reason && !(reason in ordinaryWaits)) return `${reason}${after}`;
  const ended = status.state.terminated;
  if (ended && ended.exitCode !== 0)
    return `${ended.reason ?? 'ended'}, exit code ${ended.exitCode}${after}`;
  return undefined;
}

export function containersOf(pod: Pod): readonly ContainerStatus[] {
  return [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
}

function restartsOf(pod: Pod): number {
  return containersOf(pod).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** Whole seconds since an RFC 3339 time; 0 where it lies ahead or is missing. */
export function secondsSince(time: string | null | undefined, now: number): number {
  const since = time ? (now - Date.parse(time)) / 1000 : 0;
  return Number.isFinite(since) ? Math.max(0, Math.floor(since)) : 0;
}
