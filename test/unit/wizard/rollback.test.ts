import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { wantedOf } from '../../../src/wizard/wanted.ts';
import { connect, finish, press, review, someReview, startWizard } from '../../support/wizard.ts';

const live = { revision: 3, values: { replicaCount: 3 } };
const changed = press(connect(startWizard(), { live }), 'enter', 'enter', 'r');
const { plan } = someReview;
const begun = reduce(press(review(changed, { ranBefore: 3 }), 'y'), {
  type: 'release',
  event: { type: 'step', step: '3 objects applied by helm', state: 'started' },
});
const failed = finish(begun, 'failed');

/** Moves to the option of that value, and takes it. */
function choose(state: typeof failed, value: string) {
  const { body } = viewOf(state);
  const options = body.kind === 'end' ? body.options : [];
  const place = options.findIndex((option) => option.value === value);
  return press(state, ...Array<string>(place).fill('down'), 'enter');
}

describe('going back after a change that failed', () => {
  const asked = choose(failed, 'rollback');
  const shown = review(asked, { plan: plan && { ...plan, action: 'rollback' }, writes: [] });

  it('is looked at first, and its review has no answers to change', () => {
    expect(wantedOf(asked)).toContainEqual(
      expect.objectContaining({
        kind: 'plan',
        request: expect.objectContaining({ rollbackTo: 3 }),
      }),
    );
    expect(viewOf(shown)).toMatchObject({
      chrome: { title: 'rollback' },
      body: {
        kind: 'review',
        status: 'nothing has changed yet',
        answers: [],
        command: 'helm rollback xerv 3 --kube-context playground -n xerv',
        consent: { ask: 'Go back to revision 3? y/N' },
      },
    });
    for (const key of ['1', 'a', 'v']) expect(press(shown, key)).toBe(shown);
  });

  it.each(['escape', 'shift-tab', 'n'])('%s leads to the failure again', (key) => {
    expect(press(shown, key).phase).toBe(failed.phase);
  });

  it('is carried out only after consent', () => {
    expect(press(shown, 'enter').phase.name).toBe('review');
    const applying = press(shown, 'y');
    expect(wantedOf(applying)).toContainEqual(expect.objectContaining({ kind: 'apply' }));
    expect(viewOf(applying).body).toMatchObject({ title: 'Going back with xerv' });
    // Another try is the change again, not the way back.
    const again = choose(finish(applying, 'failed'), 'retry');
    expect(again.phase).not.toHaveProperty('request.rollbackTo');
  });

  it('is not offered where nothing ran before', () => {
    const first = press(connect(startWizard()), '2', 'r');
    const { body } = viewOf(finish(press(review(first), 'y'), 'failed'));
    expect(body.kind === 'end' && body.options.map(({ value }) => value)).not.toContain('rollback');
  });

  it('is offered only where a revision is known to have run', () => {
    const { body } = viewOf(finish(press(review(changed), 'y'), 'failed'));
    const values = body.kind === 'end' ? body.options.map(({ value }) => value) : [];
    expect(values).not.toContain('rollback');
  });
});
