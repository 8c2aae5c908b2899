import { describe, expect, it } from 'vitest';
import { initialState } from '../../../src/wizard/initial.ts';
import { parseSession } from '../../../src/wizard/parse-session.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import { keptSession } from '../../../src/wizard/session.ts';
import { connectKey, wantedOf } from '../../../src/wizard/wanted.ts';
import { chartSchema } from '../../support/chart-schema.ts';
import { connect, press, startWizard } from '../../support/wizard.ts';

const kept = keptSession(
  startWizard({
    draft: { presets: ['production-raft'], answers: { replicas: '7' }, data: 'delete' },
  }),
);

describe('a kept session', () => {
  it('is read again as it was, but for the wish to delete data', () => {
    expect(parseSession(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(kept.draft.data).toBe('keep');
  });

  it('goes on with the cluster that it was about, whichever is the current one now', () => {
    const asked = connect(press(connect(startWizard()), '2'));
    const saved = parseSession(JSON.parse(JSON.stringify(keptSession(asked))));
    expect(saved?.draft.context).toBe('playground');
    const contexts = ['other', 'playground'].map((name, index) => ({
      name,
      server: `https://${name}`,
      isCurrent: index === 0,
      looksLikeProduction: false,
    }));
    const resumed = startWizard({ saved, resume: true, world: { contexts } });
    expect(connectKey(resumed)?.context).toBe('playground');
    const old = { ...kept, draft: { ...kept.draft, context: undefined } };
    const named = startWizard({ saved: old, resume: true, draft: { context: 'other' } });
    expect(connectKey(named)?.context).toBe('other');
  });

  it('drops questions that are gone, and whatever holds a password', () => {
    const session = parseSession({
      ...kept,
      draft: {
        ...kept.draft,
        files: ['-', './values.yaml'],
        answers: { replicas: '7', gone: 'x', 'redis-url': 'redis://u:secret@host' },
        edits: {
          replicaCount: '3',
          'dispatch.redis.url': '"redis://u:secret@host"',
          'a.password': '"secret"',
          broken: '{',
        },
      },
    });
    expect(session?.draft).toMatchObject({
      files: ['./values.yaml'],
      answers: { replicas: '7' },
      edits: { replicaCount: '3' },
    });
    expect(JSON.stringify(session)).not.toContain('secret');
  });

  it.each([undefined, null, 'text', {}, { ...kept, version: 2 }, { ...kept, more: 1 }])(
    'is not made of %o',
    (other) => {
      expect(parseSession(other)).toBeUndefined();
    },
  );

  it('of another namespace knows nothing of the release that was seen here', () => {
    const saved = { ...kept, step: 'replicas', draft: { ...kept.draft, namespace: 'other' } };
    const live = { revision: 3, values: { replicaCount: 3 } } as const;
    const asked = connect(startWizard({ saved }), { live });
    const resumed = press(asked, 'enter');
    expect(resumed.world).toMatchObject({ connection: 'connecting', live: undefined, facts: {} });
    expect(resumed.focus.step).toBe('replicas');
    const { key = '' } = connectKey(resumed) ?? {};
    const early = reduce(resumed, { type: 'world', key, world: { kubernetes: '1.33' } });
    expect(early.focus.step).toBe('replicas');
    expect(connect(early).focus.step).toBe('replicas');
  });

  it.each([true, false])(
    'stays where it was left when the cluster answers (--resume: %s)',
    (resume) => {
      const saved = { ...kept, step: 'replicas' };
      const started = startWizard({ saved, resume });
      const resumed = resume ? started : press(started, 'enter');
      expect(resumed.focus.step).toBe('replicas');
      expect(connect(resumed).focus.step).toBe('replicas');
      const live = { revision: 3, values: { replicaCount: 3 } } as const;
      expect(connect(resumed, { live }).focus.step).toBe('intent');
    },
  );

  it('asks no more about a release that has gone', () => {
    const found = connect(startWizard(), {
      live: { revision: 3, values: { replicaCount: 3 } },
    });
    expect(found.focus.step).toBe('intent');
    expect(connect(found, { live: undefined }).focus.step).toBe('start');
  });

  it('is offered first, and gone on with where it was left', () => {
    const saved = { ...kept, step: 'replicas' };
    const asked = connect(startWizard({ saved }));
    expect(asked.focus.step).toBe('resume');
    const resumed = press(asked, 'enter');
    expect(resumed.focus.step).toBe('replicas');
    expect(resumed.draft).toEqual(kept.draft);
    const fresh = press(asked, 'down', 'enter');
    expect(fresh.focus.step).toBe('start');
    expect(fresh.draft.presets).toEqual([]);
  });

  it('is gone on with unasked', () => {
    const state = initialState({
      schema: chartSchema,
      saved: { ...kept, step: 'backend' },
      resume: true,
    });
    expect(state.focus.step).toBe('backend');
    expect(state.saved).toBeUndefined();
  });

  it('of an uninstall leads to its ledger', () => {
    const draft = { ...kept.draft, intent: 'uninstall' as const };
    const saved = { ...kept, step: 'intent', draft };
    const asked = connect(startWizard({ draft: { intent: 'uninstall' }, saved }), {
      live: { revision: 1, values: {} },
    });
    expect(asked.focus.step).toBe('resume');
    const wanted = (state: Parameters<typeof wantedOf>[0]) =>
      wantedOf(state).find(({ kind }) => kind === 'plan');
    expect(wanted(press(asked, 'enter'))).toMatchObject({ request: { draft } });
    expect(wanted(startWizard({ saved, resume: true }))).toMatchObject({ request: { draft } });
  });

  it('is wanted as soon as there is something to keep', () => {
    const kinds = (state: Parameters<typeof wantedOf>[0]) =>
      wantedOf(state).map(({ kind }) => kind);
    expect(kinds(startWizard())).not.toContain('save');
    expect(kinds(press(startWizard(), '2'))).toContain('save');
  });
});

describe('flags beside a kept session', () => {
  const draft = { answers: { image: 'ghcr.io/ml-rust/xerv:0.1.1' }, edits: { port: '9090' } };
  const expected = {
    presets: ['production-raft'],
    answers: { replicas: '7', image: 'ghcr.io/ml-rust/xerv:0.1.1' },
    edits: { port: '9090' },
  };

  it('are not lost where it is gone on with', () => {
    const asked = connect(startWizard({ draft, saved: kept }));
    expect(asked.focus.step).toBe('resume');
    expect(press(asked, 'enter').draft).toMatchObject(expected);
    expect(startWizard({ draft, saved: kept, resume: true }).draft).toMatchObject(expected);
  });

  it('are the newer word', () => {
    const newer = { answers: { replicas: '5' }, presets: ['evaluation'] };
    expect(startWizard({ draft: newer, saved: kept, resume: true }).draft).toMatchObject(newer);
  });
});
