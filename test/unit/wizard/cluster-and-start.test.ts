import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reduce.ts';
import { connectKey, wantedOf } from '../../../src/wizard/wanted.ts';
import {
  bodyOf,
  connect,
  live,
  playground,
  press,
  review,
  startWizard,
} from '../../support/wizard.ts';

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
