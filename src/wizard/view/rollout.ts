import type { Action, ReleaseEvent } from '../../release/events.ts';
import type { Phase, WizardState } from '../state.ts';
import type { RolloutBody } from '../view.ts';

type ApplyingPhase = Extract<Phase, { name: 'applying' }>;

const doing: Readonly<Record<Action, string>> = {
  install: 'Installing',
  upgrade: 'Changing',
  rollback: 'Going back with',
  uninstall: 'Removing',
};

/** How far the change has come. */
export function rolloutBody({ draft }: WizardState, phase: ApplyingPhase): RolloutBody {
  const { events, stopping } = phase;
  const told = events.find((event) => event.type === 'target')?.action;
  const action =
    phase.request.rollbackTo === undefined ? (told ?? actionOf(draft)) : ('rollback' as const);
  const rollout = events.findLast((event) => event.type === 'rollout');
  return {
    kind: 'rollout',
    title: `${doing[action]} ${draft.release}`,
    steps: stepsOf(events),
    ready: rollout?.ready ?? 0,
    wanted: rollout?.wanted ?? 0,
    pods: rollout?.pods ?? [],
    claims: rollout?.claims ?? [],
    elapsedSeconds: rollout?.elapsedSeconds ?? 0,
    expectedSeconds: phase.expectedSeconds,
    lastEvent: lastNotice(events),
    isStopping: stopping,
  };
}

function actionOf({ intent }: WizardState['draft']): Action {
  if (intent === 'uninstall') return 'uninstall';
  return intent === 'change' ? 'upgrade' : 'install';
}

/** A step that has ended is not shown as begun. */
function stepsOf(events: readonly ReleaseEvent[]): RolloutBody['steps'] {
  const states = new Map<string, 'started' | 'done'>();
  for (const event of events) {
    if (event.type === 'step') states.set(event.step, event.state);
    if (event.type === 'removed') states.set(`removed ${event.object}`, 'done');
    if (event.type === 'kept') states.set(`kept ${event.object}: ${event.why}`, 'done');
  }
  return [...states].map(([text, state]) => ({ text, state }));
}

function lastNotice(events: readonly ReleaseEvent[]): string | undefined {
  return events.findLast((event) => event.type === 'notice')?.message;
}
