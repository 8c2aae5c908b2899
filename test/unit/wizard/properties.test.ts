import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';
import { commandOf } from '../../../src/wizard/command.ts';
import { consentOf } from '../../../src/wizard/consent.ts';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import { replay } from '../../../src/wizard/replay.ts';
import { requestOf } from '../../../src/wizard/request.ts';
import { keptSession } from '../../../src/wizard/session.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { wantedOf } from '../../../src/wizard/wanted.ts';
import { connect, press, startWizard } from '../../support/wizard.ts';
import {
  ctrlC,
  type Happening,
  happen,
  someKey,
  someNews,
  someProgress,
} from '../../support/wizard-walk.ts';

const something = fc.oneof(
  { weight: 5, arbitrary: someKey },
  { weight: 1, arbitrary: someNews },
  { weight: 2, arbitrary: someProgress },
);

/** Whether this event, in this state, says yes in the way that is asked for. */
function isConsent(state: WizardState, event: WizardEvent): boolean {
  const consent = consentOf(state);
  if (!consent || event.type !== 'key') return false;
  if (consent.word === undefined) return event.key.name === 'text' && event.key.text === 'y';
  return event.key.name === 'enter' && state.focus.text?.trim() === consent.word;
}

/** One thing happens; a wizard that was left begins anew. */
function step(state: WizardState, happening: Happening): WizardState {
  if (state.phase.name === 'left') return connect(startWizard());
  const event = happening(state);
  const next = reduce(state, event);
  viewOf(next);
  const isNew = next.phase.name === 'applying' && state.phase.name !== 'applying';
  if (isNew) {
    expect(['review', 'ledger']).toContain(state.phase.name);
    expect(isConsent(state, event)).toBe(true);
  }
  const applies = wantedOf(next).some(({ kind }) => kind === 'apply');
  expect(applies).toBe(next.phase.name === 'applying' && !next.phase.stopping);
  return next;
}

describe('whatever happens', () => {
  // 5 sequences of 2000 keys and news; each wizard that is left is followed by a new one.
  it('nothing is thrown, and nothing applied without consent', { timeout: 300_000 }, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(something, { minLength: 2000, maxLength: 2000, size: 'max' }),
        (happenings) => {
          const end = happenings.reduce((state, happening) => {
            const next = step(state, happening);
            seen.add(next.phase.name);
            return next;
          }, connect(startWizard()));
          expect(happen(end, [ctrlC, ctrlC]).phase.name).toBe('left');
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
    // Otherwise the walks prove nothing.
    const phases = [
      'asking',
      'planning',
      'blocked',
      'review',
      'ledger',
      'applying',
      'ended',
      'left',
    ];
    expect([...seen].sort()).toEqual(phases.sort());
  });

  it('it can be left, with two Ctrl+C or with some Esc', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(something, { maxLength: 60 }), (happenings) => {
        const state = happen(connect(startWizard()), happenings);
        expect(happen(state, [ctrlC, ctrlC]).phase.name).toBe('left');
        const escaped = press(state, ...Array<string>(60).fill('escape'));
        expect(['left', 'applying', 'ended']).toContain(escaped.phase.name);
      }),
      { numRuns: 60 },
    );
  });
});

describe('answers', () => {
  it('back and forward is the identity', { timeout: 120_000 }, () => {
    const moves = fc.array(
      fc.constantFrom('down', 'up', 'enter', 'enter', 'enter', '1', '2', '3'),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(moves, (keys) => {
        const state = press(connect(startWizard()), ...keys);
        fc.pre(state.phase.name === 'asking' && state.overlays.length === 0);
        const back = press(state, 'escape');
        fc.pre(back.phase.name === 'asking' && !isBlocked(back));
        const forward = press(back, 'enter');
        expect(forward.focus.step).toBe(state.focus.step);
        expect(forward.draft).toEqual(state.draft);
      }),
      { numRuns: 60 },
    );
  });

  it('what is hidden is kept and not applied', { timeout: 120_000 }, () => {
    const { schema, chartDefaults } = startWizard();
    const input = { schema, chartDefaults, live: [], start: [], secrets: {}, edits: {}, facts: {} };
    const values = fc.constantFrom(...candidates);
    const answers = fc.dictionary(fc.constantFrom(...questions.map(({ id }) => id)), values);
    fc.assert(
      fc.property(answers, (given) => {
        const all = replay({ ...input, answers: given });
        const inForce = all.answers.filter(({ isSuggested }) => !isSuggested).map(({ id }) => id);
        // One that is refused leaves no room for a suggestion either.
        const said = [...inForce, ...all.refused.map(({ id }) => id)];
        const rest = Object.fromEntries(said.map((id) => [id, given[id] ?? '']));
        const alone = replay({ ...input, answers: rest });
        expect(alone.layers).toEqual(all.layers);
        expect(alone.effective).toEqual(all.effective);
        for (const id of inForce) {
          const question = questions.find((one) => one.id === id);
          const before = all.before[id];
          if (before) expect(question?.when?.(before) ?? true).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const candidates = [
  ...new Set(['', '3', '50Gi', 'name', ...questions.flatMap(({ choices = [] }) => choices)]),
];

function isBlocked(state: WizardState): boolean {
  return state.derived.options.some(({ blockedBy }) => blockedBy !== undefined);
}

describe('a secret', () => {
  const secret = 'redis://user:hunter2hunter2@redis:6379';
  it('is seen nowhere, while it is typed and after', { timeout: 120_000 }, () => {
    const atUrl = goToUrl(connect(startWizard({ draft: { answers: { backend: 'redis' } } })));
    expect(atUrl.focus.step).toBe('redis-url');
    const typed = [...secret].reduce(
      (state, text) => {
        const next = press(state, text);
        expectHidden(next);
        return next;
      },
      press(atUrl, 'end', 'ctrl-u'),
    );
    fc.assert(
      fc.property(fc.array(something, { maxLength: 40 }), (happenings) => {
        let state = press(typed, 'enter');
        expect(state.secrets['redis-url']?.reveal()).toBe(secret);
        for (const happening of happenings) {
          state = reduce(state, happening(state));
          expectHidden(state);
        }
      }),
      { numRuns: 25 },
    );
  });

  function goToUrl(state: WizardState): WizardState {
    let now = state;
    for (let count = 0; count < 80 && now.focus.step !== 'redis-url'; count += 1)
      now = press(now, 'enter');
    return now;
  }

  function expectHidden(state: WizardState): void {
    const request = requestOf(state, state.derived.replay);
    const shown = [
      state.draft,
      viewOf(state),
      keptSession(state),
      wantedOf(state),
      commandOf(request, state),
    ];
    const text = JSON.stringify(shown);
    expect(text.includes('hunter2')).toBe(false);
  }
});
