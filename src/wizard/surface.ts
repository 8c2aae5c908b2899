import { editedValueList } from './advanced.ts';
import { type Entry, emptyEntry } from './entry.ts';
import { failureOptions } from './failure-options.ts';
import { findingsList } from './findings.ts';
import { ledgerOptions } from './ledger-options.ts';
import type { List } from './list.ts';
import { placeOf } from './list.ts';
import type { WizardState } from './state.ts';
import { findStep } from './steps.ts';

const noList: List = { options: [], preselected: undefined, field: 'none' };
const fieldOnly: List = { options: [], preselected: undefined, field: 'text' };

/** Where the user is in what has the focus: the overlay, or the question below. */
export function entryOf({ overlays, focus }: WizardState): Entry {
  return overlays.at(-1)?.entry ?? focus;
}

export function withEntry(state: WizardState, entry: Partial<Entry>): WizardState {
  const overlay = state.overlays.at(-1);
  if (!overlay) return { ...state, focus: { ...state.focus, ...entry } };
  const next = { ...overlay, entry: { ...overlay.entry, ...entry } };
  return { ...state, overlays: [...state.overlays.slice(0, -1), next] };
}

/** The focus as something new is shown: nothing chosen, nothing typed. */
export function freshFocus(step: string) {
  return { ...emptyEntry, step };
}

/** What can be chosen or typed where the focus is. */
export function listOf(state: WizardState): List {
  const overlay = state.overlays.at(-1);
  switch (overlay?.kind) {
    case undefined:
      return baseList(state);
    case 'findings':
      return findingsList(state);
    case 'advanced':
      return { ...noList, options: state.derived.advanced ?? [] };
    case 'value':
      return editedValueList(state, overlay.path);
    case 'skip':
      return fieldOnly;
    default:
      return noList;
  }
}

function baseList(state: WizardState): List {
  const { phase, derived, focus } = state;
  switch (phase.name) {
    case 'asking': {
      const { options, preselected } = derived;
      return { options, preselected, field: findStep(focus.step)?.field ?? 'none' };
    }
    case 'review':
      return phase.reviewed.typed && focus.inField ? fieldOnly : noList;
    case 'ledger':
      if (phase.choice === undefined)
        return { options: ledgerOptions(phase.ledger), preselected: 'keep', field: 'none' };
      return focus.inField ? fieldOnly : noList;
    case 'ended':
      return { options: failureOptions(state, phase), preselected: undefined, field: 'none' };
    default:
      return noList;
  }
}

/** Whether keys that are letters go into a text. */
export function isTyping(state: WizardState): boolean {
  const entry = entryOf(state);
  if (entry.isFiltering) return true;
  const list = listOf(state);
  return list.field !== 'none' && placeOf(entry, list).index === -1;
}
