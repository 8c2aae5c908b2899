import type { NamedAction } from '../actions.ts';
import type { Binding } from '../binding.ts';
import { beginConsent } from '../consent.ts';
import { emptyEntry } from '../entry.ts';
import type { Key } from '../events.ts';
import { moveKeys } from '../key-map.ts';
import { bindingFor, bindingOf } from '../keys.ts';
import { leave, leaveWith } from '../leave.ts';
import { type Move, moveCursor, placeOf } from '../list.ts';
import { lookAgain, planAgain } from '../look-again.ts';
import { jumpTo, leaveRollback, startPlanning } from '../navigate.ts';
import { openPlain } from '../overlay.ts';
import { overlayLines } from '../overlay-lines.ts';
import { reviewSections } from '../review-sections.ts';
import type { WizardState } from '../state.ts';
import { answerStep, submitStep } from '../submit.ts';
import { entryOf, isTyping, listOf, withEntry } from '../surface.ts';
import { editText } from '../text-edit.ts';
import { worstOf } from '../worst-finding.ts';
import { back } from './back.ts';
import { choose } from './choose.ts';
import { mendFinding } from './mend.ts';

/**
 * What a key does. Characters that come together are taken one by one, unless they go into a text.
 * Several at once may be a paste, which must never be a consent.
 */
export function reduceKey(state: WizardState, key: Key): WizardState {
  if (state.phase.name === 'left') return state;
  if (isTyping(state)) {
    const edited = editEntry(state, key);
    if (edited) return edited;
  }
  if (key.name !== 'text') return act(state, key.name, false);
  const characters = Array.from(key.text);
  const [first, ...rest] = characters;
  if (first === undefined) return state;
  const next = act(state, first, characters.length > 1);
  return rest.length === 0 ? next : reduceMore(next, rest);
}

function reduceMore(state: WizardState, characters: readonly string[]): WizardState {
  return characters.reduce((current, text) => {
    if (current.phase.name === 'left') return current;
    const edited = isTyping(current) ? editEntry(current, { name: 'text', text }) : undefined;
    return edited ?? act(current, text, true);
  }, state);
}

function act(state: WizardState, key: string, isPart: boolean): WizardState {
  const typed = beginTyping(state, key);
  if (typed) return typed;
  const binding = bindingOf(state, key);
  if (binding) return perform(state, binding, key, isPart);
  // It goes on nowhere, and who presses it is told so.
  return key === 'enter' && state.overlays.length === 0 ? beginConsent(state, 'enter') : state;
}

/** A digit beside options that have numbers in them would be taken for one of their numbers. */
function beginTyping(state: WizardState, key: string): WizardState | undefined {
  if (!/^\d$/.test(key) || isTyping(state) || listOf(state).field === 'none') return undefined;
  return withEntry(state, { ...emptyEntry, inField: true, text: key });
}

/** An action by its name, also where its key would be a character of a text. */
export function reduceAct(state: WizardState, action: NamedAction): WizardState {
  const binding = bindingFor(state, action);
  return binding ? perform(state, binding, binding.keys[0] ?? '', false) : state;
}

function perform(
  state: WizardState,
  { action }: Binding,
  key: string,
  isPart: boolean,
): WizardState {
  switch (action) {
    case 'move':
      return move(state, key === 'k' ? 'up' : key === 'j' ? 'down' : (key as Move));
    case 'choose':
      return choose(state);
    case 'number':
      return chooseNumber(state, key);
    case 'back':
      return back(state, key);
    case 'filter':
      return withEntry(state, { isFiltering: true, inField: false });
    case 'review':
      return reviewNow(state);
    case 'again':
      return state.phase.name === 'asking'
        ? lookAgain({ ...state, overlays: [] })
        : planAgain(state);
    case 'explain':
      return explain(state);
    case 'advanced':
      return openEveryValue(state);
    case 'findings':
    case 'values':
    case 'diff':
    case 'manifest':
    case 'logs':
    case 'keys':
      return open(state, action);
    case 'jump':
      return jump(state, key);
    case 'consent':
      return isPart ? state : beginConsent(state, 'y');
    case 'decline':
      if (isPart) return state;
      return leaveRollback(state) ?? leaveWith(state, 'cancelled');
    case 'mend':
      return mendFinding(state);
    case 'skip': {
      const overlay = state.overlays.at(-1);
      if (overlay?.kind !== 'finding') return state;
      const { finding, waiting } = overlay;
      const next = { kind: 'skip', finding, waiting, entry: emptyEntry } as const;
      return { ...state, overlays: [...state.overlays, next] };
    }
    case 'leave':
      return leave(state);
  }
}

/** Takes what was typed first; what is wrong with it is told instead. */
function reviewNow(state: WizardState): WizardState {
  if (state.focus.text === undefined) return startPlanning(state);
  const answered = submitStep(state);
  const isTaken = answered.focus.problem === undefined && answered.overlays.length === 0;
  return isTaken && answered.phase.name === 'asking' ? startPlanning(answered) : answered;
}

function open(state: WizardState, kind: Parameters<typeof openPlain>[0]): WizardState {
  if (state.overlays.at(-1)?.kind === kind) return state;
  return { ...state, overlays: [...state.overlays, openPlain(kind)] };
}

function openEveryValue(state: WizardState): WizardState {
  const overlay = openPlain('advanced');
  const entry = { ...overlay.entry, isFiltering: true };
  return { ...state, overlays: [...state.overlays, { ...overlay, entry }] };
}

function explain(state: WizardState): WizardState {
  const finding = worstOf(state);
  if (!finding) return state;
  return {
    ...state,
    overlays: [...state.overlays, { kind: 'finding', finding, entry: emptyEntry }],
  };
}

function move(state: WizardState, by: Move): WizardState {
  const list = listOf(state);
  if (list.options.length > 0) return withEntry(state, moveCursor(entryOf(state), list, by));
  const overlay = state.overlays.at(-1);
  if (!overlay) return state;
  const last = Math.max(0, overlayLines(state, overlay).lines.length - 1);
  const { scroll } = overlay.entry;
  const steps = { up: -1, down: 1, 'page-up': -10, 'page-down': 10, home: -last, end: last };
  return withEntry(state, { scroll: Math.min(last, Math.max(0, scroll + steps[by])) });
}

function chooseNumber(state: WizardState, digit: string): WizardState {
  const index = (Number(digit) + 9) % 10;
  const option = placeOf(state.focus, listOf(state)).options[index];
  if (!option) return state;
  const moved = withEntry(state, { option: option.value, inField: false, problem: undefined });
  return option.blockedBy ? choose(moved) : answerStep(moved, option.value);
}

function jump(state: WizardState, digit: string): WizardState {
  const section = reviewSections(state)[(Number(digit) + 9) % 10];
  if (!section) return state;
  return section.step === undefined ? openEveryValue(state) : jumpTo(state, section.step);
}

/** Typing, in the filter or in the field; undefined for keys that are not about the text. */
function editEntry(state: WizardState, key: Key): WizardState | undefined {
  const entry = entryOf(state);
  if (entry.isFiltering) {
    if (moveKeys.some((name) => name === key.name)) return undefined;
    const edited = editText({ text: entry.filter, caret: entry.filter.length }, key);
    return edited && withEntry(state, { filter: edited.text, option: undefined });
  }
  const { text, caret } = placeOf(entry, listOf(state));
  // A number that nobody typed is answered anew: 2 after a given 1 is meant as 2, and not as 12.
  const isAnew = entry.text === undefined && isNumber(text) && key.name === 'text';
  const edited = editText(isAnew ? { text: '', caret: 0 } : { text, caret }, key);
  return edited && withEntry(state, { ...edited, inField: true, problem: undefined });
}

const isNumber = (text: string) => /^\d+$/.test(text);
