import { ownCommand } from '../../release/command-text.ts';
import { failureOptions } from '../failure-options.ts';
import { placeOf } from '../list.ts';
import type { EndedPhase, Phase, WizardState } from '../state.ts';
import { listOf } from '../surface.ts';
import type { EndBody } from '../view.ts';
import { contextOf } from '../wanted.ts';
import { optionView } from './options.ts';

/** How it ended; where it failed, why, and what can be done. */
export function endBody(state: WizardState, phase: EndedPhase): EndBody {
  const { outcome } = phase;
  const options = failureOptions(state, phase);
  return {
    ...finished(phase),
    // What can be done is a choice here, and no list of commands.
    ...(options.length > 0 ? { next: [] } : {}),
    options: options.map((option) => optionView(option)),
    cursor: options.length === 0 ? -1 : placeOf(state.focus, listOf(state)).index,
    outcome: outcome.outcome,
  };
}

function finished({ outcome }: EndedPhase): EndBody {
  const { message, state, diagnoses, problems, next } = outcome;
  return {
    kind: 'end',
    outcome: outcome.outcome,
    message,
    state,
    diagnoses,
    problems,
    next,
    options: [],
    cursor: -1,
  };
}

const nothing: EndBody = {
  kind: 'end',
  outcome: 'cancelled',
  message: '',
  state: '',
  diagnoses: [],
  problems: [],
  next: [],
  options: [],
  cursor: -1,
};

function whatIsKept({ unkept }: WizardState['world']): string {
  return unkept === undefined
    ? 'Your answers are kept: the next start offers to continue.'
    : `Your answers could not be kept. ${unkept}`;
}

/** The last words. */
export function leftBody(
  { touched, transcript, world, draft }: WizardState,
  { why, ended, then }: Extract<Phase, { name: 'left' }>,
): EndBody {
  const { namespace, release } = draft;
  const context = contextOf({ world, draft });
  switch (why) {
    case 'ended': {
      const body = ended ? finished(ended) : nothing;
      return then === undefined ? body : { ...body, next: [then, ...body.next] };
    }
    case 'nothing-to-do':
      return {
        ...nothing,
        outcome: 'nothing-to-do',
        message: 'Nothing was changed: the release already matches the values.',
        // Whether it works is another matter.
        next: [`See the state: ${ownCommand({ context, namespace, release }, 'status')}`],
      };
    case 'forced':
      return {
        ...nothing,
        message: 'Left while the change was being stopped.',
        state: 'The state of the cluster is unknown.',
      };
    case 'cancelled':
      return {
        ...nothing,
        message:
          transcript.length > 0
            ? 'Cancelled. Nothing more was changed.'
            : 'Cancelled. Nothing was changed.',
        state: touched ? whatIsKept(world) : '',
      };
  }
}
