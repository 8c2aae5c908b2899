import type { Finding } from '../checks/types.ts';
import type { Option } from '../questions/question.ts';
import type { Entry } from './entry.ts';

/** An option, and the failed check that says why it cannot work here. */
export interface Choice extends Option {
  readonly blockedBy?: Finding;
}

/** What can be chosen or typed at one place. */
export interface List {
  readonly options: readonly Choice[];
  readonly preselected: string | undefined;
  /** Whether something else may be typed: the field is the row below the options. */
  readonly field: 'none' | 'text' | 'secret';
}

/** Where the cursor is. */
export interface Place {
  /** Options after filtering. */
  readonly options: readonly Choice[];
  /** -1: the text field, or nowhere. */
  readonly index: number;
  readonly text: string;
  readonly caret: number;
}

/** A list that is shorter is seen at one glance. */
const longList = 8;

export function canFilter({ options }: List): boolean {
  return options.length >= longList;
}

/** What is entered, the options that the filter leaves, and the cursor among them. */
export function placeOf(entry: Entry, list: List): Place {
  const options = filterOptions(list.options, entry.filter);
  const text = entry.text ?? (list.field === 'text' ? (list.preselected ?? '') : '');
  const caret = Math.min(entry.caret ?? text.length, text.length);
  return { options, index: indexOf(entry, options, list), text, caret };
}

function indexOf(entry: Entry, options: readonly Choice[], list: List): number {
  const hasField = list.field !== 'none';
  if (hasField && entry.inField) return -1;
  if (options.length === 0) return -1;
  const chosen = options.findIndex(({ value }) => value === entry.option);
  if (chosen !== -1) return chosen;
  const preselected = options.findIndex(({ value }) => value === list.preselected);
  if (preselected !== -1) return preselected;
  const isTyped = hasField && list.preselected !== undefined && entry.inField === undefined;
  return isTyped && entry.filter === '' ? -1 : 0;
}

/** Every word of the filter must occur in the option's name or description. */
function filterOptions(options: readonly Choice[], filter: string): readonly Choice[] {
  const words = filter.toLowerCase().split(' ').filter(Boolean);
  if (words.length === 0) return options;
  return options.filter(({ value, label, description }) => {
    const text = `${value} ${label} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The value under the cursor: an option's, or what is typed. */
export function valueAt({ options, index, text }: Place): string {
  return options[index]?.value ?? text.trim();
}

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'home' | 'end';

const page = 8;

/** Up and down go round; the field, where there is one, is the last row. */
export function moveCursor(entry: Entry, list: List, move: Move): Entry {
  const { options, index } = placeOf(entry, list);
  const rows = options.length + (list.field === 'none' ? 0 : 1);
  if (rows === 0) return entry;
  const row = index === -1 ? rows - 1 : index;
  const target = targetRow(row, rows, move);
  const option = options[target];
  return option
    ? { ...entry, option: option.value, inField: false, problem: undefined }
    : { ...entry, inField: true, problem: undefined };
}

function targetRow(row: number, rows: number, move: Move): number {
  switch (move) {
    case 'up':
      return (row + rows - 1) % rows;
    case 'down':
      return (row + 1) % rows;
    case 'page-up':
      return Math.max(0, row - page);
    case 'page-down':
      return Math.min(rows - 1, row + page);
    case 'home':
      return 0;
    case 'end':
      return rows - 1;
  }
}
