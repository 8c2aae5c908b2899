import { event, type Pod, persistentVolumeClaim, pod, storageClass } from '../cluster/objects.ts';
import type { Api, ApiFailure, ApiResult } from '../cluster/types.ts';
import { ordinalOf } from '../stateful-set-claims.ts';
import { oneLine } from './causes/suspicion.ts';
import { type Claim, type ClusterEvent, type Workload, workload } from './kinds.ts';
import {
  claimsOf,
  foreignClaimNames,
  type ManifestObject,
  type ManifestWorkload,
  workloadsOf,
} from './manifest.ts';
import { optional } from './optional.ts';
import { containersOf, describePod } from './pod-state.ts';
import { labelQuery, paths } from './resource-paths.ts';
import {
  isCurrentPod,
  isPodReady,
  lacksPods,
  logKey,
  makerOf,
  type Snapshot,
  type WorkloadSnapshot,
  wantedReplicas,
} from './snapshot.ts';

/** How many objects' events, and how many containers' logs, one look fetches at most. */
const detailLimit = 12;
/** Last lines of a failed container that are shown. */
const logLines = 20;

/** What of a release is watched: its workloads, and the claims that they mount by name. */
export interface ReleaseShape {
  readonly workloads: readonly ManifestWorkload[];
  readonly namedClaims: readonly string[];
}

export function releaseShape(objects: readonly ManifestObject[]): ReleaseShape {
  return {
    workloads: workloadsOf(objects),
    namedClaims: [
      ...claimsOf(objects).map(({ metadata }) => metadata.name),
      ...foreignClaimNames(objects),
    ],
  };
}

/**
 * Workloads, pods and claims of a release, read in parallel; without events and logs.
 * What may not be read fails the whole: half a picture would be a wrong one.
 */
export async function readSnapshot(
  api: Api,
  namespace: string,
  shape: ReleaseShape,
  signal?: AbortSignal,
): Promise<ApiResult<Snapshot>> {
  const [workloads, named] = await Promise.all([
    Promise.all(shape.workloads.map((wanted) => readWorkload(api, namespace, wanted, signal))),
    Promise.all(
      shape.namedClaims.map((name) =>
        optional(api.get(`${paths.claims(namespace)}/${name}`, persistentVolumeClaim, signal)),
      ),
    ),
  ]);
  const failure = [...workloads, ...named].find((result) => !result.ok);
  if (failure && !failure.ok) return failure;
  const read = workloads.flatMap((result) => (result.ok ? [result.value] : []));
  return {
    ok: true,
    value: {
      workloads: read.map(({ snapshot }) => snapshot),
      claims: uniqueClaims([
        ...read.flatMap(({ claims }) => claims),
        ...named.flatMap((result) => (result.ok && result.value ? [result.value] : [])),
      ]),
      events: [],
      logs: new Map(),
    },
  };
}

async function readWorkload(
  api: Api,
  namespace: string,
  { kind, name, object }: ManifestWorkload,
  signal: AbortSignal | undefined,
): Promise<ApiResult<{ snapshot: WorkloadSnapshot; claims: Claim[] }>> {
  const collection =
    kind === 'StatefulSet' ? paths.statefulSets(namespace) : paths.deployments(namespace);
  const query = labelQuery(object.spec.selector?.matchLabels ?? {});
  const templates = (object.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name);
  const nothing: ApiResult<never[]> = { ok: true, value: [] };
  const [live, pods, sets, claims] = await Promise.all([
    optional(api.get(`${collection}/${name}`, workload, signal)),
    api.list(`${paths.pods(namespace)}${query}`, pod, signal),
    kind === 'Deployment'
      ? api.list(`${paths.replicaSets(namespace)}${query}`, workload, signal)
      : nothing,
    templates.length > 0
      ? api.list(`${paths.claims(namespace)}${query}`, persistentVolumeClaim, signal)
      : nothing,
  ]);
  for (const result of [live, pods, sets, claims]) if (!result.ok) return result;
  if (!live.ok || !pods.ok || !sets.ok || !claims.ok) return nothingRead;
  const owned = ownedBy(live.value, sets.value, pods.value);
  const replicas = wantedReplicas(live.value ?? object);
  return {
    ok: true,
    value: {
      snapshot: { kind, name, live: live.value, replicas, ...owned },
      claims: claims.value.filter(({ metadata }) =>
        templates.some(
          (template) => (ordinalOf(metadata.name, template, name) ?? replicas) < replicas,
        ),
      ),
    },
  };
}

const nothingRead: ApiResult<never> = {
  ok: false,
  failure: { kind: 'other', message: 'nothing could be read' },
};

/** Labels alone do not say whose a pod is: its controller does. */
function ownedBy(live: Workload | undefined, sets: readonly Workload[], pods: readonly Pod[]) {
  const uid = live?.metadata.uid;
  const isOwner = (owner: string | undefined) => (item: Workload | Pod) =>
    item.metadata.ownerReferences.some((reference) => reference.uid === owner);
  const replicaSets = sets.filter(isOwner(uid));
  const owners = [uid, ...replicaSets.map(({ metadata }) => metadata.uid)].filter(Boolean);
  return { replicaSets, pods: pods.filter((item) => owners.some((owner) => isOwner(owner)(item))) };
}

function uniqueClaims(claims: readonly Claim[]): Claim[] {
  const byName = new Map(claims.map((claim) => [claim.metadata.name, claim]));
  return [...byName.values()].sort((one, other) =>
    one.metadata.name.localeCompare(other.metadata.name, 'en', { numeric: true }),
  );
}

/**
 * The same snapshot with the events of everything that is not as it should be, the last log lines
 * of containers that ended, and the cluster's StorageClasses where a claim waits. What may not be
 * read is left out: it only proves, it does not decide.
 */
export async function addDetails(
  api: Api,
  namespace: string,
  snapshot: Snapshot,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const objects = suspects(snapshot);
  const waiting = snapshot.claims.some(({ status }) => status.phase === 'Pending');
  const [events, logs, classes] = await Promise.all([
    Promise.all(objects.map((uid) => readEvents(api, namespace, uid, signal))),
    readLogs(api, namespace, snapshot, signal),
    waiting ? api.list(paths.storageClasses, storageClass, signal) : undefined,
  ]);
  return {
    ...snapshot,
    events: events.flat(),
    logs,
    ...(classes?.ok ? { storageClasses: classes.value.map(({ metadata }) => metadata.name) } : {}),
  };
}

/** Whether a look at events could tell anything: pods or claims that are not as they should be. */
export function looksWrong(snapshot: Snapshot, now: number): boolean {
  return (
    snapshot.claims.some(({ status }) => status.phase === 'Pending' || status.phase === 'Lost') ||
    snapshot.workloads.some(
      (one) =>
        one.live === undefined ||
        lacksPods(one) ||
        one.pods.some((item) => {
          const { state, ageSeconds } = describePod(item, true, now);
          return (
            state === 'failing' || state === 'pending' || (state !== 'ready' && ageSeconds > 5)
          );
        }),
    )
  );
}

/** Uids of the objects whose events may tell something. */
function suspects(snapshot: Snapshot): string[] {
  const pods = snapshot.workloads.flatMap((item) =>
    item.pods.filter((one) => !isPodReady(one) && isCurrentPod(item, one)),
  );
  const makers = snapshot.workloads.filter(lacksPods).map(makerOf);
  const claims = snapshot.claims.filter(({ status }) => status.phase !== 'Bound');
  return [...makers, ...claims, ...pods]
    .flatMap((object) => object?.metadata.uid ?? [])
    .slice(0, detailLimit);
}

async function readEvents(
  api: Api,
  namespace: string,
  uid: string,
  signal: AbortSignal | undefined,
): Promise<ClusterEvent[]> {
  const query = `?fieldSelector=${encodeURIComponent(`involvedObject.uid=${uid}`)}`;
  const events = await api.list(`${paths.events(namespace)}${query}`, event, signal);
  return events.ok ? events.value : [];
}

async function readLogs(
  api: Api,
  namespace: string,
  snapshot: Snapshot,
  signal: AbortSignal | undefined,
): Promise<Map<string, string[]>> {
  const ended = snapshot.workloads
    .flatMap(({ pods }) => pods)
    .filter((one) => !isPodReady(one))
    .flatMap((one) => containersOf(one).map((status) => ({ one, status })))
    .filter(({ status }) => status.restartCount > 0 || status.state.terminated)
    .slice(0, detailLimit);
  const read = await Promise.all(
    ended.map(async ({ one, status }) => {
      const previous = status.state.terminated ? '' : '&previous=true';
      const query = `?container=${status.name}&tailLines=${logLines}${previous}`;
      const text = await api.text(
        `${paths.pods(namespace)}/${one.metadata.name}/log${query}`,
        signal,
      );
      const lines = text.ok ? text.value.split('\n').map(oneLine).filter(Boolean) : [];
      return [logKey(one.metadata.name, status.name), lines] as const;
    }),
  );
  return new Map(read.filter(([, lines]) => lines.length > 0));
}

/** A failure that the next request may not meet. */
export function isPassing({ kind }: ApiFailure): boolean {
  return kind === 'unreachable' || kind === 'timeout' || kind === 'other';
}
