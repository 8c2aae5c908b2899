import * as z from 'zod/mini';
import type { FactValue } from '../../cluster/facts/facts.ts';
import type { Api } from '../../cluster/types.ts';
import type { TriedObject } from '../dry-run.ts';
import { workload } from '../kinds.ts';
import type { ManifestObject } from '../manifest.ts';
import { changesPods } from './disruption.ts';
import { keyOf, type LiveObject, type ObjectsInput, planObjects } from './objects.ts';
import { readLiveObjects } from './read-live.ts';

type Rollouts = FactValue<'rollouts'>;

export interface RolloutsInput extends Pick<ObjectsInput, 'wanted' | 'former' | 'serverSide'> {
  readonly namespace: string;
  /** What the API server would store, once it has answered. */
  readonly tried: Promise<ObjectsInput['tried']>;
}

/** What the change makes of the pods of each workload, told as the plan tells it. Writes nothing. */
export async function findRollouts(
  api: Api,
  { namespace, wanted, former, serverSide, tried }: RolloutsInput,
  signal?: AbortSignal,
): Promise<Rollouts> {
  const workloads = wanted.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const [live, answers] = await Promise.all([
    readLiveObjects(api, namespace, workloads, signal),
    tried,
  ]);
  return rolloutsOf(workloads, { former, live, serverSide, tried: answers });
}

function rolloutsOf(
  workloads: readonly ManifestObject[],
  {
    former,
    ...input
  }: Pick<ObjectsInput, 'former' | 'live' | 'serverSide'> & {
    readonly tried: readonly TriedObject[];
  },
): Rollouts {
  const names = new Set(workloads.map(keyOf));
  const planned = planObjects({
    ...input,
    wanted: workloads,
    former: former.filter((object) => names.has(keyOf(object))),
    claimsToKeep: [],
  });
  return Object.fromEntries(
    planned
      .filter(({ action }) => ['created', 'changed', 'unchanged'].includes(action))
      .map((one) => {
        const replicas = replicasOf(input.live.get(one.object));
        return [one.object, { replicas, restarts: changesPods(one) }];
      }),
  );
}

function replicasOf(live: LiveObject | undefined): number {
  if (live?.state !== 'present') return 0;
  return z.safeParse(workload, live.object).data?.spec.replicas ?? 1;
}
