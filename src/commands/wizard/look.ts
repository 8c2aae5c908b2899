import { setTimeout as pause } from 'node:timers/promises';
import { DeployError } from '../../errors.ts';
import type { Look } from '../../wizard/state.ts';
import type { CommandContext } from '../context.ts';
import { makeDraft } from '../draft.ts';
import { judge } from '../judge.ts';
import { skipFindings } from '../skips.ts';
import { type Clusters, contextFor } from './clusters.ts';
import { lossOf } from './lost.ts';
import type { Effect } from './runner.ts';
import { wishOf } from './wish.ts';

/** A cursor that only passes by asks the cluster nothing. */
const restMilliseconds = 80;

/**
 * Findings of the values under the cursor, the API server's dry run left out: that is
 * for the review. Without a cluster nothing is said.
 */
export function createLook(context: CommandContext, clusters: Clusters): Effect<'look'> {
  return async ({ key, request }, { signal, state, tell }) => {
    await pause(restMilliseconds, undefined, { signal });
    if (state().world.connection !== 'connected') return;
    const askedAt = Date.now();
    try {
      tell({ type: 'looked', key, look: await lookAt() });
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      const failed = { state: 'failed', problems: error.problems } as const;
      tell(lossOf(error, askedAt) ?? { type: 'looked', key, look: failed });
    }

    async function lookAt(): Promise<Look> {
      const here = contextFor(context, request.draft, signal);
      const session = await clusters.open(request.draft, signal);
      const wish = await wishOf(here, request);
      const draft = await makeDraft(here, session, {
        ...wish,
        startsFromLive: () => wish.startsFromLive,
      });
      const { findings, problems } = await judge(here, draft, wish.action ?? 'install', {
        dryRun: false,
      });
      return { state: 'done', findings: skipFindings(findings, wish.skips), problems };
    }
  };
}
