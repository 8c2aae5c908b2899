import { describeApiFailure } from '../cluster/failure-problem.ts';
import { namespace as namespaceObject } from '../cluster/objects.ts';
import type { ApiFailure, ReleaseHistory } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import { paths } from './resource-paths.ts';
import type { Target } from './target.ts';
import type { ReleaseDependencies } from './types.ts';

/** What is at the target now. */
export interface TargetState {
  /** `unknown` where this user may not look at namespaces. */
  readonly namespace: 'present' | 'absent' | 'terminating' | 'unknown';
  /** helm's record of the release; undefined where there is none. */
  readonly history: ReleaseHistory | undefined;
  /** Why the cluster or helm's records could not be read; nothing else is known then. */
  readonly problems: readonly Problem[];
  /** What every further request would meet, too; without it, only helm's records could not be read. */
  readonly cut?: ApiFailure;
}

/** Reads namespace and release in parallel; the first thing that every command does. */
export async function readTargetState(
  { api, releases, access }: Pick<ReleaseDependencies, 'api' | 'releases' | 'access'>,
  target: Pick<Target, 'namespace' | 'release'>,
  signal?: AbortSignal,
): Promise<TargetState> {
  const [namespace, history] = await Promise.all([
    api.get(paths.namespace(target.namespace), namespaceObject, signal),
    releases.history({ namespace: target.namespace, name: target.release }, signal),
  ]);
  const failures = [namespace, history].flatMap((result) => (result.ok ? [] : [result.failure]));
  const cut = failures.find(isConnectionFailure);
  if (cut) {
    const problem = describeApiFailure(cut, { doing: 'ask the cluster', access });
    return { namespace: 'unknown', history: undefined, problems: [problem], cut };
  }
  const doing = `read helm's record for release ${target.release} in namespace ${target.namespace}`;
  return {
    namespace: namespace.ok
      ? namespace.value.status.phase === 'Terminating'
        ? 'terminating'
        : 'present'
      : namespace.failure.kind === 'not-found'
        ? 'absent'
        : 'unknown',
    history: history.ok ? history.value : undefined,
    problems: history.ok ? [] : [describeApiFailure(history.failure, { doing, access })],
  };
}

/** Failures that every further request would meet too. */
function isConnectionFailure({ kind }: ApiFailure): boolean {
  return ['unreachable', 'timeout', 'unauthorized', 'cancelled'].includes(kind);
}
