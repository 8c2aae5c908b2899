import { derive } from './derive.ts';
import { isUntouched } from './entry.ts';
import { missingAnswer } from './missing-answer.ts';
import { requestOf } from './request.ts';
import type { EndedPhase, WizardState } from './state.ts';
import type { Step } from './steps/step.ts';
import { askedSteps, findStep } from './steps.ts';
import { freshFocus } from './surface.ts';

/** The first step that nobody has answered; the last one where every one is obvious. */
export function firstOpenStep(state: WizardState): string {
  const steps = askedSteps(state);
  return (steps.find((step) => !step.isObvious(state)) ?? steps.at(-1))?.id ?? 'start';
}

/** Asks a step, with nothing chosen yet. */
export function goTo(state: WizardState, step: string): WizardState {
  const next: WizardState = {
    ...state,
    phase: { name: 'asking' },
    focus: freshFocus(step),
    overlays: [],
  };
  return derive(next);
}

/** Where an earlier session was left: what comes before that was seen in it. */
export function resumeAt(state: WizardState, step: string): WizardState {
  const steps = askedSteps(state);
  const place = steps.findIndex(({ id }) => id === step);
  const seen = steps.slice(0, Math.max(0, place)).filter(({ id }) => !decisive.includes(id));
  return goTo(
    markVisited(
      state,
      seen.map(({ id }) => id),
    ),
    step,
  );
}

/** From a step that was answered to the next one, or to the plan. */
export function goForward(state: WizardState): WizardState {
  const here = state.focus.step;
  const seen = markVisited(state, [here]);
  const next =
    undecidedStep(seen) ?? stepsAfter(seen, here).find((step) => !isPassed(seen, step, here));
  return next ? goTo(seen, next.id) : startPlanning(seen);
}

/** Whether the way forward leads past a step. */
function isPassed(state: WizardState, step: Step, from: string): boolean {
  if (step.isObvious(state)) return true;
  if (!state.returnTo) return false;
  // After a jump: the rest of that section, and what has only now come to be asked.
  return state.visited.includes(step.id) && step.label !== findStep(from)?.label;
}

function stepsAfter(state: WizardState, id: string): readonly Step[] {
  const steps = askedSteps(state);
  const place = steps.findIndex((step) => step.id === id);
  if (place !== -1) return steps.slice(place + 1);
  // Not on the way, or no longer: only what was never asked is still to come.
  return steps.filter((step) => !state.visited.includes(step.id));
}

/** Back to the step before, or to where a jump came from; undefined on the first one. */
export function goBack(state: WizardState): WizardState | undefined {
  const { returnTo, focus } = state;
  if (returnTo?.step === focus.step) {
    if (returnTo.draft !== state.draft) return startPlanning(state);
    return { ...state, phase: returnTo.phase, returnTo: undefined, focus: freshFocus(focus.step) };
  }
  const before = stepBefore(state);
  return before && goTo(state, before.id);
}

/** @returns undefined on the first step */
export function stepBefore(state: WizardState): Step | undefined {
  const steps = askedSteps(state);
  const place = steps.findIndex((step) => step.id === state.focus.step);
  return place === -1 ? steps.at(-1) : steps[place - 1];
}

/** From the review, or from a failure, to one answer. */
export function jumpTo(state: WizardState, step: string): WizardState {
  const { phase } = state;
  const next = goTo(state, step);
  const isLate = phase.name === 'review' || phase.name === 'ended';
  return isLate ? { ...next, returnTo: { step, phase, draft: state.draft } } : next;
}

/**
 * Asks for the plan. What has to be answered before is asked first: it may have come up only when
 * the cluster was seen.
 */
export function startPlanning(state: WizardState): WizardState {
  const open = whatIsOpen(state);
  if (open) return withProblem(goTo(state, open.step), open.problem);
  const asked = askedSteps(state).map(({ id }) => id);
  const plans = state.plans + 1;
  const request = requestOf(state, state.derived.replay);
  return {
    ...markVisited(state, asked),
    plans,
    phase: { name: 'planning', id: `plan:${plans}`, request },
    focus: freshFocus(state.focus.step),
    overlays: [],
    returnTo: undefined,
  };
}

/** Asks for the plan that goes back to what ran before a change that failed. */
export function startRollback(state: WizardState, ended: EndedPhase): WizardState {
  if (ended.revision === undefined) return state;
  const { step } = state.focus;
  const plans = state.plans + 1;
  const request = { ...ended.request, rollbackTo: ended.revision };
  return {
    ...state,
    plans,
    phase: { name: 'planning', id: `plan:${plans}`, request },
    focus: freshFocus(step),
    overlays: [],
    returnTo: { step, phase: ended, draft: state.draft },
  };
}

/** From a rollback that is only looked at, to the failure; undefined in every other plan. */
export function leaveRollback(state: WizardState): WizardState | undefined {
  const { phase, returnTo, focus } = state;
  const isRollback = 'request' in phase && phase.request.rollbackTo !== undefined;
  if (!isRollback || !returnTo || phase.name === 'applying' || phase.name === 'ended')
    return undefined;
  return { ...state, phase: returnTo.phase, returnTo: undefined, focus: freshFocus(focus.step) };
}

/** What nothing can be planned without; it may have come up late. */
function undecidedStep(state: WizardState): Step | undefined {
  return askedSteps(state).find((step) => decisive.includes(step.id) && !step.isObvious(state));
}

const decisive: readonly string[] = ['resume', 'context', 'intent'];

/** Whether what is asked now is such a thing: then there is no way past it. */
export function mustBeChosen(state: WizardState): boolean {
  return undecidedStep(state)?.id === state.focus.step;
}

function whatIsOpen(state: WizardState) {
  const { draft, world, derived } = state;
  const undecided = undecidedStep(state);
  if (undecided) return { step: undecided.id, problem: undefined };
  if (draft.intent === 'uninstall') return undefined;
  const unread = draft.files.find((path) => world.files[path]?.state !== 'read');
  if (unread !== undefined) {
    const read = world.files[unread];
    const waiting = { message: `${unread || 'The file'} is not read yet.` };
    return { step: 'file', problem: read?.state === 'failed' ? read.problem : waiting };
  }
  const lacking = derived.replay.refused[0] ?? missingAnswer(state);
  return lacking && { step: lacking.id, problem: lacking.problem };
}

export function withProblem(state: WizardState, problem: WizardState['focus']['problem']) {
  return problem ? { ...state, focus: { ...state.focus, problem } } : state;
}

/**
 * Where something has come in that must be asked before the present step, and nothing was done
 * here yet, it is asked at once.
 */
export function askWhatCameUp(state: WizardState): WizardState {
  const { phase, focus, visited, world, draft } = state;
  const isOpen = (step: Step) => !step.isObvious(state) && !visited.includes(step.id);
  if (phase.name === 'asking') {
    if (!isUntouched(focus) || state.overlays.length > 0) return state;
    const steps = askedSteps(state);
    const place = steps.findIndex((step) => step.id === focus.step);
    // The release has gone that it asks about.
    if (place === -1 && focus.step === 'intent') return goTo(state, firstOpenStep(state));
    const earlier = steps.slice(0, place === -1 ? 0 : place).find(isOpen);
    return earlier ? goTo(state, earlier.id) : state;
  }
  if (phase.name !== 'planning' && phase.name !== 'review' && phase.name !== 'blocked')
    return state;
  // Nobody's keys are to meet another screen than the one that is read.
  if (phase.name === 'review' && phase.reviewed.plan === undefined) return state;
  if (world.contexts.length > 1 && draft.context === undefined) return goTo(state, 'context');
  const undecided = world.live !== undefined && draft.intent === undefined;
  return undecided ? goTo(state, 'intent') : state;
}

function markVisited(state: WizardState, ids: readonly string[]): WizardState {
  const visited = [...new Set([...state.visited, ...ids])];
  return visited.length === state.visited.length ? state : derive({ ...state, visited });
}
