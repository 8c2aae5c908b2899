import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connectKey, wantedOf } from '../../../src/wizard/wanted.ts';
import {
  connect,
  finish,
  playground,
  press,
  review,
  showLedger,
  someLedger,
  startWizard,
} from '../../support/wizard.ts';
import { finding } from '../../support/wizard-walk.ts';

const live = { revision: 3, values: { replicaCount: 3, dispatch: { backend: 'raft' } } };
const atReview = (parts: Parameters<typeof review>[1] = {}) =>
  review(press(connect(startWizard()), '2', 'r'), parts);
const bodyOf = (state: WizardState) => viewOf(state).body;

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

describe('a release that runs', () => {
  const found = connect(startWizard(), { live });

  it('is asked about first, unless something was done already', () => {
    expect(found.focus.step).toBe('intent');
    const busy = press(startWizard(), 'down');
    expect(connect(busy, { live }).focus.step).toBe('start');
    expect(press(connect(busy, { live }), 'enter', 'r').focus.step).toBe('intent');
  });

  it('is where a change starts, and what differs is marked', () => {
    const started = press(found, 'enter', 'enter');
    expect(started.derived.replay.values.replicaCount).toBe(3);
    expect(started.draft).toMatchObject({ intent: 'change', presets: [], resetValues: false });
    const raft = bodyOf(started);
    expect(raft.kind === 'question' && raft.options.find(({ isLive }) => isLive)?.value).toBe(
      'raft',
    );
    const changed = review(press(started, 'enter', '5', 'enter', 'r'));
    const body = bodyOf(changed);
    expect(changed.derived.replay.layers).toHaveLength(1);
    expect(body).toMatchObject({ kind: 'review', command: expect.stringContaining('upgrade') });
    expect(body.kind === 'review' && body.answers.find(({ isChanged }) => isChanged)?.label).toBe(
      'Backend',
    );
  });

  it('can be left beside another', () => {
    expect(press(found, 'end', 'enter').focus.step).toBe('release');
    const other = press(found, 'end', 'enter', 'ctrl-u', 'other', 'enter');
    expect(other.draft.release).toBe('other');
    expect(other.world.live).toBeUndefined();
  });
});

describe('another cluster', () => {
  const prod = { ...playground, name: 'prod', isCurrent: false, looksLikeProduction: true };

  it('is asked for where there are several, and what was seen of the one before is dropped', () => {
    const start = connect(startWizard({ world: { contexts: [playground, prod] } }), { live });
    expect(start.focus.step).toBe('context');
    const before = connectKey(start);
    const chosen = press(start, 'down', 'enter');
    expect(chosen.world).toMatchObject({ connection: 'connecting', live: undefined });
    const late = reduce(chosen, { type: 'world', key: before?.key ?? '', world: { live } });
    expect(late).toBe(chosen);
    const same = press(start, 'enter');
    expect(same.world.live).toEqual(live);
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

describe('the cluster', () => {
  const others = ['first', 'second'].map((name) => ({ ...playground, name, isCurrent: false }));

  it('that is looked at before it is chosen stays connected, and what runs there is seen', () => {
    const asked = connect(startWizard({ world: { contexts: others } }), { live });
    expect(asked.focus.step).toBe('context');
    const chosen = press(asked, 'enter');
    expect(chosen.draft.context).toBe('first');
    expect(chosen.world).toMatchObject({ connection: 'connected', live });
    expect(chosen.focus.step).toBe('intent');
    const other = press(asked, '2');
    expect(other.world).toMatchObject({ connection: 'connecting', live: undefined });
    expect(connectKey(other)?.key).not.toBe(connectKey(asked)?.key);
  });

  it('that there is none of stays so with another namespace', () => {
    const world = { contexts: [], connection: 'offline' as const };
    const asked = press(startWizard({ world }), 'escape', 'escape');
    expect(asked.focus.step).toBe('namespace');
    const named = press(asked, 'ctrl-u', 'other', 'enter');
    expect(named).toMatchObject({
      draft: { namespace: 'other' },
      world: { connection: 'offline' },
    });
  });
});

describe('a values file', () => {
  it('is waited for, and what is wrong with it told', () => {
    const asked = press(connect(startWizard()), 'end', 'enter');
    expect(asked.focus.step).toBe('file');
    const waiting = press(asked, './mine.yaml', 'enter');
    expect(wantedOf(waiting)).toContainEqual({
      kind: 'read',
      key: 'read:./mine.yaml',
      path: './mine.yaml',
    });
    const problem = { message: 'There is no such file.' };
    const failed = reduce(waiting, {
      type: 'file',
      path: './mine.yaml',
      read: { state: 'failed', problem },
    });
    expect(bodyOf(failed)).toMatchObject({ problem });
    const read = reduce(waiting, {
      type: 'file',
      path: './mine.yaml',
      read: { state: 'read', values: { replicaCount: 4 } },
    });
    expect(read.focus.step).toBe('backend');
    expect(read.derived.replay.values.replicaCount).toBe(4);
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
