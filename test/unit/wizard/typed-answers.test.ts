import { describe, expect, it } from 'vitest';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { bodyOf, connect, press, startWizard } from '../../support/wizard.ts';

describe('an option that cannot work', () => {
  const scaled = startWizard({ draft: { answers: { replicas: '5', backend: 'raft' } } });

  it('is explained when chosen, and mended with its answer', () => {
    const asked = press({ ...scaled }, 'enter');
    expect(asked.focus.step).toBe('backend');
    const blocked = press(asked, 'home', 'enter');
    expect(blocked.overlays).toMatchObject([{ kind: 'finding', finding: { check: 'XV-203' } }]);
    const mended = press(blocked, 'm');
    expect(mended.overlays).toEqual([]);
    expect(mended.derived.replay.values).toMatchObject({
      replicaCount: 1,
      dispatch: { backend: 'memory' },
    });
    expect(mended.focus.step).not.toBe('backend');
  });
});

describe('the advanced view', () => {
  const open = press(connect(startWizard()), '2', 'a');

  it('finds a value, and takes it only as the schema has it', () => {
    const asked = press(open, 'terminationGrace', 'enter');
    const body = bodyOf(asked);
    expect(body).toMatchObject({ kind: 'question', title: 'terminationGracePeriodSeconds' });
    const wrong = press(asked, 'ctrl-u', 'soon', 'enter');
    expect(bodyOf(wrong)).toMatchObject({
      problem: { message: expect.stringContaining('must be') },
    });
    const right = press(asked, 'ctrl-u', '77', 'enter');
    expect(right.draft.edits).toEqual({ terminationGracePeriodSeconds: '77' });
    expect(right.derived.replay.values.terminationGracePeriodSeconds).toBe(77);
  });

  it('says what Esc does: first it takes the filter away, then it closes', () => {
    const esc = (state: WizardState) =>
      viewOf(state).keys.find(({ key }) => key === 'escape')?.does;
    const filtered = press(open, 'replica');
    expect(esc(filtered)).toBe('all of them');
    const all = press(filtered, 'escape');
    expect(esc(all)).toBe('close');
    expect(press(all, 'escape').overlays).toEqual([]);
  });

  it('refuses a password', () => {
    const asked = press(open, 'dispatch.redis.url', 'enter');
    const state = press(asked, 'ctrl-u', 'redis://u:hunter2@host', 'enter');
    expect(state.draft.edits).toEqual({});
    expect(state.overlays).toHaveLength(2);
  });

  it('wins over the answers of before, and later answers over it', () => {
    const edited = press(open, 'replicaCount', 'enter', 'ctrl-u', '9', 'enter', 'escape', 'escape');
    expect(edited.derived.replay.values.replicaCount).toBe(9);
    const replicas = press(edited, 'enter');
    expect(replicas.focus.step).toBe('replicas');
    const answered = press(replicas, 'end', 'ctrl-u', '7', 'enter');
    expect(answered.draft.edits).toEqual({});
    expect(answered.derived.replay.values.replicaCount).toBe(7);
  });

  it('takes back what was said of a value by leaving it empty', () => {
    const before = open.derived.replay.values;
    for (const path of ['replicaCount', 'terminationGracePeriodSeconds']) {
      const edited = press(open, path, 'enter', 'ctrl-u', '9', 'enter');
      expect(edited.derived.replay.values).not.toEqual(before);
      const back = press(edited, 'enter', 'ctrl-u', 'enter');
      expect(back.derived.replay.values).toEqual(before);
      expect(back.draft).toMatchObject({ answers: {}, edits: {} });
    }
  });
});

describe('a digit', () => {
  const asked = press(connect(startWizard()), '2', 'enter');

  it('is the answer where a number is asked for, and not the number of an option', () => {
    expect(asked.focus.step).toBe('replicas');
    const typed = press(asked, '3');
    expect(typed.focus).toMatchObject({ step: 'replicas', text: '3' });
    expect(press(typed, 'enter').draft.answers.replicas).toBe('3');
    expect(press(asked, '17', 'enter').draft.answers.replicas).toBe('17');
  });

  it('begins anew where a number stands that nobody typed, and adds to what was moved in', () => {
    const given = startWizard({ draft: { answers: { replicas: '4', backend: 'raft' } } });
    const field = press(connect(given), 'enter', 'enter');
    expect(field.focus.step).toBe('replicas');
    expect(press(field, '9', '1').focus.text).toBe('91');
    expect(press(field, 'end', '1').focus.text).toBe('41');
    expect(press(field, 'backspace', '6').focus.text).toBe('6');
  });

  it('chooses an option where there is nothing to type', () => {
    expect(press(connect(startWizard()), '1').draft.presets).toEqual(['evaluation']);
  });
});

describe('a URL that XERV cannot run without', () => {
  const chosen = () => connect(startWizard({ draft: { answers: { backend: 'redis' } } }));
  const problem = { message: 'XERV needs the Redis URL, or a Secret that holds it.' };

  it('is asked for on the way to the review, and cannot be left empty', () => {
    const asked = press(chosen(), 'enter', 'r');
    expect(asked.focus).toMatchObject({ step: 'redis-url', problem });
    expect(press(asked, 'enter').focus).toMatchObject({ step: 'redis-url', problem });
    const typed = press(asked, 'redis://redis:6379', 'enter');
    expect(typed.focus.step).not.toBe('redis-url');
    expect(press(typed, 'r').phase.name).toBe('planning');
    const secret = press(asked, 'redis://:hunter2hunter2@redis:6379', 'tab');
    expect(secret.phase.name).toBe('planning');
  });

  it('is not asked for where a Secret or a preset has it', () => {
    const answers = { backend: 'redis', 'redis-secret': 'credentials' };
    expect(press(connect(startWizard({ draft: { answers } })), 'enter', 'r').phase.name).toBe(
      'planning',
    );
  });
});
