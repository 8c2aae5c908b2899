import { derive } from '../derive.ts';
import { isUntouched } from '../entry.ts';
import type { WizardEvent } from '../events.ts';
import { placeOf, valueAt } from '../list.ts';
import { isAway } from '../look-again.ts';
import { isSeen } from '../lost.ts';
import { goForward, startPlanning, withProblem } from '../navigate.ts';
import type { Look, WizardState } from '../state.ts';
import { findStep } from '../steps.ts';
import { listOf } from '../surface.ts';
import { connectKey } from '../wanted.ts';

type WorldEvent = Extract<WizardEvent, { type: 'world' | 'facts' | 'file' | 'looked' }>;

/** Looks that are kept: going back to an option shows at once what was said of it. */
const keptLooks = 32;

/** Something has come in from outside. */
export function reduceWorld(state: WizardState, event: WorldEvent): WizardState {
  const { world } = state;
  switch (event.type) {
    case 'world':
      if (event.key !== undefined && event.key !== connectKey(state)?.key) return state;
      return reached(state, { ...state, world: { ...world, ...event.world } });
    case 'facts':
      if (event.key !== connectKey(state)?.key) return state;
      return { ...state, world: { ...world, facts: { ...world.facts, ...event.facts } } };
    case 'looked': {
      const looks = newestLooks({ ...world.looks, [event.key]: event.look });
      const loginWords = event.look.state === 'done' ? [] : world.loginWords;
      return { ...state, world: { ...world, looks, loginWords } };
    }
    case 'file':
      return fileRead(state, event);
  }
}

/**
 * A cluster that answers at last, unasked, moves nothing that is being looked at: what has come up
 * is asked with the next key. Only a plan that is being made, or cannot be, is made anew.
 */
function reached(before: WizardState, found: WizardState): WizardState {
  if (found.world.connection !== 'connected') return found;
  const state = isSeen(before.world) && !isConnected(before) ? withFreshWorld(found) : found;
  if (!isAway(before)) return state;
  const { phase, focus } = state;
  if (phase.name === 'planning' || phase.name === 'blocked') return startPlanning(derive(state));
  if (phase.name !== 'asking' || !isUntouched(focus)) return state;
  const list = { ...before.derived, field: findStep(focus.step)?.field ?? 'none' };
  const { options, index } = placeOf(focus, list);
  return { ...state, focus: { ...focus, option: options[index]?.value, inField: index === -1 } };
}

/** What was said of a cluster that was away meanwhile is asked anew. */
function withFreshWorld(state: WizardState): WizardState {
  return { ...state, world: { ...state.world, lostSince: undefined, looks: {} } };
}

function isConnected({ world }: WizardState): boolean {
  return world.connection === 'connected';
}

function newestLooks(looks: Readonly<Record<string, Look>>) {
  const entries = Object.entries(looks);
  return entries.length > keptLooks ? Object.fromEntries(entries.slice(-keptLooks)) : looks;
}

/** The step that asks for the file waits for it. */
function fileRead(
  state: WizardState,
  { path, read }: Extract<WorldEvent, { type: 'file' }>,
): WizardState {
  const files = { ...state.world.files, [path]: read };
  const next = derive({ ...state, world: { ...state.world, files } });
  const waits =
    state.phase.name === 'asking' &&
    state.focus.step === 'file' &&
    state.draft.files.at(-1) === path &&
    valueAt(placeOf(state.focus, listOf(state))) === path;
  if (!waits) return next;
  return read.state === 'read' ? goForward(next) : withProblem(next, read.problem);
}
