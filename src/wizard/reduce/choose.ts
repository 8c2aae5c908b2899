import { beginConsent, submitConsent } from '../consent.ts';
import { editValue } from '../edits.ts';
import { emptyEntry } from '../entry.ts';
import { commandTarget, failureOptions } from '../failure-options.ts';
import { findingsOf } from '../findings.ts';
import { leaveWith } from '../leave.ts';
import { placeOf, valueAt } from '../list.ts';
import { planAgain } from '../look-again.ts';
import {
  goTo,
  jumpTo,
  leaveRollback,
  startPlanning,
  startRollback,
  withProblem,
} from '../navigate.ts';
import type { EndedPhase, WizardState } from '../state.ts';
import { withDraft } from '../steps/step.ts';
import { askedSteps } from '../steps.ts';
import { submitStep } from '../submit.ts';
import { entryOf, listOf, withEntry } from '../surface.ts';
import { skipFinding } from './mend.ts';

/** Enter. */
export function choose(state: WizardState): WizardState {
  if (state.overlays.length > 0) return chooseInOverlay(state);
  const { phase, focus } = state;
  switch (phase.name) {
    case 'asking':
      return submitStep(state);
    case 'blocked':
      return leaveRollback(state) ?? planAgain(state);
    case 'review':
      if (phase.reviewed.changesNothing) return leaveWith(state, 'nothing-to-do');
      return focus.inField ? submitConsent(state) : beginConsent(state, 'enter');
    case 'ledger':
      if (phase.choice === undefined) return chooseData(state);
      return focus.inField ? submitConsent(state) : beginConsent(state, 'enter');
    case 'ended':
      return chooseAfter(state, phase);
    default:
      return state;
  }
}

function chooseData(state: WizardState): WizardState {
  const { phase } = state;
  if (phase.name !== 'ledger' || phase.ledger.problems.length > 0) return state;
  const choice = valueAt(placeOf(state.focus, listOf(state))) === 'delete' ? 'delete' : 'keep';
  const focus = { ...state.focus, ...emptyEntry };
  return { ...state, phase: { ...phase, choice }, focus };
}

function chooseInOverlay(state: WizardState): WizardState {
  const overlay = state.overlays.at(-1);
  const entry = entryOf(state);
  const place = placeOf(entry, listOf(state));
  const value = valueAt(place);
  switch (overlay?.kind) {
    case 'findings': {
      const finding = findingsOf(state)[Number(value)];
      if (!finding || value === '') return state;
      const next = { kind: 'finding', finding, entry: emptyEntry } as const;
      return { ...state, overlays: [...state.overlays, next] };
    }
    case 'advanced': {
      const path = place.options[place.index]?.value;
      if (path === undefined) return state;
      const next = { kind: 'value', path, entry: emptyEntry } as const;
      return { ...state, overlays: [...state.overlays, next] };
    }
    case 'value': {
      if (value === listOf(state).preselected) return closed(state);
      const edited = editValue(state, overlay.path, value);
      return edited.ok ? closed(edited.state) : withEntry(state, { problem: edited.problem });
    }
    case 'skip':
      return skipFinding(state, value);
    default:
      return closed(state);
  }
}

/** The overlay is left; a review of values that were changed meanwhile is made anew. */
export function closed(state: WizardState): WizardState {
  const next = { ...state, overlays: state.overlays.slice(0, -1) };
  const { phase } = next;
  const isStale = phase.name === 'review' && phase.request.draft !== next.draft;
  return isStale && next.overlays.length === 0 ? startPlanning(next) : next;
}

function chooseAfter(state: WizardState, phase: EndedPhase): WizardState {
  const options = failureOptions(state, phase);
  if (options.length === 0) return leaveWith(state, 'ended');
  const chosen = options[placeOf(state.focus, listOf(state)).index];
  const intent = state.draft.intent ?? 'install';
  const again = withDraft(state, { intent });
  switch (chosen?.value) {
    case 'image':
      return jumpTo(again, 'image');
    case 'change':
      return goTo(again, firstQuestion(again));
    case 'retry':
      return startPlanning(again);
    case 'uninstall':
      return startPlanning(withDraft(state, { intent: 'uninstall', data: 'keep' }));
    case 'rollback':
      return startRollback(state, phase);
    case 'keep':
      return leaveWith(state, 'ended', chosen.description);
    default:
      return withProblem(state, {
        message: `Choose one for ${commandTarget(state, phase).release}.`,
      });
  }
}

function firstQuestion(state: WizardState): string {
  const steps = askedSteps(state);
  return steps.find(({ id }) => state.derived.replay.visible.includes(id))?.id ?? 'start';
}
