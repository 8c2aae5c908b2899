import { describe, expect, it } from 'vitest';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { connect, press, review, showLedger, startWizard } from '../../support/wizard.ts';

const answer = (text: string): WizardEvent => ({ type: 'answer', text });
const send = (state: WizardState, ...events: readonly WizardEvent[]) =>
  events.reduce(reduce, state);
const atReview = (parts: Parameters<typeof review>[1] = {}) =>
  review(send(connect(startWizard()), answer('preset:production-raft'), act('review')), parts);

function act(action: Extract<WizardEvent, { type: 'act' }>['action']): WizardEvent {
  return { type: 'act', action };
}

describe('an answer in one piece', () => {
  it('is what moving there and Enter would be', () => {
    const start = connect(startWizard());
    const byKeys = press(start, 'down', 'enter');
    const inOnePiece = send(start, answer('preset:production-raft'));
    expect(inOnePiece.draft).toEqual(byKeys.draft);
    expect(inOnePiece.focus).toEqual(byKeys.focus);
  });

  it('that is none of the options is refused', () => {
    const state = send(connect(startWizard()), answer('preset:nonsense'));
    expect(state.focus).toMatchObject({
      step: 'start',
      problem: { message: 'That is not one of the options.' },
    });
  });

  it('goes into the text field, letters of the key map included', () => {
    const state = send(connect(startWizard()), { type: 'act', action: 'back' });
    expect(state.focus.step).toBe('release');
    expect(send(state, answer('review')).draft.release).toBe('review');
    expect(send(state, answer('Not a name')).focus.problem).toBeDefined();
  });

  it('consents to nothing but by the word, where it is asked for', () => {
    const plain = atReview();
    expect(send(plain, answer('y'))).toBe(plain);
    const typed = atReview({ typed: { word: 'prod-eu', why: 'It looks like production.' } });
    expect(send(typed, answer('prod-eu'))).toBe(typed);
    const asked = send(typed, act('consent'));
    expect(send(asked, answer('prod')).phase.name).toBe('review');
    expect(send(asked, answer('prod-eu')).phase.name).toBe('applying');
  });

  it('to the ledger chooses what becomes of the data, and deletes none', () => {
    const ledger = showLedger(startWizard({ draft: { intent: 'uninstall' } }));
    const chosen = send(ledger, answer('delete'));
    expect(chosen.phase).toMatchObject({ name: 'ledger', choice: 'delete' });
    expect(send(chosen, answer('xerv'))).toBe(chosen);
    expect(send(chosen, act('consent'), answer('xerv')).phase).toMatchObject({ name: 'applying' });
  });
});

describe('an action by its name', () => {
  it('does what its key does, also while a text is typed', () => {
    const typing = press(connect(startWizard()), 'shift-tab');
    expect(press(typing, 'v').overlays).toEqual([]);
    expect(send(typing, act('keys')).overlays).toMatchObject([{ kind: 'keys' }]);
    expect(atReview().phase.name).toBe('review');
  });

  it('does nothing where its key does nothing', () => {
    const state = connect(startWizard());
    expect(send(state, act('consent'))).toBe(state);
    expect(send(state, act('diff'))).toBe(state);
  });
});
