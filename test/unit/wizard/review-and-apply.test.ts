import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { wantedOf } from '../../../src/wizard/wanted.ts';
import {
  bodyOf,
  connect,
  finish,
  live,
  press,
  review,
  showLedger,
  someLedger,
  startWizard,
} from '../../support/wizard.ts';
import { finding } from '../../support/wizard-walk.ts';

const atReview = (parts: Parameters<typeof review>[1] = {}) =>
  review(press(connect(startWizard()), '2', 'r'), parts);
const usersClaims = someLedger.claims.map((claim) => ({ ...claim, fate: 'untouched' as const }));

describe('consent', () => {
  it('is not given by Enter, by a paste, or by a wrong word', () => {
    const plain = atReview();
    expect(press(plain, 'enter', 'enter').phase.name).toBe('review');
    expect(press(plain, 'yes').phase.name).toBe('review');
    expect(press(plain, 'y').phase.name).toBe('applying');
    const typed = atReview({ typed: { word: 'prod-eu', why: 'It looks like production.' } });
    expect(press(typed, 'y', 'enter').phase.name).toBe('review');
    expect(press(typed, 'y', 'prod', 'enter').phase.name).toBe('review');
    expect(press(typed, 'enter', 'prod-eu', 'enter').phase.name).toBe('applying');
  });

  it('to the deletion of data is the typed name of the release', () => {
    const asked = press(
      showLedger(startWizard({ draft: { intent: 'uninstall' } })),
      'end',
      'enter',
    );
    expect(bodyOf(asked)).toMatchObject({ kind: 'ledger', consent: { word: 'xerv' } });
    expect(press(asked, 'y').phase.name).toBe('ledger');
    expect(press(asked, 'y', 'xerv', 'enter').phase).toMatchObject({
      name: 'applying',
      request: { draft: { data: 'delete' } },
    });
  });

  it.each([
    ['no claims', []],
    ['claims of the user alone', usersClaims],
  ])('to an uninstall is asked for at once where there are %s', (_, claims) => {
    const uninstall = showLedger(press(connect(startWizard(), { live }), '2'), { claims });
    expect(bodyOf(uninstall)).toMatchObject({
      kind: 'ledger',
      options: [],
      consent: { ask: 'Remove release xerv? y/N' },
      command: expect.stringContaining('uninstall'),
    });
    expect(press(uninstall, 'escape').phase.name).toBe('asking');
    expect(press(uninstall, 'y').phase).toMatchObject({
      name: 'applying',
      request: { draft: { data: 'keep' } },
    });
  });

  it('cannot be given where a check failed, before it is mended or let pass', () => {
    const blocked = atReview({ findings: [finding('fail')] });
    expect(press(blocked, 'y').phase.name).toBe('review');
    expect(bodyOf(blocked)).toMatchObject({ consent: undefined });
    const mended = press(blocked, 'e', 'm');
    expect(mended.phase.name).toBe('planning');
    expect(mended.draft).toMatchObject({ answers: { replicas: '3' }, edits: {} });
    const passed = press(blocked, 'c', 'enter', 's', 'two will do', 'enter');
    expect(passed.phase.name).toBe('planning');
    expect(passed.draft.skips).toEqual({ 'XV-205': 'two will do' });
  });

  it('can be given after another look at a cluster in which the failure was mended', () => {
    const blocked = atReview({ findings: [finding('fail')] });
    expect(viewOf(blocked).keys).toContainEqual({ key: 'r', does: 'look again' });
    const again = press(blocked, 'r');
    expect(again.phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    const mended = review(again);
    expect(viewOf(mended).keys.map(({ key }) => key)).not.toContain('r');
    expect(press(mended, 'r')).toBe(mended);
  });

  it('is not asked for where nothing would change', () => {
    const state = atReview({ changesNothing: true });
    expect(press(state, 'y').phase.name).toBe('review');
    expect(press(state, 'enter').phase).toMatchObject({ name: 'left', why: 'nothing-to-do' });
  });
});

describe('a plan', () => {
  it('that answers what is wanted no longer changes nothing', () => {
    const planning = press(connect(startWizard()), '2', 'r');
    const again = press(planning, 'escape', 'r');
    expect(again.phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    expect(review(again, { id: 'plan:1' })).toBe(again);
  });

  it('that could not be made can be tried again', () => {
    const planning = press(connect(startWizard()), '2', 'r');
    const blocked = reduce(planning, {
      type: 'blocked',
      key: 'plan:1',
      problems: [{ message: 'No access.' }],
    });
    expect(bodyOf(blocked)).toMatchObject({ kind: 'blocked' });
    expect(press(blocked, 'enter').phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    expect(press(blocked, 'escape').phase.name).toBe('asking');
  });

  it('is gone back to from an answer that was only looked at, and made anew from another', () => {
    const jumped = press(atReview(), '2');
    expect(jumped.focus.step).toBe('backend');
    expect(press(jumped, 'escape').phase.name).toBe('review');
    const changed = press(jumped, 'end', 'enter');
    expect(changed.draft.answers).toMatchObject({ backend: 'nats' });
    expect(changed.phase.name).toBe('asking');
  });
});

describe('an apply', () => {
  const applying = press(atReview(), 'y');

  it('is stopped by the first Ctrl+C and left by the second', () => {
    const stopping = press(applying, 'ctrl-c');
    expect(stopping.phase).toMatchObject({ name: 'applying', stopping: true });
    expect(wantedOf(stopping).map(({ kind }) => kind)).not.toContain('apply');
    expect(press(stopping, 'ctrl-c').phase).toMatchObject({ name: 'left', why: 'forced' });
    expect(press(finish(stopping, 'cancelled'), 'ctrl-c').phase).toMatchObject({ why: 'ended' });
  });

  it('keeps a transcript of what is done', () => {
    const done = reduce(applying, {
      type: 'release',
      event: { type: 'step', step: 'values written', state: 'done' },
    });
    expect(viewOf(done).transcript).toEqual([{ text: 'values written', tone: 'good' }]);
    expect(viewOf(finish(done)).transcript).toHaveLength(1);
  });

  const failed = finish(applying, 'failed', {
    diagnoses: [
      {
        cause: 'image-pull',
        object: 'Pod xerv-0',
        message: 'its image cannot be pulled',
        evidence: [],
        next: '',
      },
    ],
  });

  it('that failed for its image is tried again with another', () => {
    const body = bodyOf(failed);
    expect(body.kind === 'end' && body.options[0]?.label).toBe('Choose another image');
    const asked = press(failed, 'enter');
    expect(asked.focus.step).toBe('image');
    expect(press(asked, 'escape').phase.name).toBe('ended');
    const again = press(asked, 'ctrl-u', 'ghcr.io/ml-rust/xerv:0.1.1', 'enter');
    expect(again.phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    expect(again.draft.answers.image).toBe('ghcr.io/ml-rust/xerv:0.1.1');
  });

  it('that stopped before helm was started is tried again: there is nothing to undo', () => {
    const options = (state: WizardState) => {
      const body = bodyOf(state);
      return body.kind === 'end' && body.options.map(({ value }) => value);
    };
    expect(options(finish(applying, 'failed'))).toEqual(['retry', 'change', 'keep']);
    const begun = reduce(applying, {
      type: 'release',
      event: { type: 'step', step: '3 objects applied by helm', state: 'started' },
    });
    expect(options(finish(begun, 'failed'))).toContain('uninstall');
  });

  it('that failed can be looked at with the command that is shown', () => {
    const options = bodyOf(failed);
    const keep = options.kind === 'end' && options.options.findIndex((o) => o.value === 'keep');
    const left = press(failed, ...Array<string>(Number(keep)).fill('down'), 'enter');
    expect(bodyOf(left)).toMatchObject({
      next: ['kubectl --context playground -n xerv describe pod xerv-0'],
    });
  });
});

describe('Enter where y is asked for', () => {
  it.each([
    ['a review', atReview()],
    ['a ledger', press(showLedger(press(connect(startWizard(), { live }), '2')), 'enter')],
  ])('at %s changes nothing, and says what does', (_, state) => {
    const entered = press(state, 'enter');
    expect(entered.phase).toBe(state.phase);
    expect(bodyOf(entered)).toMatchObject({
      problem: { message: 'Press y to go on; Enter alone changes nothing.' },
    });
    expect(press(entered, 'y').phase.name).toBe('applying');
  });
});
