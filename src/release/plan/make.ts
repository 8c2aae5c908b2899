import type { Api } from '../../cluster/types.ts';
import type { Tree } from '../../values/tree.ts';
import type { TriedObject } from '../dry-run.ts';
import { runsNow } from '../known-to-run.ts';
import { type ManifestObject, parseManifest } from '../manifest.ts';
import { readLedger } from '../read-claims.ts';
import type { ChangePlan } from '../types.ts';
import { planData } from './data.ts';
import { estimateDisruption } from './disruption.ts';
import { type LiveObject, planObjects } from './objects.ts';
import { readLiveObjects } from './read-live.ts';
import { planSteps } from './steps.ts';
import type { ReleasePlan } from './types.ts';

export interface MakePlanInput {
  readonly plan: Omit<ChangePlan, 'valuesFile'>;
  /** The objects of its manifest. */
  readonly wanted: readonly ManifestObject[];
  readonly tried: readonly TriedObject[];
  readonly serverSide: boolean;
  readonly valuesFile: string | undefined;
}

/**
 * Holds what is wanted against what is live. Writes nothing.
 * @returns the plan, the live objects that it was held against, and whether all pods of the live
 *   release are ready
 */
export async function makeReleasePlan(
  api: Api,
  { plan, wanted, tried, serverSide, valuesFile }: MakePlanInput,
  signal?: AbortSignal,
): Promise<{
  readonly plan: ReleasePlan;
  readonly live: ReadonlyMap<string, LiveObject>;
  readonly runsNow: boolean;
}> {
  const { action, target, claimsToKeep } = plan;
  const former: readonly ManifestObject[] = parseManifest(plan.live?.manifest ?? '');
  const [live, ledger] = await Promise.all([
    readLiveObjects(api, target.namespace, [...former, ...wanted], signal),
    readLedger(api, target, plan.live ? former : wanted, signal),
  ]);
  const objects = planObjects({ wanted, tried, former, live, claimsToKeep, serverSide });
  return {
    live,
    runsNow: runsNow(former, live),
    plan: {
      action,
      target,
      objects,
      data: planData({
        wanted,
        former,
        ledger: ledger.ok ? ledger.value : undefined,
        claimsToKeep,
      }),
      disruption: estimateDisruption(objects, (object) => {
        const found = live.get(object);
        return {
          before: found?.state === 'present' ? found.object : undefined,
          after: tried.find(({ entry }) => entry.object === object)?.stored as Tree | undefined,
        };
      }),
      steps: planSteps(plan, objects, valuesFile),
    },
  };
}
