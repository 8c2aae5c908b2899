import { connectionError } from '../../cluster/connection-error.ts';
import type { StoredRelease } from '../../cluster/types.ts';
import { DeployError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { VolumeFate } from '../../release/claims.ts';
import { consentFor } from '../../release/consent.ts';
import { planRollback } from '../../release/plan-rollback.ts';
import { planUninstall, type UninstallPlan } from '../../release/plan-uninstall.ts';
import type { ClaimFate, Ledger, PlanRequest } from '../../wizard/plan.ts';
import { contextOf } from '../../wizard/wanted.ts';
import type { CommandContext } from '../context.ts';
import { usesServerSideApply } from '../judge.ts';
import { prepareRelease } from '../prepare.ts';
import type { Session } from '../session.ts';
import { type Clusters, contextFor } from './clusters.ts';
import { lossOf } from './lost.ts';
import { planOffline } from './offline-plan.ts';
import type { KeptPlans } from './plans.ts';
import { reviewOf, reviewOfRollback } from './review.ts';
import type { Effect, EffectDoors } from './runner.ts';
import { withFreeValuesPath } from './values-path.ts';
import { wishOf } from './wish.ts';

interface Means {
  readonly context: CommandContext;
  readonly clusters: Clusters;
  readonly plans: KeptPlans;
}

/** Makes the plan that is reviewed, on the one path that `plan` and `install` take, too. */
export function createPlan(means: Means): Effect<'plan'> {
  return async ({ key, request }, doors) => {
    const askedAt = Date.now();
    try {
      if (request.rollbackTo !== undefined)
        await makeRollback(means, key, request.draft, request.rollbackTo, doors);
      else if (request.draft.intent === 'uninstall') await makeLedger(means, key, request, doors);
      else if (doors.state().world.connection === 'offline')
        await makeOfflineReview(means, key, request, doors);
      else await makeReviewWhereSeen(means, key, request, doors);
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      const loss = lossOf(error, askedAt);
      if (loss) doors.tell(loss);
      doors.tell({ type: 'blocked', key, problems: error.problems });
    }
  };
}

/** Who is on the way to the review before the cluster has answered learns there that it does not. */
async function makeReviewWhereSeen(
  means: Means,
  key: string,
  request: PlanRequest,
  doors: EffectDoors,
): Promise<void> {
  const session = await means.clusters
    .open(request.draft, doors.signal)
    .catch((error: unknown) => unfit(error));
  if (session instanceof DeployError)
    await makeOfflineReview(means, key, request, doors, session.problems);
  else await makeReview(means, key, request, doors, session);
}

function unfit(error: unknown): DeployError {
  if (error instanceof DeployError && error.exitCode === exitCodes.unfit) return error;
  throw error;
}

async function makeReview(
  { context, plans }: Means,
  key: string,
  request: PlanRequest,
  { signal, tell }: EffectDoors,
  session: Session,
): Promise<void> {
  const asked = contextFor(context, request.draft, signal);
  const here = await withFreeValuesPath(asked, session.target);
  const prepared = await prepareRelease(here, session, await wishOf(here, request));
  plans.set(key, { kind: 'release', seenAt: Date.now(), prepared });
  tell({ type: 'reviewed', reviewed: await reviewOf(key, prepared, here) });
}

async function makeRollback(
  { clusters, plans, context }: Means,
  key: string,
  draft: PlanRequest['draft'],
  revision: number,
  { signal, tell }: EffectDoors,
): Promise<void> {
  const session = await clusters.open(draft, signal);
  const { helmVersion, timeoutSeconds, target } = session;
  const serverSide = (live: StoredRelease) => usesServerSideApply(helmVersion, live);
  const options = { revision, serverSide, timeoutSeconds };
  const planned = await planRollback(session, target, options, signal);
  if (!planned.ok) {
    await refuseLoss(session);
    tell({ type: 'blocked', key, problems: planned.problems });
    return;
  }
  plans.set(key, { kind: 'rollback', seenAt: Date.now(), session, plan: planned.plan });
  tell({ type: 'reviewed', reviewed: reviewOfRollback(key, planned, context) });
}

async function makeOfflineReview(
  { context, plans }: Means,
  key: string,
  request: PlanRequest,
  { signal, state, tell }: EffectDoors,
  why = state().world.problems,
): Promise<void> {
  const here = contextFor(context, request.draft, signal);
  const cluster = contextOf(state());
  const { plan, reviewed } = await planOffline(here, key, request, { cluster, why });
  plans.set(key, { kind: 'offline', plan });
  tell({ type: 'reviewed', reviewed });
}

async function makeLedger(
  { clusters, plans }: Means,
  key: string,
  { draft }: PlanRequest,
  { signal, tell }: EffectDoors,
): Promise<void> {
  const session = await clusters.open(draft, signal);
  const plan = await planUninstall(session, session.target, signal);
  signal.throwIfAborted();
  if (plan.problems.length > 0) {
    await refuseLoss(session);
    tell({ type: 'blocked', key, problems: plan.problems });
    return;
  }
  plans.set(key, { kind: 'uninstall', seenAt: Date.now(), session, plan });
  tell({ type: 'ledger', ledger: ledgerOf(key, plan) });
}

/**
 * Whether what cannot be planned is that the cluster answers no longer.
 * @throws ConnectionError where it is
 */
async function refuseLoss({ look, target, access }: Session): Promise<void> {
  const { cut } = await look(target).state;
  if (cut) throw await connectionError(cut, { doing: 'ask the cluster', access }, access);
}

function ledgerOf(id: string, plan: UninstallPlan): Ledger {
  return {
    id,
    removes: plan.removes,
    claims: plan.ledger.map(({ name, size, storageClass, origin, owner, volume }) => ({
      name,
      size,
      storageClass,
      owner: origin,
      fate: owner === 'user' ? 'untouched' : fateOf(volume),
    })),
    warnings: plan.warnings,
    problems: plan.problems,
    typed: consentFor([], plan.target),
  };
}

function fateOf(volume: VolumeFate): ClaimFate {
  if (volume.kind === 'none') return 'no-volume';
  if (volume.kind === 'unknown') return 'unknown';
  return volume.reclaimPolicy === 'Retain' ? 'volume-stays' : 'erased';
}
