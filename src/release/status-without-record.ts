import { identityLabels } from './claims.ts';
import { diagnose } from './diagnose.ts';
import type { ClaimState, Diagnosis, PodState } from './events.ts';
import { workload } from './kinds.ts';
import type { ManifestWorkload, WorkloadKind } from './manifest.ts';
import { addDetails, looksWrong, readSnapshot } from './read-snapshot.ts';
import { labelQuery, paths } from './resource-paths.ts';
import { countPods, rolloutState } from './rollout-state.ts';
import type { Snapshot } from './snapshot.ts';
import type { Target } from './target.ts';
import type { ReleaseDependencies } from './types.ts';

/** What is seen of a release whose record may not be read. */
export interface SeenWithoutRecord {
  readonly pods: readonly PodState[];
  readonly claims: readonly ClaimState[];
  readonly diagnoses: readonly Diagnosis[];
  readonly snapshot: Snapshot;
  /** Such as “3 of 3 pods are ready”. */
  readonly counted: string;
}

/**
 * Workloads with the release's labels and helm's annotation, for whoever may look at pods but not
 * at Secrets, as with the role view. What the record would tell besides stays unknown.
 * @returns undefined where none is found or may be seen
 */
export async function readWithoutRecord(
  deps: ReleaseDependencies,
  target: Target,
  signal?: AbortSignal,
): Promise<SeenWithoutRecord | undefined> {
  const { api } = deps;
  const { namespace, release } = target;
  const query = labelQuery(identityLabels(release, undefined));
  const find = async (kind: WorkloadKind, path: string): Promise<ManifestWorkload[]> => {
    const read = await api.list(`${path}${query}`, workload, signal);
    const found = read.ok ? read.value : [];
    return found
      .filter(({ metadata }) => metadata.annotations['meta.helm.sh/release-name'] === release)
      .map((object) => ({ kind, name: object.metadata.name, object }));
  };
  const workloads = await Promise.all([
    find('StatefulSet', paths.statefulSets(namespace)),
    find('Deployment', paths.deployments(namespace)),
  ]);
  const shape = { workloads: workloads.flat(), namedClaims: [] };
  if (shape.workloads.length === 0) return undefined;
  const read = await readSnapshot(api, namespace, shape, signal);
  if (!read.ok) return undefined;
  const now = deps.now();
  const snapshot = looksWrong(read.value, now)
    ? await addDetails(api, namespace, read.value, signal)
    : read.value;
  const rollout = rolloutState(snapshot, now);
  return {
    snapshot,
    pods: rollout.pods,
    claims: rollout.claims,
    diagnoses: diagnose(snapshot, { target, now }),
    counted: countPods(rollout),
  };
}
