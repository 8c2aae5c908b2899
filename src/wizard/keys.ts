import type { Action, NamedAction } from './actions.ts';
import { consentOf } from './consent.ts';
import type { KeyName } from './events.ts';
import { findingsOf, isBlocking, toldFindings } from './findings.ts';
import { canFilter, placeOf } from './list.ts';
import { isOffline, isUnseenReview } from './look-again.ts';
import { mustBeChosen, stepBefore } from './navigate.ts';
import { quotedLogs } from './quoted-logs.ts';
import type { WizardState } from './state.ts';
import { entryOf, isTyping, listOf } from './surface.ts';

/** One row of the key map: the source of the footer, of the help overlay and of what keys do. */
export interface Binding {
  readonly action: Action;
  /** Key names, or characters; characters do nothing while a text is typed. */
  readonly keys: readonly string[];
  /** As the footer names the key. */
  readonly hint: string;
  /** The same while a text is typed, where it differs. */
  readonly typingHint?: string;
  /** What it does now, a word or two for the footer; undefined where it does nothing. */
  readonly does: (state: WizardState) => string | undefined;
  /** Whether it stands before all others in the footer, where there may be room for few. */
  readonly leads?: true;
  /** A line of the help. */
  readonly help: string;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
export const moveKeys = ['up', 'down', 'page-up', 'page-down', 'home', 'end'] as const;

const isAsking = ({ phase, overlays }: WizardState) =>
  phase.name === 'asking' && overlays.length === 0;
const isReview = ({ phase, overlays }: WizardState) =>
  phase.name === 'review' && overlays.length === 0;
/** A review of answers: one of a rollback has none. */
const isReviewOfAnswers = (state: WizardState) =>
  isReview(state) && !('request' in state.phase && state.phase.request.rollbackTo !== undefined);
/**
 * A review in which a check has failed, which may have been mended in the cluster since, or in which
 * the cluster was not seen, which may be there by now.
 */
const isStopped = (state: WizardState) =>
  isReviewOfAnswers(state) && (isUnseenReview(state) || findingsOf(state).some(isBlocking));
const topOf = ({ overlays }: WizardState) => overlays.at(-1);
const asksValues = (state: WizardState) => isAsking(state) && state.assumed !== undefined;
const when = (holds: (state: WizardState) => boolean, words: string) => (state: WizardState) =>
  holds(state) ? words : undefined;

/** In the order of the footer. */
export const keyMap: readonly Binding[] = [
  {
    action: 'move',
    keys: [...moveKeys, 'k', 'j'],
    hint: 'up-down',
    does: (state) => {
      const list = listOf(state);
      if (list.options.length > 0) return 'move';
      return isScrolled(state) ? 'scroll' : undefined;
    },
    help: 'move; also j and k, page up and down, home and end',
  },
  {
    action: 'choose',
    keys: ['enter'],
    hint: 'enter',
    does: chooses,
    help: 'choose and go on; never applies anything by itself',
  },
  {
    action: 'consent',
    keys: ['y'],
    hint: 'y',
    does: (state) => {
      if (state.overlays.length > 0 || state.focus.inField) return undefined;
      return consentOf(state.phase) ? 'go on' : undefined;
    },
    help: 'review: go on; where a name must be typed, it is asked for',
  },
  {
    action: 'decline',
    keys: ['n'],
    hint: 'n',
    does: when(
      ({ phase, overlays }) => overlays.length === 0 && consentOf(phase) !== undefined,
      'not now',
    ),
    help: 'review: not now; leaves, and nothing was changed',
  },
  {
    action: 'logs',
    keys: ['l'],
    hint: 'l',
    does: when((state) => state.overlays.length === 0 && quotedLogs(state).length > 0, 'logs'),
    help: 'after a failure: the last log lines of what failed',
  },
  {
    action: 'number',
    keys: digits,
    hint: '1-9',
    does: (state) => {
      const { options, field } = listOf(state);
      // Where something can be typed, a digit is the beginning of it.
      return isAsking(state) && options.length > 1 && field === 'none'
        ? 'choose by number'
        : undefined;
    },
    help: 'choose an option by its number; where a text can be typed, begin to type it',
  },
  {
    action: 'jump',
    keys: digits,
    hint: '1-9',
    does: when(isReviewOfAnswers, 'edit'),
    help: 'review: go to the answers of a section',
  },
  {
    action: 'back',
    keys: ['escape', 'shift-tab'],
    hint: 'escape',
    does: goesBack,
    help: 'back to the step before; on the first one, leave',
  },
  {
    action: 'filter',
    keys: ['/'],
    hint: '/',
    does: when((state) => canFilter(listOf(state)), 'filter'),
    help: 'narrow a long list',
  },
  {
    action: 'review',
    keys: ['r', 'tab'],
    hint: 'r',
    typingHint: 'tab',
    does: when((state) => asksValues(state) && !mustBeChosen(state), 'review now'),
    help: 'straight to the review; what was not asked stays as it is; also Tab',
  },
  {
    action: 'again',
    keys: ['ctrl-r'],
    hint: 'ctrl-r',
    does: when((state) => isAsking(state) && isOffline(state), 'look again'),
    leads: true,
    help: 'look again for a cluster that could not be reached',
  },
  {
    action: 'again',
    keys: ['r'],
    hint: 'r',
    does: when(isStopped, 'look again'),
    leads: true,
    help: 'review: look again, where a check failed or no cluster was seen',
  },
  {
    action: 'mend',
    keys: ['m'],
    hint: 'm',
    does: (state) => {
      const overlay = topOf(state);
      const remedies = overlay?.kind === 'finding' ? (overlay.finding.remedies ?? []) : [];
      return remedies.some(({ changes = [] }) => changes.length > 0) ? 'mend it' : undefined;
    },
    leads: true,
    help: 'a finding: put the values in that mend it',
  },
  {
    action: 'skip',
    keys: ['s'],
    hint: 's',
    does: (state) => {
      const overlay = topOf(state);
      return overlay?.kind === 'finding' && overlay.finding.status === 'fail'
        ? 'let it pass'
        : undefined;
    },
    leads: true,
    help: 'a finding: let it pass, and say why',
  },
  {
    action: 'explain',
    keys: ['e'],
    hint: 'e',
    does: (state) => {
      const open = isAsking(state) || isReview(state);
      return open && worstOf(state) ? 'explain' : undefined;
    },
    help: 'explain the worst finding',
  },
  {
    action: 'findings',
    keys: ['c'],
    hint: 'c',
    does: (state) => {
      const open = isAsking(state) || isReview(state);
      return open && findingsOf(state).length > 0 ? 'all checks' : undefined;
    },
    help: 'everything that the checks say',
  },
  {
    action: 'values',
    keys: ['v'],
    hint: 'v',
    does: when((state) => asksValues(state) || isReviewOfAnswers(state), 'values'),
    help: 'the values, and what this answer changes',
  },
  {
    action: 'diff',
    keys: ['d'],
    hint: 'd',
    does: when(isReview, 'diff'),
    help: 'review: the whole difference',
  },
  {
    action: 'manifest',
    keys: ['p'],
    hint: 'p',
    does: when(isReview, 'manifests'),
    help: 'review: the objects as they will be',
  },
  {
    action: 'advanced',
    keys: ['a'],
    hint: 'a',
    does: when((state) => asksValues(state) || isReviewOfAnswers(state), 'any value'),
    help: 'edit any value of the chart',
  },
  {
    action: 'keys',
    keys: ['?'],
    hint: '?',
    does: when(({ phase }) => phase.name !== 'left', 'keys'),
    help: 'this help',
  },
  {
    action: 'leave',
    keys: ['ctrl-c'],
    hint: 'ctrl-c',
    does: leaves,
    help: 'leave; answers are kept, but no secrets',
  },
];

/** What a key does now; undefined where it does nothing. */
export function bindingOf(state: WizardState, key: string): Binding | undefined {
  if (isCharacter(key) && isTyping(state)) return undefined;
  return keyMap.find((binding) => binding.keys.includes(key) && binding.does(state) !== undefined);
}

/** The row of an action; undefined where it does nothing now. */
export function bindingFor(state: WizardState, action: NamedAction): Binding | undefined {
  return keyMap.find((binding) => binding.action === action && binding.does(state) !== undefined);
}

/** The rows that do something now: what the footer shows. */
export function activeBindings(state: WizardState): readonly Binding[] {
  const typing = isTyping(state);
  const active = keyMap.filter(
    ({ keys, does }) => does(state) !== undefined && !(typing && keys.every(isCharacter)),
  );
  return [...active.filter(({ leads }) => leads), ...active.filter(({ leads }) => !leads)];
}

const names: ReadonlySet<string> = new Set<KeyName>(['up', 'down', 'enter']);

function isCharacter(key: string): boolean {
  return !names.has(key) && Array.from(key).length === 1;
}

/** The finding to explain first: what blocks the option, else the worst of all. */
export function worstOf(state: WizardState) {
  const place = placeOf(entryOf(state), listOf(state));
  const blocked = place.options[place.index]?.blockedBy;
  const [worst] = toldFindings(state);
  const tells = worst && worst.status !== 'pass' && worst.status !== 'skip';
  return blocked ?? (tells ? worst : undefined);
}

function isScrolled(state: WizardState): boolean {
  const kind = topOf(state)?.kind;
  return (
    kind !== undefined && ['keys', 'values', 'diff', 'manifest', 'logs', 'finding'].includes(kind)
  );
}

function chooses(state: WizardState): string | undefined {
  const overlay = topOf(state);
  if (overlay?.kind === 'skip' || overlay?.kind === 'value') return 'take it';
  if (overlay) return listOf(state).options.length > 0 ? 'open' : 'close';
  const { phase } = state;
  switch (phase.name) {
    case 'asking':
      return 'choose';
    case 'blocked':
      return phase.request.rollbackTo === undefined ? 'look again' : 'back';
    case 'review':
      if (phase.reviewed.changesNothing) return 'leave it so';
      return consentOf(phase)?.word === undefined ? undefined : 'go on';
    case 'ledger':
      if (phase.choice === undefined)
        return phase.ledger.problems.length > 0 ? undefined : 'choose';
      return consentOf(phase)?.word === undefined ? undefined : 'go on';
    case 'ended':
      return listOf(state).options.length > 0 ? 'choose' : 'leave';
    default:
      return undefined;
  }
}

function goesBack(state: WizardState): string | undefined {
  const { filter, isFiltering } = entryOf(state);
  // The list of every value is always filtered.
  const isFilter = isFiltering && topOf(state)?.kind !== 'advanced';
  if (filter !== '' || isFilter) return 'all of them';
  if (state.overlays.length > 0) return 'close';
  switch (state.phase.name) {
    case 'asking':
      return stepBefore(state) || state.returnTo ? 'back' : 'leave';
    case 'planning':
    case 'blocked':
    case 'review':
    case 'ledger':
      return 'back';
    default:
      return undefined;
  }
}

function leaves({ phase }: WizardState): string | undefined {
  switch (phase.name) {
    case 'left':
      return undefined;
    case 'applying':
      return phase.stopping ? 'leave at once' : 'stop';
    default:
      return 'leave';
  }
}
