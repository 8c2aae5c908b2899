import { describe, expect, it } from 'vitest';
import { known } from '../../../src/cluster/facts/facts.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connectKey } from '../../../src/wizard/wanted.ts';
import {
  connect,
  finish,
  press,
  review,
  showLedger,
  someLedger,
  someReview,
  startWizard,
} from '../../support/wizard.ts';
import { finding } from '../../support/wizard-walk.ts';

const begun = connect(startWizard());
const reviewed = review(press(begun, '2', 'r'));
const applying = press(reviewed, 'y');
const uninstall = showLedger(startWizard({ draft: { intent: 'uninstall' } }));
const blocked = reduce(press(begun, '2', 'r'), {
  type: 'blocked',
  key: 'plan:1',
  problems: [{ message: 'No.' }],
});
const looked = reduce(press(begun, '2'), {
  type: 'looked',
  key: press(begun, '2').assumed?.key ?? '',
  look: { state: 'done', findings: [finding('pass'), finding('warn')], problems: [] },
});

/** What is seen, in a few words: the title, the step, the kind of body, the keys. */
function outline(state: WizardState) {
  const { chrome, body, keys } = viewOf(state);
  const step = chrome.steps.find((mark) => mark.state === 'current')?.label;
  return [chrome.title, step, body.kind, keys.map(({ key, does }) => `${key} ${does}`).join(', ')];
}

describe('what is seen', () => {
  it.each<[string, WizardState, unknown[]]>([
    [
      'of a choice',
      begun,
      [
        'install',
        'Start',
        'question',
        'up-down move, enter choose, 1-9 choose by number, escape back, r review now, v values, a any value, ? keys, ctrl-c leave',
      ],
    ],
    [
      'of a text field: no letter is a key',
      press(begun, 'escape'),
      ['install', 'Target', 'question', 'enter choose, escape back, tab review now, ctrl-c leave'],
    ],
    [
      'of a finding',
      looked,
      [
        'install',
        'Backend',
        'question',
        'up-down move, enter choose, 1-9 choose by number, escape back, r review now, e explain, c all checks, v values, a any value, ? keys, ctrl-c leave',
      ],
    ],
    [
      'while the plan is made',
      press(begun, '2', 'r'),
      ['install', 'Review', 'waiting', 'escape back, ? keys, ctrl-c leave'],
    ],
    [
      'where there is no plan',
      blocked,
      ['install', 'Review', 'blocked', 'enter look again, escape back, ? keys, ctrl-c leave'],
    ],
    [
      'of the review',
      reviewed,
      [
        'install',
        'Review',
        'review',
        'y go on, n not now, 1-9 edit, escape back, v values, d diff, p manifests, a any value, ? keys, ctrl-c leave',
      ],
    ],
    [
      'of the manifests',
      press(reviewed, 'p'),
      [
        'install',
        'Review',
        'lines',
        'up-down scroll, enter close, escape close, ? keys, ctrl-c leave',
      ],
    ],
    [
      'of the ledger',
      uninstall,
      [
        'uninstall',
        'Consent',
        'ledger',
        'up-down move, enter choose, escape back, ? keys, ctrl-c leave',
      ],
    ],
    ['of the apply', applying, ['install', undefined, 'rollout', '? keys, ctrl-c stop']],
    [
      'of an apply that is stopped',
      press(applying, 'ctrl-c'),
      ['install', undefined, 'rollout', '? keys, ctrl-c leave at once'],
    ],
    [
      'of the end',
      finish(applying),
      ['install', undefined, 'end', 'enter leave, ? keys, ctrl-c leave'],
    ],
    [
      'of a failure',
      finish(applying, 'failed'),
      ['install', undefined, 'end', 'up-down move, enter choose, ? keys, ctrl-c leave'],
    ],
    ['at last', press(begun, 'ctrl-c'), ['install', undefined, 'end', '']],
  ])('%s', (_, state, expected) => {
    expect(outline(state)).toEqual(expected);
  });

  it('of the cluster follows the cursor', () => {
    const body = viewOf(looked).body;
    expect(body).toMatchObject({
      findings: { state: 'known', passed: 1, findings: [{ status: 'warn' }] },
    });
    expect(viewOf(press(looked, 'down')).body).toMatchObject({
      findings: { state: 'coming', findings: [] },
      changes: [expect.stringContaining('dispatch.backend')],
    });
  });

  it('of the place is … where nothing is known yet', () => {
    expect(viewOf(startWizard()).chrome.place).toEqual([
      'playground',
      'namespace xerv',
      'Kubernetes …',
    ]);
    expect(viewOf(begun).chrome.place[2]).toBe('Kubernetes 1.33');
  });

  it('of the review says where, what, and the same as a command', () => {
    expect(viewOf(reviewed).body).toMatchObject({
      target: { context: 'playground', namespace: 'xerv', release: 'xerv', isNew: true },
      looksLikeProduction: false,
      will: [{ text: 'create 1 object: StatefulSet' }],
      writes: ['./xerv-values.yaml'],
      command: 'create-xerv-deploy install --preset production-raft --context playground -n xerv',
    });
  });

  it('of a review of what is there already says so, also after a failed install', () => {
    const { plan } = someReview;
    const again = review(press(begun, '2', 'r'), {
      plan: plan && { ...plan, action: 'upgrade' },
    });
    expect(viewOf(again)).toMatchObject({
      chrome: { title: 'upgrade' },
      body: { target: { isNew: false }, consent: { ask: 'Change it? y/N' } },
    });
  });

  it('of a review without a cluster says once what only a cluster can tell', () => {
    const offline = press(connect(startWizard(), { connection: 'offline' }), '2', 'r');
    const findings = ['unknown', 'unknown', 'warn', 'pass'] as const;
    const shown = review(offline, { plan: undefined, findings: findings.map(finding) });
    // The command must not lead to whatever context is the current one by then.
    expect(viewOf(shown).body).toMatchObject({
      target: { context: 'playground' },
      command: expect.stringContaining('--context playground'),
    });
    expect(viewOf(shown).body).toMatchObject({
      findings: { findings: [{ status: 'warn' }], passed: 1, needCluster: 2 },
    });
    const list = viewOf(press(shown, 'c')).body;
    expect(list.kind === 'question' && list.options).toHaveLength(4);
  });

  it('of the ledger says in words what becomes of each claim, and of all', () => {
    const fates = ['erased', 'erased', 'volume-stays', 'untouched'] as const;
    const [claim] = someLedger.claims;
    const shown = showLedger(startWizard({ draft: { intent: 'uninstall' } }), {
      claims: fates.flatMap((fate, index) => (claim ? { ...claim, name: `c${index}`, fate } : [])),
    });
    expect(viewOf(shown).body).toMatchObject({
      claims: [
        { fate: 'erased if you delete the data' },
        { fate: 'erased if you delete the data' },
        { fate: 'its volume always stays' },
        { fate: 'yours: always stays' },
      ],
      options: [
        { value: 'keep' },
        {
          value: 'delete',
          description: '2 volumes are erased, 1 volume stays with its data; this cannot be undone',
        },
      ],
    });
  });

  it('of a reason to let a check pass asks for words, not for JSON', () => {
    const failing = review(press(begun, '2', 'r'), { findings: [finding('fail')] });
    expect(viewOf(press(failing, 'e', 's')).body).toMatchObject({
      input: { placeholder: 'the reason, which is recorded' },
      findings: undefined,
    });
  });

  it('of a release that nothing would change does not say that it works', () => {
    const same = review(press(begun, '2', 'r'), { changesNothing: true });
    expect(viewOf(press(same, 'enter')).body).toMatchObject({
      outcome: 'nothing-to-do',
      message: 'Nothing was changed: the release already matches the values.',
      next: ['See the state: create-xerv-deploy status --context playground -n xerv'],
    });
  });

  it('of a release that is not deployed says so before it is changed', () => {
    const release = { installed: true, revision: 1, status: 'pending-install', chartVersion: '' };
    const begins = startWizard();
    const facts = { release: known(release) };
    const seen = reduce(begins, { type: 'facts', key: connectKey(begins)?.key ?? '', facts });
    const asked = connect(seen, { live: { revision: 1, values: {} } });
    expect(viewOf(asked).body).toMatchObject({
      options: [
        { description: 'starts from release xerv, revision 1, pending-install' },
        { value: 'uninstall' },
        { value: 'another' },
      ],
    });
  });

  it('of a wizard that was left says whether the answers are kept', () => {
    const said = (state: WizardState) => viewOf(press(state, 'ctrl-c')).body;
    const answered = press(begun, '2');
    expect(said(answered)).toMatchObject({ state: expect.stringContaining('are kept') });
    const unkept = 'Cannot write /home/me/.local/state. The file system is read-only.';
    const lost = reduce(answered, { type: 'world', world: { unkept } });
    expect(said(lost)).toMatchObject({ state: `Your answers could not be kept. ${unkept}` });
  });

  it('of a wizard that was left says that nothing was changed', () => {
    expect(viewOf(press(begun, 'ctrl-c')).body).toMatchObject({
      outcome: 'cancelled',
      message: 'Cancelled. Nothing was changed.',
    });
  });
});
