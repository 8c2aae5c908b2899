import { describeApiFailure } from '../cluster/failure-problem.ts';
import type { Release, ReleaseHistory } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { sizeNotices } from './claim-sizes.ts';
import type { LedgerEntry } from './claims.ts';
import { describeState } from './describe-state.ts';
import { diagnose } from './diagnose.ts';
import type { ClaimState, Diagnosis, PodState } from './events.ts';
import { findElsewhere } from './find-elsewhere.ts';
import { backendNotices, backendOf } from './follow-rollout.ts';
import { parseManifest } from './manifest.ts';
import { namespaceEnding } from './plan-uninstall.ts';
import {
  isInstalled,
  isPending,
  nothingInstalled,
  releaseStateProblems,
} from './preconditions/release-state.ts';
import { readLedger } from './read-claims.ts';
import { addDetails, looksWrong, readSnapshot, releaseShape } from './read-snapshot.ts';
import { countPods, type RolloutState, rolloutState } from './rollout-state.ts';
import type { WorkloadSnapshot } from './snapshot.ts';
import { readWithoutRecord } from './status-without-record.ts';
import type { Target } from './target.ts';
import { readTargetState, type TargetState } from './target-state.ts';
import type { ReleaseDependencies } from './types.ts';

export type Health = 'healthy' | 'progressing' | 'failing' | 'absent' | 'unknown';

/** How a workload does. */
export interface WorkloadStatus {
  readonly kind: string;
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
  readonly updated: number;
}

/** All that `status` shows; plain data. */
export interface ReleaseStatus {
  readonly target: Target;
  /** `unknown`: a part could not be read, see `problems`. */
  readonly health: Health;
  /** One sentence. */
  readonly summary: string;
  readonly release: ReleaseSummary | undefined;
  readonly backend: string | undefined;
  readonly workloads: readonly WorkloadStatus[];
  readonly pods: readonly PodState[];
  readonly claims: readonly ClaimState[];
  /** Claims that belong to the release, those that no pod uses any more among them. */
  readonly ledger: readonly LedgerEntry[];
  readonly diagnoses: readonly Diagnosis[];
  /** What the pods' readiness does not prove. */
  readonly notices: readonly string[];
  /** What could not be read, or where else to look. */
  readonly problems: readonly Problem[];
}

export type ReleaseSummary = Pick<
  Release,
  'revision' | 'status' | 'chartName' | 'chartVersion' | 'appVersion' | 'updated'
>;

/** Reads how a release does: helm's record, workloads, pods, claims, and what is wrong and why. */
export async function readStatus(
  deps: ReleaseDependencies,
  target: Target,
  signal?: AbortSignal,
): Promise<ReleaseStatus> {
  const state = await readTargetState(deps, target, signal);
  const empty: ReleaseStatus = {
    target,
    health: 'unknown',
    summary: state.problems[0]?.message ?? '',
    release: undefined,
    backend: undefined,
    workloads: [],
    pods: [],
    claims: [],
    ledger: [],
    diagnoses: [],
    notices: [],
    problems: state.problems,
  };
  if (state.problems.length > 0) return readUnrecorded(deps, empty, state, signal);
  if (!isInstalled(state.history)) return readAbsent(deps, empty, state, signal);
  const { newest } = state.history;
  const objects = parseManifest(newest.manifest);
  const [read, ledger] = await Promise.all([
    readSnapshot(deps.api, target.namespace, releaseShape(objects), signal),
    readLedger(deps.api, target, objects, signal),
  ]);
  const { revision, status, chartName, chartVersion, appVersion, updated } = newest;
  const known = {
    ...empty,
    release: { revision, status, chartName, chartVersion, appVersion, updated },
    backend: backendOf(objects),
    ledger: ledger.ok ? ledger.value : [],
    notices: [
      ...(state.namespace === 'terminating'
        ? [namespaceEnding(target, ledger.ok ? ledger.value : [])]
        : []),
      ...unsettled(state.history, target, deps.now()),
      ...backendNotices(objects),
    ],
  };
  if (!read.ok) {
    const doing = `read the pods of release ${target.release}`;
    const problem = describeApiFailure(read.failure, { doing, access: deps.access });
    return { ...known, summary: describeState(state.history, target), problems: [problem] };
  }
  const now = deps.now();
  const snapshot = looksWrong(read.value, now)
    ? await addDetails(deps.api, target.namespace, read.value, signal)
    : read.value;
  const rollout = rolloutState(snapshot, now);
  const diagnoses = diagnose(snapshot, { target, now });
  const ends = state.namespace === 'terminating';
  const health = ends ? 'failing' : judge(newest, rollout, diagnoses);
  return {
    ...known,
    health,
    summary: summarise(health, rollout, describeState(state.history, target)),
    workloads: snapshot.workloads.map(toWorkloadStatus),
    pods: rollout.pods,
    claims: rollout.claims,
    diagnoses,
    notices: [...known.notices, ...sizeNotices(target, objects, rollout.claims)],
  };
}

/** What an operation that has not ended wants of whoever looks. */
function unsettled(history: ReleaseHistory, target: Target, now: number): string[] {
  const { chartName } = history.newest;
  const input = { target, action: 'upgrade', chartName, history, now } as const;
  return releaseStateProblems(input).map(({ message, next = '' }) => `${message} ${next}`);
}

/** The record may not be read; where there is no cluster at all, nothing more is asked. */
async function readUnrecorded(
  deps: ReleaseDependencies,
  empty: ReleaseStatus,
  { namespace }: TargetState,
  signal: AbortSignal | undefined,
): Promise<ReleaseStatus> {
  if (namespace !== 'present' && namespace !== 'terminating') return empty;
  const seen = await readWithoutRecord(deps, empty.target, signal);
  if (!seen) return empty;
  const { snapshot, counted, pods, claims, diagnoses } = seen;
  return {
    ...empty,
    summary: `${empty.summary} ${counted}.`,
    workloads: snapshot.workloads.map(toWorkloadStatus),
    pods,
    claims,
    diagnoses,
  };
}

async function readAbsent(
  deps: ReleaseDependencies,
  empty: ReleaseStatus,
  { namespace }: TargetState,
  signal: AbortSignal | undefined,
): Promise<ReleaseStatus> {
  const { target } = empty;
  const [ledger, elsewhere] = await Promise.all([
    readLedger(deps.api, target, undefined, signal),
    findElsewhere(deps, target, signal),
  ]);
  const problem = nothingInstalled(target, 'status', elsewhere);
  const left = ledger.ok ? ledger.value : [];
  return {
    ...empty,
    health: 'absent',
    summary:
      left.length > 0
        ? `${problem.message} An earlier one left its data: ${left.map(({ name }) => name).join(', ')}.`
        : problem.message,
    ledger: left,
    notices: namespace === 'terminating' && left.length > 0 ? [namespaceEnding(target, left)] : [],
    problems: [problem],
  };
}

/** Causes that only may be causes do not make a release failing: it may be starting. */
function judge(
  { status }: Release,
  rollout: RolloutState,
  diagnoses: readonly Diagnosis[],
): Exclude<Health, 'absent' | 'unknown'> {
  const clear = diagnoses.some(({ cause }) => cause !== 'not-ready' && cause !== 'unknown');
  if (clear || status === 'failed' || status === 'uninstalling') return 'failing';
  return rollout.done && !isPending(status) ? 'healthy' : 'progressing';
}

function summarise(health: Health, rollout: RolloutState, state: string) {
  const { waitingFor } = rollout;
  const pods = countPods(rollout);
  if (health === 'healthy') return `${state} ${pods}.`;
  return waitingFor.length > 0
    ? `${state} ${pods}; waiting for ${waitingFor.join('; ')}.`
    : `${state} ${pods}.`;
}

function toWorkloadStatus({ kind, name, live, replicas }: WorkloadSnapshot): WorkloadStatus {
  return {
    kind,
    name,
    ready: live?.status?.readyReplicas ?? 0,
    wanted: replicas,
    updated: live?.status?.updatedReplicas ?? 0,
  };
}
