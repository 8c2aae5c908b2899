import type { CheckId } from '../checks/types.ts';
import type { Api } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import type { Tree } from '../values/tree.ts';
import type { Action } from './events.ts';
import { findElsewhere } from './find-elsewhere.ts';
import type { ManifestObject } from './manifest.ts';
import { immutableProblems } from './preconditions/immutable.ts';
import { namespaceProblems } from './preconditions/namespace.ts';
import { ownershipProblems } from './preconditions/ownership.ts';
import { mayDoAll, permissionProblems } from './preconditions/permissions.ts';
import { placeholderProblems } from './preconditions/placeholders.ts';
import { referenceProblems } from './preconditions/referenced-objects.ts';
import {
  isInstalled,
  nothingInstalled,
  releaseStateProblems,
} from './preconditions/release-state.ts';
import { storageProblems } from './preconditions/storage.ts';
import type { Target } from './target.ts';
import type { TargetState } from './target-state.ts';
import type { ReleaseDependencies } from './types.ts';

export interface PreconditionInput {
  readonly target: Target;
  readonly action: Exclude<Action, 'uninstall'>;
  readonly state: TargetState;
  /** Name of the chart that is to be applied. */
  readonly chartName: string;
  /** The effective values, the chart's defaults among them. */
  readonly values: Tree;
  /** What `helm template` made of them; undefined where it could not. */
  readonly objects: readonly ManifestObject[] | undefined;
  /** Names of the Secrets that we are about to create. */
  readonly plannedSecrets: readonly string[];
}

/** Something at the target that forbids the change, and the check that tells of it. */
export interface Obstacle extends Problem {
  readonly check: CheckId;
  /** Set where nobody can say whether there is one. */
  readonly isUnknown?: true;
}

type Dependencies = Pick<ReleaseDependencies, 'api' | 'releases' | 'now'>;

/**
 * Everything at the target that forbids an install or upgrade, all at once; nothing is written.
 * What cannot be looked up forbids nothing: the apply will tell. Empty where all is well.
 */
export async function checkPreconditions(
  deps: Dependencies,
  input: PreconditionInput,
  signal?: AbortSignal,
): Promise<Obstacle[]> {
  const { target, state } = input;
  // Of a cluster that does not answer nothing else can be asked.
  if (state.cut) return name('XV-901', state.problems);
  const { api } = deps;
  const { namespace } = target;
  const found = await Promise.all([
    named('XV-101', namespaceProblems(api, namespace, state.namespace, signal)),
    named('XV-901', releaseProblems(deps, input, signal)),
    named('XV-201', placeholderProblems(api, namespace, input.values, signal)),
    ...manifestChecks(deps, input, signal),
  ]);
  return found.flat();
}

/** What helm's record forbids, or why it could not be read. */
async function releaseProblems(
  deps: Dependencies,
  { target, action, state, chartName }: PreconditionInput,
  signal: AbortSignal | undefined,
): Promise<readonly Problem[]> {
  const { history, problems } = state;
  if (problems.length > 0) return problems;
  const found = releaseStateProblems({ target, action, chartName, history, now: deps.now() });
  if (action !== 'upgrade' || isInstalled(history)) return found;
  return [...found, nothingInstalled(target, action, await findElsewhere(deps, target, signal))];
}

/**
 * Asks what {@link checkPreconditions} asks whatever is rendered: of an API that shares what is read,
 * it is there when it is wanted.
 */
export function foreseePreconditions(
  api: Api,
  namespace: string,
  state: TargetState['namespace'],
  signal: AbortSignal,
): void {
  void namespaceProblems(api, namespace, state, signal);
  void mayDoAll(api, namespace, signal);
}

function manifestChecks(
  { api }: Dependencies,
  { target, state, objects, plannedSecrets }: PreconditionInput,
  signal: AbortSignal | undefined,
): Promise<Obstacle[]>[] {
  if (objects === undefined) return [];
  const { namespace } = target;
  const live = isInstalled(state.history) ? state.history.newest : undefined;
  const action = live ? 'upgrade' : 'install';
  return [
    named('XV-105', permissionProblems(api, { namespace, action }, objects, signal)),
    named('XV-301', storageProblems(api, namespace, objects, signal)),
    named(
      'XV-202',
      referenceProblems(
        api,
        { target, state: state.namespace, objects, planned: plannedSecrets },
        signal,
      ),
    ),
    named('XV-902', ownershipProblems(api, target, objects, live, signal)),
    named('XV-903', immutableProblems(api, target, objects, signal)),
  ];
}

async function named(
  check: CheckId,
  problems: Promise<readonly Omit<Obstacle, 'check'>[]>,
): Promise<Obstacle[]> {
  return name(check, await problems);
}

function name(check: CheckId, problems: readonly Omit<Obstacle, 'check'>[]): Obstacle[] {
  return problems.map((problem) => ({ ...problem, check }));
}
