import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connectKey, wantedOf } from '../../../src/wizard/wanted.ts';
import { connect, press, review, showLedger, startWizard } from '../../support/wizard.ts';
import { finding } from '../../support/wizard-walk.ts';

const problem = { message: 'The cluster cannot be reached.' };

function lose(state: WizardState, looksAgain = true): WizardState {
  return reduce(state, { type: 'lost', since: '14:03', problems: [problem], looksAgain });
}

function looked(state: WizardState): WizardState {
  const key = state.assumed?.key ?? '';
  const look = { state: 'done', findings: [finding('warn')], problems: [] } as const;
  return reduce(state, { type: 'looked', key, look });
}

const kinds = (state: WizardState) => wantedOf(state).map(({ kind }) => kind);
const question = (state: WizardState) => {
  const { body } = viewOf(state);
  if (body.kind !== 'question') throw new Error(body.kind);
  return body;
};
const asking = () => looked(press(connect(startWizard()), 'enter'));
const reviewing = () => review(press(connect(startWizard()), '1', 'r'));

describe('a cluster that has stopped answering', () => {
  it('is told with its time, and what is shown of it as old', () => {
    const lost = lose(asking());
    expect(viewOf(lost).chrome.place).toContain('no answer since 14:03');
    expect(question(lost).problem?.message).toContain('has not answered since 14:03');
    expect(question(lost).findings).toMatchObject({ state: 'known', since: '14:03' });
    expect(question(lost).findings?.findings).toHaveLength(1);
    expect(question(press(lost, 'down')).findings).toMatchObject({ state: 'lost' });
  });

  it('is looked for by itself on the way that is open, and on request on a new one', () => {
    const before = asking();
    const lost = lose(before);
    expect(connectKey(lost)?.key).not.toBe(connectKey(before)?.key);
    expect(lost.attempt).toBe(before.attempt);
    expect(kinds(press(lost, 'down'))).not.toContain('look');
    expect(viewOf(lost).keys[0]).toEqual({ key: 'ctrl-r', does: 'look again' });
    const again = press(lost, 'ctrl-r');
    expect(again.attempt).toBe(before.attempt + 1);
    expect(question(again).findings).toMatchObject({ since: '14:03' });
  });

  it('is not looked for by itself where somebody has to log in', () => {
    const before = asking();
    expect(connectKey(lose(before, false))?.key).toBe(connectKey(before)?.key);
  });

  it('is judged anew once it answers, and nothing is moved', () => {
    const lost = press(lose(asking()), 'down');
    const found = connect(lost);
    expect(found.focus).toMatchObject({ step: lost.focus.step, option: lost.focus.option });
    expect(found.world).toMatchObject({ lostSince: undefined, looks: {} });
    expect(kinds(found)).toContain('look');
    expect(viewOf(found).chrome.place.at(-1)).toBe('Kubernetes 1.33');
    expect(question(found).problem).toBeUndefined();
  });

  it('has a plan that could not be made for that made as soon as it answers', () => {
    const planning = press(connect(startWizard()), '1', 'r');
    const key = planning.phase.name === 'planning' ? planning.phase.id : '';
    const blocked = reduce(lose(planning), { type: 'blocked', key, problems: [problem] });
    expect(viewOf(blocked).body).toMatchObject({ kind: 'blocked', note: expect.any(String) });
    expect(connect(blocked).phase).toMatchObject({ name: 'planning', id: 'plan:2' });
  });

  it('says nothing of another target', () => {
    const lost = lose(press(connect(startWizard()), 'escape'));
    expect(lost.focus.step).toBe('release');
    const other = press(lost, 'ctrl-u', 'other', 'enter');
    expect(other.world).toMatchObject({ connection: 'connecting', lostSince: undefined });
  });
});

describe('a review that is too old', () => {
  const jumped = () => lose(press(reviewing(), '1'));
  const aged = (state: WizardState) => reduce(state, { type: 'aged', id: 'plan:1' });

  it('cannot be applied before another look, once the cluster was away', () => {
    const lost = press(jumped(), 'escape');
    expect(lost.phase.name).toBe('review');
    expect(viewOf(lost).body).toMatchObject({ consent: undefined });
    for (const state of [lost, connect(lost)]) {
      expect(press(state, 'y').phase).toBe(state.phase);
      expect(press(state, 'enter').phase).toBe(state.phase);
      expect(viewOf(state).keys[0]).toEqual({ key: 'r', does: 'look again' });
      expect(press(state, 'r').phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    }
    const { body } = viewOf(lost);
    expect(body).toMatchObject({ noConsent: expect.stringContaining('since 14:03') });
    expect(press(review(press(connect(lost), 'r')), 'y').phase.name).toBe('applying');
  });

  it('cannot be applied before another look, once it has aged', () => {
    expect(wantedOf(reviewing())).toContainEqual({ kind: 'age', key: 'age:plan:1', id: 'plan:1' });
    const old = aged(reviewing());
    expect(kinds(old)).not.toContain('age');
    expect(press(old, 'y').phase.name).toBe('review');
    expect(viewOf(old).body).toMatchObject({ noConsent: expect.stringContaining('Look again') });
    expect(press(review(press(old, 'r')), 'y').phase.name).toBe('applying');
    // Not this one.
    expect(reduce(reviewing(), { type: 'aged', id: 'plan:7' }).outdated).toBeUndefined();
  });

  it('is the same for what is typed, and for an uninstall', () => {
    const typed = { word: 'playground', why: 'It looks like production.' };
    const typing = press(review(press(connect(startWizard()), '1', 'r'), { typed }), 'enter', 'pl');
    expect(press(aged(typing), 'enter').phase.name).toBe('review');
    const ledger = showLedger(press(connect(startWizard({ draft: { intent: 'uninstall' } })), 'r'));
    const kept = press(ledger, 'enter');
    expect(press(kept, 'y').phase.name).toBe('applying');
    const old = aged(kept);
    expect(press(old, 'y').phase.name).toBe('ledger');
    expect(viewOf(old).body).toMatchObject({ noConsent: expect.stringContaining('Look again') });
    expect(press(old, 'r').phase.name).toBe('planning');
  });

  it('has no age where no cluster was seen: it only writes a file', () => {
    const unseen = review(press(connect(startWizard()), '1', 'r'), { plan: undefined });
    expect(kinds(unseen)).not.toContain('age');
  });
});

describe('a cluster that answers', () => {
  it('is looked at again on request, which only the help tells', () => {
    const before = asking();
    const again = press(before, 'ctrl-r');
    expect(again.focus).toEqual(before.focus);
    expect(again.attempt).toBe(before.attempt);
    expect(connectKey(again)?.key).not.toBe(connectKey(before)?.key);
    expect(again.world.looks).toEqual({});
    expect(viewOf(before).keys).not.toContainEqual({ key: 'ctrl-r', does: 'look again' });
  });

  it('is looked at again from a finding, which may have been mended there', () => {
    const explained = press(asking(), 'e');
    expect(viewOf(explained).keys).toContainEqual({ key: 'r', does: 'look again' });
    const again = press(explained, 'r');
    expect(again.overlays).toEqual([]);
    expect(connectKey(again)?.key).not.toBe(connectKey(explained)?.key);
    const reviewed = review(press(connect(startWizard()), '1', 'r'), {
      findings: [finding('fail')],
    });
    expect(press(reviewed, 'e', 'r').phase).toMatchObject({ name: 'planning', id: 'plan:2' });
  });
});
