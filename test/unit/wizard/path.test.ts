import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { wantedOf } from '../../../src/wizard/wanted.ts';
import { connect, finish, press, review, showLedger, startWizard } from '../../support/wizard.ts';

const kindsOf = (state: Parameters<typeof wantedOf>[0]) => wantedOf(state).map(({ kind }) => kind);

describe('the shortest way through', () => {
  it('installs a preset with three keys', () => {
    const begun = startWizard();
    expect(begun.focus.step).toBe('start');
    expect(kindsOf(begun)).toEqual(['connect']);

    const planning = press(connect(begun), '2', 'r');
    expect(planning.phase).toMatchObject({ name: 'planning', id: 'plan:1' });
    expect(kindsOf(planning)).toEqual(['connect', 'plan', 'save']);

    const reviewed = review(planning);
    expect(viewOf(reviewed).body).toMatchObject({
      kind: 'review',
      command: expect.stringMatching(/install --preset production-raft .*-n xerv/),
      consent: { ask: 'Install it? y/N' },
    });

    const applying = press(reviewed, 'y');
    expect(applying.phase).toMatchObject({ name: 'applying', id: 'plan:1' });
    expect(kindsOf(applying)).toEqual(['connect', 'apply', 'save']);

    const ended = finish(applying);
    expect(kindsOf(ended)).toEqual(['connect', 'forget']);
    expect(press(ended, 'enter').phase).toMatchObject({ name: 'left', why: 'ended' });
  });

  it('takes keys that came together one by one', () => {
    expect(press(connect(startWizard()), '2r').phase.name).toBe('planning');
  });

  it('removes a release and keeps its data', () => {
    const planning = startWizard({ draft: { intent: 'uninstall' } });
    expect(kindsOf(planning)).toEqual(['connect', 'plan']);
    const asked = press(showLedger(planning), 'enter');
    expect(viewOf(asked).body).toMatchObject({ consent: { ask: 'Remove release xerv? y/N' } });
    expect(press(asked, 'enter').phase.name).toBe('ledger');
    expect(press(asked, 'y').phase).toMatchObject({
      name: 'applying',
      request: { draft: { data: 'keep' } },
    });
  });
});
