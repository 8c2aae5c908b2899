import fc from 'fast-check';
import { consentOf } from '../../src/wizard/consent.ts';
import type { WizardEvent } from '../../src/wizard/events.ts';
import { isOutdated, seenIn } from '../../src/wizard/lost.ts';
import { reduce } from '../../src/wizard/reduce.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { connectKey } from '../../src/wizard/wanted.ts';
import { keyEvent, someLedger, someReview, target } from './wizard.ts';

/** What may happen to a wizard, made to fit the state that it meets. */
export type Happening = (state: WizardState) => WizardEvent;

const keys: readonly string[] = [
  ...['up', 'down', 'left', 'right', 'enter', 'enter', 'enter', 'escape', 'tab', 'shift-tab'],
  ...['backspace', 'delete', 'home', 'end', 'page-up', 'page-down', 'ctrl-e', 'ctrl-u', 'ctrl-r'],
];

/** Keys of every kind, now and then several characters at once. */
export const someKey: fc.Arbitrary<Happening> = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom(...keys) },
    { weight: 5, arbitrary: fc.constantFrom(...'jkynrevcadpms?/1234567890') },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.constantFrom('yyyy', 'r\ry', 'xerv', 'playground') },
  )
  .map((name) => () => keyEvent(name));

/** The key or the news that goes on, so that walks come to every phase. */
export const someProgress: fc.Arbitrary<Happening> = fc
  .record({
    word: fc.constantFrom(undefined, 'playground'),
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
  })
  .map(({ word, outcome }) => (state): WizardEvent => {
    const { phase, focus } = state;
    const typed = word === undefined ? undefined : { word, why: 'It looks like production.' };
    switch (phase.name) {
      case 'asking':
        return keyEvent('r');
      case 'planning':
        // Now and then there can be no plan.
        if (word === undefined && outcome === 'cancelled')
          return { type: 'blocked', key: phase.id, problems: [{ message: 'No.' }] };
        return phase.request.draft.intent === 'uninstall'
          ? { type: 'ledger', ledger: { ...someLedger, id: phase.id, typed } }
          : { type: 'reviewed', reviewed: { ...someReview, id: phase.id, typed } };
      case 'review':
      case 'ledger': {
        const consent = consentOf(state);
        if (consent && consent.word === undefined) return keyEvent('y');
        if (isOutdated(state)) return keyEvent('r');
        if (!consent?.word || !focus.inField) return keyEvent('enter');
        return keyEvent(focus.text === consent.word ? 'enter' : consent.word);
      }
      case 'applying':
        return { type: 'release', event: outcomeEvent(outcome) };
      default:
        return keyEvent('enter');
    }
  });

export const ctrlC: Happening = () => keyEvent('ctrl-c');

const live = { revision: 3, values: { replicaCount: 3, dispatch: { backend: 'raft' } } } as const;

const planId = ({ phase }: WizardState) => (phase.name === 'planning' ? phase.id : 'plan:stale');

/** News of the outside: what was asked for, what is stale, what nobody waits for. */
export const someNews: fc.Arbitrary<Happening> = fc
  .record({
    kind: fc.constantFrom(
      ...(['world', 'facts', 'looked', 'reviewed', 'ledger', 'blocked', 'release'] as const),
      ...(['lost', 'aged'] as const),
    ),
    isLive: fc.boolean(),
    isBad: fc.boolean(),
    word: fc.constantFrom(undefined, 'playground'),
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
  })
  .map(({ kind, isLive, isBad, word, outcome }) => (state): WizardEvent => {
    const key = connectKey(state)?.key ?? 'none';
    const typed = word === undefined ? undefined : { word, why: 'It looks like production.' };
    switch (kind) {
      case 'world':
        return {
          type: 'world',
          key,
          world: {
            connection: isBad ? 'offline' : 'connected',
            live: isLive ? live : undefined,
            target,
          },
        };
      case 'facts':
        return {
          type: 'facts',
          key: isBad ? 'stale' : key,
          facts: { namespaces: { state: 'known', value: { default: {}, xerv: {} } } },
        };
      case 'looked':
        return {
          type: 'looked',
          key: state.assumed?.key ?? 'stale',
          look: { state: 'done', findings: isBad ? [finding('fail')] : [], problems: [] },
        };
      case 'reviewed':
        return {
          type: 'reviewed',
          reviewed: {
            ...someReview,
            id: planId(state),
            typed,
            changesNothing: isLive,
            findings: isBad ? [finding('fail')] : [],
          },
        };
      case 'ledger':
        return { type: 'ledger', ledger: { ...someLedger, id: planId(state), typed } };
      case 'lost':
        return { type: 'lost', since: '14:03', problems: [{ message: 'No.' }], looksAgain: isLive };
      case 'aged':
        return { type: 'aged', id: isBad ? 'plan:stale' : (seenIn(state.phase) ?? 'plan:1') };
      case 'blocked':
        return { type: 'blocked', key: planId(state), problems: [{ message: 'No.' }] };
      default:
        return {
          type: 'release',
          event: isBad
            ? { type: 'step', step: 'objects applied', state: 'done' }
            : outcomeEvent(outcome),
        };
    }
  });

function outcomeEvent(outcome: 'done' | 'failed' | 'cancelled') {
  return {
    type: 'outcome',
    outcome,
    message: 'It ended.',
    state: '',
    diagnoses: [],
    problems: [],
    next: [],
  } as const;
}

export function finding(status: 'fail' | 'unknown' | 'warn' | 'pass') {
  return {
    check: 'XV-205',
    category: 'backend',
    title: 'The number of raft replicas tolerates a failure',
    status,
    message: 'Two raft replicas stop as soon as one of them is down.',
    remedies: [{ text: 'Run three.', changes: [{ path: ['replicaCount'], value: 3 }] }],
  } as const;
}

/** What happens, one after the other. */
export function happen(state: WizardState, happenings: readonly Happening[]): WizardState {
  return happenings.reduce((now, happening) => reduce(now, happening(now)), state);
}
