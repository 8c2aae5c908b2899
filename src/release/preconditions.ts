import type { Problem } from '../errors.ts';
import type { Tree } from '../values/tree.ts';
import type { Action, Target } from './events.ts';
import { findElsewhere } from './find-elsewhere.ts';
import { parseManifest } from './manifest.ts';
import { immutableProblems } from './preconditions/immutable.ts';
import { namespaceProblems } from './preconditions/namespace.ts';
import { ownershipProblems } from './preconditions/ownership.ts';
import { permissionProblems } from './preconditions/permissions.ts';
import { placeholderProblems } from './preconditions/placeholders.ts';
import { secretProblems } from './preconditions/referenced-secrets.ts';
import {
  isInstalled,
  nothingInstalled,
  releaseStateProblems,
} from './preconditions/release-state.ts';
import { storageProblems } from './preconditions/storage.ts';
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
  readonly manifest: string | undefined;
  /** Names of the Secrets that we are about to create. */
  readonly plannedSecrets: readonly string[];
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
): Promise<Problem[]> {
  const { target, action, state } = input;
  if (state.problems.length > 0) return [...state.problems];
  const release = releaseStateProblems({
    target,
    action,
    chartName: input.chartName,
    history: state.history,
    now: deps.now(),
  });
  const absent =
    action === 'upgrade' && !isInstalled(state.history)
      ? [nothingInstalled(target, action, await findElsewhere(deps, target, signal))]
      : [];
  // Who has no release to upgrade, or none that may be touched, has no use for the rest.
  if (release.length + absent.length > 0 || state.namespace === 'terminating')
    return [
      ...(await namespaceProblems(deps.api, target.namespace, state.namespace, signal)),
      ...release,
      ...absent,
    ];
  const found = await Promise.all([
    namespaceProblems(deps.api, target.namespace, state.namespace, signal),
    placeholderProblems(deps.api, target.namespace, input.values, signal),
    ...manifestChecks(deps, input, signal),
  ]);
  return found.flat();
}

function manifestChecks(
  { api }: Dependencies,
  { target, state, manifest, plannedSecrets }: PreconditionInput,
  signal: AbortSignal | undefined,
): Promise<Problem[]>[] {
  if (manifest === undefined) return [];
  const objects = parseManifest(manifest);
  const { namespace } = target;
  const live = isInstalled(state.history) ? state.history.newest : undefined;
  return [
    permissionProblems(api, { namespace, action: live ? 'upgrade' : 'install' }, objects, signal),
    storageProblems(api, namespace, objects, signal),
    secretProblems(api, namespace, objects, plannedSecrets, signal),
    ownershipProblems(api, target, objects, live, signal),
    immutableProblems(api, target, objects, signal),
  ];
}
