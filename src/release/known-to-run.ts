import * as z from 'zod/mini';
import type { Release, ReleaseHistory } from '../cluster/types.ts';
import { workload } from './kinds.ts';
import { type ManifestObject, workloadsOf } from './manifest.ts';
import type { LiveObject } from './plan/objects.ts';
import { isObserved } from './snapshot.ts';

/**
 * The newest revision before the newest one that is known to have run; helm's `deployed` and
 * `superseded` say only that objects were applied.
 */
export function ranBefore({ newest, ranRevisions }: ReleaseHistory): number | undefined {
  return ranRevisions.find((revision) => revision < newest.revision);
}

/**
 * Where a change leads back to if it fails: the live revision where it is known to have run or is
 * seen to run now, or else the newest one before it that is known to.
 * @param runsNow whether all pods of the live revision are seen to be ready
 */
export function lastRun(history: ReleaseHistory, runsNow: boolean): number | undefined {
  const { revision, status } = history.newest;
  if (status === 'deployed' && (runsNow || history.ranRevisions.includes(revision)))
    return revision;
  return ranBefore(history);
}

/**
 * Whether all pods of a release are ready and of its newest specification.
 * @param live its objects as they are, by `Kind/name`
 */
export function runsNow(
  release: readonly ManifestObject[],
  live: ReadonlyMap<string, LiveObject>,
): boolean {
  const workloads = workloadsOf(release);
  return (
    workloads.length > 0 &&
    workloads.every(({ kind, name }) => {
      const found = live.get(`${kind}/${name}`);
      if (found?.state !== 'present') return false;
      const read = z.safeParse(workload, found.object);
      if (!read.success || !isObserved(read.data)) return false;
      const { spec, status } = read.data;
      const wanted = spec.replicas ?? 1;
      // Of a workload at rest nobody knows.
      return (
        wanted > 0 &&
        (status?.readyReplicas ?? 0) >= wanted &&
        (status?.updatedReplicas ?? 0) >= wanted
      );
    })
  );
}

/** That of a release which cannot go back; undefined where it is new. */
export function noneKnown({ revision }: Pick<Release, 'revision'>): string | undefined {
  return revision > 1 ? 'No earlier revision is known to have run.' : undefined;
}
