import type { StoredRelease } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { claimsThatWouldGo } from './claims.ts';
import { ownCommand } from './command-text.ts';
import { dryRunObjects } from './dry-run.ts';
import { expectedSeconds } from './expected-seconds.ts';
import { readStoredManifest } from './keep-claims.ts';
import { parseManifest } from './manifest.ts';
import { makeReleasePlan } from './plan/make.ts';
import type { ReleasePlan } from './plan/types.ts';
import { permissionProblems } from './preconditions/permissions.ts';
import {
  isInstalled,
  nothingInstalled,
  releaseStateProblems,
} from './preconditions/release-state.ts';
import type { Target } from './target.ts';
import { readTargetState } from './target-state.ts';
import type { ReleaseDependencies, RollbackPlan } from './types.ts';

export interface PlanRollbackOptions {
  readonly revision: number;
  /** Whether helm would apply on the server, for a release that was begun in this way. */
  readonly serverSide: (live: StoredRelease) => boolean;
  /** How long to watch the rollout, in seconds; by default as long as one may take. */
  readonly timeoutSeconds: number | undefined;
}

/** What going back to a revision would do, or why it cannot be done. */
export type PlannedRollback =
  | {
      readonly ok: true;
      readonly plan: RollbackPlan;
      /** Object by object. */
      readonly release: ReleasePlan;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Holds what a revision was against what is live. Writes nothing. */
export async function planRollback(
  deps: ReleaseDependencies,
  target: Target,
  { revision, serverSide, timeoutSeconds }: PlanRollbackOptions,
  signal?: AbortSignal,
): Promise<PlannedRollback> {
  const { api } = deps;
  const { namespace, release: name } = target;
  const { history, problems, namespace: state } = await readTargetState(deps, target, signal);
  if (problems.length > 0) return refuse(...problems);
  if (!isInstalled(history)) return refuse(nothingInstalled(target, 'upgrade', []));
  const live = history.newest;
  const unfit = releaseStateProblems({
    target,
    action: 'rollback',
    chartName: 'xerv',
    history,
    now: deps.now(),
  });
  if (unfit.length > 0) return refuse(...unfit);
  if (live.revision === revision) return refuse(isThereAlready(target, revision));
  const manifest = await readStoredManifest(api, { name, namespace, revision });
  if (manifest === undefined) return refuse(notStored(target, revision));
  const objects = parseManifest(manifest);
  const former = parseManifest(live.manifest);
  const [forbidden, tried] = await Promise.all([
    permissionProblems(api, { namespace, action: 'rollback' }, objects, signal),
    dryRunObjects(
      api,
      { namespace, release: name, objects, state, serverSide: serverSide(live), former },
      signal,
    ),
  ]);
  if (forbidden.length > 0) return refuse(...forbidden);
  const plan: RollbackPlan = {
    action: 'rollback',
    revision,
    target,
    createNamespace: false,
    secrets: [],
    live,
    manifest,
    claimsToKeep: claimsThatWouldGo(live, objects),
    timeoutSeconds: timeoutSeconds ?? expectedSeconds(objects, true),
    valuesFile: undefined,
  };
  const made = await makeReleasePlan(
    api,
    { plan, wanted: objects, tried, serverSide: serverSide(live), valuesFile: undefined },
    signal,
  );
  signal?.throwIfAborted();
  return { ok: true, plan, release: made.plan };
}

function refuse(...problems: readonly Problem[]): PlannedRollback {
  return { ok: false, problems };
}

function isThereAlready({ release }: Target, revision: number): Problem {
  return {
    message: `Release ${release} is at revision ${revision}: there is nothing to go back from.`,
    next: 'The failed change never reached the cluster.',
  };
}

function notStored(target: Target, revision: number): Problem {
  return {
    message: `helm no longer keeps revision ${revision} of release ${target.release}, or it cannot be read.`,
    next: `See the state: ${ownCommand(target, 'status')}`,
  };
}
