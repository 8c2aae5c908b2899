import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connectKey, wantedOf } from '../../../src/wizard/wanted.ts';
import { connect, press, review, startWizard } from '../../support/wizard.ts';

const problem = { message: 'The cluster cannot be reached.' };
const live = { revision: 3, values: { replicaCount: 3 } } as const;

function lose(state: WizardState, looksAgain = true): WizardState {
  const key = connectKey(state)?.key ?? '';
  const world = { connection: 'offline', problems: [problem], looksAgain } as const;
  return reduce(state, { type: 'world', key, world });
}

const offline = () => lose(startWizard());
const unseenReview = () => review(press(offline(), '1', 'r'), { plan: undefined });
const kinds = (state: WizardState) => wantedOf(state).map(({ kind }) => kind);
const keysOf = (state: WizardState) => viewOf(state).keys;

describe('a cluster that cannot be reached', () => {
  it('is looked for again on request; what is typed meanwhile stays', () => {
    const typing = press(offline(), 'escape', 'ctrl-u', 'elsewhere');
    expect(typing.focus).toMatchObject({ step: 'release', text: 'elsewhere' });
    expect(keysOf(typing)[0]).toEqual({ key: 'ctrl-r', does: 'look again' });
    const again = press(typing, 'ctrl-r');
    expect(again.focus).toEqual(typing.focus);
    expect(again.world).toMatchObject({ connection: 'connecting', problems: [] });
    expect(connectKey(again)?.key).not.toBe(connectKey(typing)?.key);
    expect(kinds(again)).toEqual(expect.arrayContaining(['contexts', 'connect']));
    expect(keysOf(again)).not.toContainEqual({ key: 'ctrl-r', does: 'look again' });
    expect(press(again, 'ctrl-r')).toBe(again);
  });

  it('tells the search that was given up nothing more', () => {
    const key = connectKey(offline())?.key ?? '';
    const again = press(offline(), 'ctrl-r');
    const late = { connection: 'offline', problems: [problem], looksAgain: true } as const;
    expect(reduce(again, { type: 'world', key, world: late })).toBe(again);
  });

  it('is looked for also where no kubeconfig named one', () => {
    const none = { contexts: [], connection: 'offline', problems: [problem] } as const;
    const again = press(startWizard({ world: none }), 'ctrl-r');
    expect(kinds(again)).toContain('contexts');
    expect(kinds(again)).not.toContain('connect');
    expect(again.world.connection).toBe('connecting');
  });

  it('says whether it is looked for by itself', () => {
    const findings = (state: WizardState) => {
      const { body } = viewOf(state);
      return body.kind === 'question' ? body.findings?.state : undefined;
    };
    expect(findings(offline())).toBe('awaited');
    expect(findings(lose(startWizard(), false))).toBe('offline');
  });
});

describe('a cluster that answers at last', () => {
  it('moves nothing that is looked at, and has its question asked with the next key', () => {
    const found = connect(offline(), { live });
    expect(found.focus).toMatchObject({ step: 'start', option: 'preset:evaluation' });
    const next = press(found, 'enter');
    expect(next.focus.step).toBe('intent');
    expect(next.draft.presets).toEqual(['evaluation']);
  });

  it('has its question asked at once where it was looked for', () => {
    expect(connect(press(offline(), 'ctrl-r'), { live }).focus.step).toBe('intent');
  });

  it('changes no review, and no consent to it', () => {
    const before = unseenReview();
    expect(viewOf(before).body).toMatchObject({ problem });
    const found = connect(before, { live });
    expect(found.phase).toBe(before.phase);
    expect(viewOf(found).body).toMatchObject({
      will: [{ text: expect.stringContaining('the cluster answers now') }],
      consent: { ask: 'Write the values file? y/N' },
    });
    expect(press(found, 'r').focus.step).toBe('intent');
    expect(press(connect(before), 'r').phase.name).toBe('planning');
  });

  it('has a plan that waits for it, or could not be made, made anew', () => {
    const planning = press(offline(), '1', 'r');
    expect(connect(planning).phase).toMatchObject({ name: 'planning', id: 'plan:2' });
    const key = planning.phase.name === 'planning' ? planning.phase.id : '';
    const blocked = reduce(planning, { type: 'blocked', key, problems: [problem] });
    expect(connect(blocked).phase).toMatchObject({ name: 'planning', id: 'plan:2' });
  });
});

it('a plan that is tried again looks for the cluster first', () => {
  const again = press(unseenReview(), 'r');
  expect(again.phase.name).toBe('planning');
  expect(again.world.connection).toBe('connecting');
  expect(kinds(again)).toEqual(expect.arrayContaining(['contexts', 'connect', 'plan']));
});
