import type { Binding } from './binding.ts';
import { consentOf } from './consent.ts';
import { findingsOf } from './findings.ts';
import {
  chooses,
  goesBack,
  isAsking,
  isReview,
  isReviewOfAnswers,
  isScrolled,
  leaves,
  looksAgain,
} from './key-effects.ts';
import { canFilter } from './list.ts';
import { isAway } from './look-again.ts';
import { mustBeChosen } from './navigate.ts';
import { quotedLogs } from './quoted-logs.ts';
import type { WizardState } from './state.ts';
import { listOf } from './surface.ts';
import { worstOf } from './worst-finding.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
export const moveKeys = ['up', 'down', 'page-up', 'page-down', 'home', 'end'] as const;

const topOf = ({ overlays }: WizardState) => overlays.at(-1);
const isSeenNow = ({ world }: WizardState) => world.connection === 'connected';
const isFindingOfCluster = (state: WizardState) => {
  const overlay = topOf(state);
  return overlay?.kind === 'finding' && overlay.finding.status !== 'pass' && isSeenNow(state);
};
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
      return consentOf(state) ? 'go on' : undefined;
    },
    help: 'review: apply; asks for a name where one must be typed',
  },
  {
    action: 'decline',
    keys: ['n'],
    hint: 'n',
    does: when((state) => state.overlays.length === 0 && consentOf(state) !== undefined, 'not now'),
    help: 'review: not now; leaves without a change',
  },
  {
    action: 'logs',
    keys: ['l'],
    hint: 'l',
    does: when((state) => state.overlays.length === 0 && quotedLogs(state).length > 0, 'logs'),
    help: 'after a failure: the last log lines',
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
    help: 'choose an option by its number; where text can be typed, type it',
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
    help: 'back to the previous step; on the first one, leave',
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
    help: 'straight to the review; unasked questions keep their answers; also Tab',
  },
  {
    action: 'again',
    keys: ['ctrl-r'],
    hint: 'ctrl-r',
    does: when((state) => isAsking(state) && isAway(state), 'look again'),
    leads: true,
    help: 'retry a cluster that does not answer',
  },
  {
    action: 'again',
    keys: ['ctrl-r'],
    hint: 'ctrl-r',
    does: when((state) => isAsking(state) && isSeenNow(state), 'look again'),
    isQuiet: true,
    help: 'look at the cluster again, after a change in it',
  },
  {
    action: 'again',
    keys: ['r'],
    hint: 'r',
    does: when(looksAgain, 'look again'),
    leads: true,
    help: 'review: look at the cluster again, after a failed check or when it is out of date',
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
    help: 'a finding: apply the values that fix it',
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
    help: 'a finding: let it pass, with a reason',
  },
  {
    action: 'again',
    keys: ['r'],
    hint: 'r',
    does: when(isFindingOfCluster, 'look again'),
    leads: true,
    help: 'a finding: look again, once it is fixed in the cluster',
  },
  {
    action: 'explain',
    keys: ['e', 'ctrl-e'],
    hint: 'e',
    typingHint: 'ctrl-e',
    does: (state) => {
      const open = isAsking(state) || isReview(state);
      return open && worstOf(state) ? 'explain' : undefined;
    },
    help: 'explain the worst finding; also Ctrl+E, which works while a text is typed',
  },
  {
    action: 'findings',
    keys: ['c'],
    hint: 'c',
    does: (state) => {
      const open = isAsking(state) || isReview(state);
      return open && findingsOf(state).length > 0 ? 'all checks' : undefined;
    },
    help: 'all findings of the checks',
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
    help: 'review: the full diff',
  },
  {
    action: 'manifest',
    keys: ['p'],
    hint: 'p',
    does: when(isReview, 'manifests'),
    help: 'review: the rendered manifests',
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
