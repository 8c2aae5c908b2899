import type { Api, Release } from '../cluster/types.ts';
import type { Tree } from '../values/tree.ts';
import { workload } from './kinds.ts';
import { type ManifestWorkload, parseManifest, workloadsOf } from './manifest.ts';
import { optional } from './optional.ts';
import { paths } from './resource-paths.ts';

/** Values that what is live dictates, and why. */
export interface LiveValueOverrides {
  readonly values: Tree;
  readonly notices: readonly string[];
}

/**
 * Values that must follow what is live because the API server lets nobody change them. A
 * StatefulSet keeps its `podManagementPolicy`: releases of upstream 0.1.0 have OrderedReady, where
 * our chart's default is Parallel; to change it, the StatefulSet has to be made anew.
 * @param release the live release; undefined where there is none
 * @param wanted the policy that the other layers give; undefined where they leave it to the chart
 */
export async function readLiveValueOverrides(
  api: Api,
  release: Release | undefined,
  wanted: string | undefined,
  signal?: AbortSignal,
): Promise<LiveValueOverrides> {
  if (!release) return nothing;
  const sets = workloadsOf(parseManifest(release.manifest)).filter(
    ({ kind }) => kind === 'StatefulSet',
  );
  const live = await Promise.all(
    sets.map(({ name }) =>
      optional(api.get(`${paths.statefulSets(release.namespace)}/${name}`, workload, signal)),
    ),
  );
  const found = live.flatMap((result) => (result.ok && result.value ? [result.value] : []));
  return liveValueOverrides(
    found.map((object) => ({ kind: 'StatefulSet', name: object.metadata.name, object })),
    wanted,
  );
}

const nothing: LiveValueOverrides = { values: {}, notices: [] };

/** The pure part of {@link readLiveValueOverrides}. */
export function liveValueOverrides(
  live: readonly ManifestWorkload[],
  wanted: string | undefined,
): LiveValueOverrides {
  const set = live.find(({ kind }) => kind === 'StatefulSet');
  if (!set) return nothing;
  const policy = set.object.spec.podManagementPolicy ?? 'OrderedReady';
  if (policy === wanted) return nothing;
  return {
    values: { podManagementPolicy: policy },
    notices: [
      `StatefulSet ${set.name} keeps podManagementPolicy ${policy}: Kubernetes does not allow changing it.`,
    ],
  };
}
