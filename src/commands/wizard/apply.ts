import type { ExitCode } from '../../exit-codes.ts';
import { applyRelease } from '../../release/apply.ts';
import { consentFor } from '../../release/consent.ts';
import type { ReleaseEvent } from '../../release/events.ts';
import { concludeFailed, type Outcome } from '../../release/outcome.ts';
import { rollbackRelease } from '../../release/rollback.ts';
import { uninstallRelease } from '../../release/uninstall.ts';
import { commandOf } from '../../wizard/command.ts';
import type { PlanRequest } from '../../wizard/plan.ts';
import type { WizardState } from '../../wizard/state.ts';
import { isTooOld } from './age.ts';
import { writeOfflinePlan } from './offline-plan.ts';
import type { KeptPlan, KeptPlans } from './plans.ts';
import { createRolloutClock } from './rollout-clock.ts';
import type { Effect } from './runner.ts';

/**
 * Carries out the plan that was consented to. The abort does what Ctrl+C does: helm is told to
 * stop, or only the watching ends; what is left is told all the same.
 * @param onEnd is told the exit code of each apply
 */
export function createApply(plans: KeptPlans, onEnd: (code: ExitCode) => void): Effect<'apply'> {
  return async ({ id, request }, { signal, state, tell }) => {
    const kept = plans.get(id);
    if (!kept) throw new Error(`there is no plan ${id}`);
    plans.delete(id);
    const events = isTooOld(kept, Date.now())
      ? refuseOld(request)
      : carryOut(kept, request, signal);
    const clock = createRolloutClock((event) => tell({ type: 'release', event }));
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) {
          onEnd(next.value.exitCode);
          return;
        }
        clock.tell(withCommand(next.value, kept, request, state()));
      }
    } finally {
      clock.stop();
    }
  };
}

/** What is done can be done again without the wizard. */
function withCommand(
  event: ReleaseEvent,
  kept: KeptPlan,
  request: PlanRequest,
  state: WizardState,
): ReleaseEvent {
  if (event.type !== 'outcome' || event.outcome !== 'done') return event;
  if (request.draft.intent === 'uninstall' || state.world.connection === 'offline') return event;
  const { text, variables } = commandOf(request, state, needsName(kept));
  const given = variables.map((name) => `${name}=… `).join('');
  return { ...event, next: [...event.next, `The same   ${given}${text}`] };
}

function needsName(kept: KeptPlan): boolean {
  if (kept.kind !== 'release') return false;
  const { findings, plan, release } = kept.prepared;
  return consentFor(findings, plan.target, release)?.yesIsEnough === false;
}

/** Where the consent came in the moment in which the review had become too old. */
function refuseOld({ draft }: PlanRequest): AsyncGenerator<ReleaseEvent, Outcome> {
  const action = draft.intent === 'uninstall' ? 'uninstall' : 'change';
  return concludeFailed(false, {
    message: `The ${action} was not started: what you were shown is too old.`,
    state: 'Nothing was changed, neither on disk nor in the cluster.',
  });
}

function carryOut(
  kept: KeptPlan,
  { draft }: PlanRequest,
  signal: AbortSignal,
): AsyncGenerator<ReleaseEvent, Outcome> {
  switch (kept.kind) {
    case 'release':
      return applyRelease(kept.prepared.session, kept.prepared.plan, signal);
    case 'rollback':
      return rollbackRelease(kept.session, kept.plan, signal);
    case 'uninstall': {
      const { session, plan } = kept;
      const { timeoutSeconds } = session;
      const options = {
        deleteData: draft.data === 'delete',
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      };
      return uninstallRelease(session, plan, options, signal);
    }
    case 'offline':
      return writeOfflinePlan(kept.plan);
  }
}
