import { expect, test } from 'vitest';
import { reduce } from '../../src/wizard/reduce.ts';
import type { PresetChoice, WizardState } from '../../src/wizard/state.ts';
import { viewOf } from '../../src/wizard/view/view-of.ts';
import { drawFrame, openFrames } from '../support/frames.ts';
import {
  connect,
  finish,
  press,
  review,
  showLedger,
  someLedger,
  someReview,
  startWizard,
} from '../support/wizard.ts';
import { finding } from '../support/wizard-walk.ts';

// What the wizard itself makes, drawn: here words and room meet.

const preset = (name: string, title: string, isAddition: boolean): PresetChoice => ({
  name,
  title,
  summary: `${title}, as it is described in one sentence that does not fit beside its name.`,
  values: {},
  isAddition,
});
const presets = [
  preset('production-raft', 'Production Raft cluster', false),
  preset('redis', 'High throughput with Redis', false),
  preset('nats', 'NATS JetStream', false),
  preset('evaluation', 'Evaluation', false),
  ...['Istio service mesh', 'KEDA autoscaling', 'Linkerd service mesh', 'Network policy'].map(
    (title) => preset(title.toLowerCase(), title, true),
  ),
];
const start = connect(startWizard({ world: { presets } }));
const live = { revision: 3, values: { replicaCount: 3 } };
const changing = press(connect(startWizard(), { live }), 'enter', 'enter', 'r');
const cause = 'xerv-4 cannot start: the registry has no image ghcr.io/unpullable/xerv:1.0';
const failed = finish(press(review(changing, { ranBefore: 3 }), 'y'), 'failed', {
  message: `The rollout failed: ${cause}`,
  state: 'helm had finished: release xerv is deployed, 0 of 5 new pods are ready.',
  diagnoses: [
    {
      cause: 'image-pull',
      object: 'Pod xerv-4',
      message: cause,
      evidence: ['image ghcr.io/unpullable/xerv:1.0, on node node-1', 'ErrImagePull: not found'],
      next: 'Correct the image in the values.',
    },
  ],
  next: ['Go back to revision 3: helm rollback xerv 3'],
});

async function draw(state: WizardState, columns = 80, rows = 24) {
  return (await drawFrame(viewOf(state), { columns, rows })).text;
}

test('every start is in sight at 80x24, and every addition as such', async () => {
  const first = await draw(start);
  for (const { title } of presets.slice(0, 4)) expect(first).toContain(title);
  expect(first).toContain('A values file');
  expect(first).not.toMatch(/more below|Istio/);
  const second = await draw(press(start, '1'));
  for (const { title } of presets.slice(4)) expect(second).toContain(`+ ${title}`);
});

test('a failure says its cause once, and cuts no choice', async () => {
  const text = await draw(failed);
  expect(text.replace(/\s+/g, ' ').split('has no image')).toHaveLength(2);
  expect(text).toContain('ErrImagePull: not found');
  expect(text).toContain('Correct the image in the values.');
  expect(text).not.toContain('helm rollback');
  const { body } = viewOf(failed);
  if (body.kind !== 'end') throw new Error(body.kind);
  for (const { label } of body.options) expect(text).toContain(`${label}  `);
  const small = await draw(failed, 40, 12);
  for (const { label } of body.options) expect(small).toContain(label);
});

test('what was not chosen shares a line where not all answers fit', async () => {
  const shown = review(press(connect(startWizard()), '2', 'r'));
  expect(await draw(shown)).toMatch(/Not chosen +\d Mesh, \d /);
  expect(await draw(shown, 140, 45)).toMatch(/Mesh +none +edit: \d/);
});

test('a target is asked without findings, and a list of findings without others beside it', async () => {
  expect(await draw(press(start, 'escape', 'escape'))).not.toMatch(/On this cluster|no change/);
  const listed = press(
    review(press(start, '1', 'r'), { findings: [finding('warn'), finding('pass')] }),
    'c',
  );
  expect(await draw(listed)).not.toMatch(/On this cluster|no change/);
});

test('without a cluster it is said once what only a cluster can tell', async () => {
  const offline = press(connect(startWizard(), { connection: 'offline' }), '2', 'r');
  const findings = Array.from({ length: 15 }, () => finding('unknown'));
  const text = await draw(review(offline, { plan: undefined, findings }));
  expect(text).toContain('15 need the cluster and run at install');
  expect(text).not.toContain('Unknown');
});

test('the ledger says what becomes of the data in plain words', async () => {
  const ledger = showLedger(startWizard({ draft: { intent: 'uninstall' } }), {
    claims: someLedger.claims.flatMap((claim) => [
      claim,
      { ...claim, name: 'data-xerv-1', fate: 'volume-stays' as const },
    ]),
  });
  const text = await draw(ledger);
  expect(text).toMatch(/data-xerv-0.*erased if you delete the data/);
  expect(text).toMatch(/data-xerv-1.*its volume always stays/);
  expect(text).not.toMatch(/reclaim|volume: /);
});

test('the ledger leaves out who made the claims where that would be cut', async () => {
  const owner = 'made by the StatefulSet';
  const claims = someLedger.claims.map((claim) => ({ ...claim, owner }));
  const ledger = showLedger(startWizard({ draft: { intent: 'uninstall' } }), { claims });
  expect(await draw(ledger)).toMatch(/data-xerv-0.*erased if you delete the data$/m);
  expect(await draw(ledger, 140, 45)).toContain(`erased if you delete the data  ${owner}`);
});

test('going back says what it does before it is done', async () => {
  const options = viewOf(failed).body;
  const place = options.kind === 'end' ? options.options.map(({ value }) => value) : [];
  const asked = press(failed, ...Array<string>(place.indexOf('rollback')).fill('down'), 'enter');
  const plan = someReview.plan && { ...someReview.plan, action: 'rollback' as const };
  const text = await draw(review(asked, { plan, writes: [] }));
  expect(text).toContain('Go back to revision 3? y/N');
  expect(text).toMatch(/The same +helm rollback xerv 3/);
  expect(text).not.toMatch(/Writes|edit:/);
});

test.each([
  [40, 12],
  [80, 24],
  [140, 45],
])(
  'the word that must be typed, and what is typed, are in sight at %i x %i',
  async (columns, rows) => {
    const word = `arn:aws:eks:eu-west-1:123456789012:cluster/${'team-'.repeat(24)}e1`;
    const typed = { word, why: 'This looks like production.' };
    const asked = review(press(start, '1', 'r'), { typed });
    const joined = (text: string) => text.replaceAll(/\s+/g, '');
    const before = await draw(asked, columns, rows);
    expect(before).toMatch(/Type\s/);
    expect(before).toMatch(/to\s+go\s+on/);
    const field = press(asked, 'y');
    expect(joined(await draw(field, columns, rows))).toContain(joined(`Type ${word} to go on:▏`));
    const half = press(field, word.slice(0, 100));
    const text = joined(await draw(half, columns, rows));
    expect(text).toContain(joined(`Type ${word} to go on`));
    expect(text).toContain(`${word.slice(80, 100)}▏`);
    const wrong = joined(await draw(press(half, 'enter'), columns, rows));
    expect(wrong).toContain('Nothinghaschanged');
    expect(wrong).toContain(`${word.slice(80, 100)}▏`);
  },
);

test('what was edited by its path is in the review, and its number leads to every value', async () => {
  const edits = { 'image.tag': '"0.1.1"' };
  const edited = review(press(connect(startWizard({ draft: { edits } })), '1', 'r'));
  expect(await draw(edited)).toMatch(/Edited +image\.tag: "0\.1\.1" +edit: (\d)/);
  const number = /image\.tag.*edit: (\d)/.exec(await draw(edited))?.[1] ?? '';
  expect(await draw(press(edited, number))).toContain('Which value?');
});

test('the keys that are needed first are in sight at 40x12', async () => {
  expect(await draw(start, 40, 12)).toMatch(/↑↓ move {2}enter choose {2}\? keys {2}\^C leave/);
  const offline = reduce(startWizard(), {
    type: 'world',
    world: { connection: 'offline', problems: [{ message: 'The cluster cannot be reached.' }] },
  });
  expect(await draw(offline, 40, 12)).toMatch(/\^R look again/);
  expect(await draw(press(offline, '?'), 80, 40)).toMatch(/Keys[^\n]*\n Up, Down/);
  const failing = { ...finding('fail'), remedies: [{ text: 'Run three.', changes: [] }] };
  const stopped = review(press(start, '1', 'r'), { findings: [failing] });
  expect(await draw(stopped, 40, 12)).toMatch(/r look again/);
  expect(await draw(press(stopped, 'e'), 40, 12)).toMatch(/s let it pass/);
});

test('a secret that is being typed is not judged by what was there before', async () => {
  const look = (state: WizardState): WizardState =>
    reduce(state, {
      type: 'looked',
      key: state.assumed?.key ?? '',
      look: { state: 'done', findings: [finding('fail')], problems: [] },
    });
  const asked = look(
    press(connect(startWizard({ draft: { answers: { backend: 'redis' } } })), '1'),
  );
  const steps = ['enter', 'enter', 'enter', 'enter'];
  const url = steps.reduce((state) => look(press(state, 'enter')), asked);
  expect(await draw(url)).toMatch(/What is the Redis URL\?[\s\S]*Fails/);
  const typing = await draw(press(url, 'redis://:secret@host'));
  expect(typing).toMatch(/checked once it is entered/);
  expect(typing).not.toMatch(/Fails/);
});

test('nothing is cut from what stays in the terminal', async () => {
  const command = `create-xerv-deploy install ${'--set one.two=three '.repeat(30)}end`;
  const ended = finish(press(review(press(start, '1', 'r')), 'y'), 'done', {
    next: [`The same   ${command}`],
  });
  const frames = openFrames(viewOf(ended), { columns: 40, rows: 12 });
  await frames.show(viewOf(press(ended, 'enter')));
  const left = (await frames.leave()).join('').replaceAll(/\s+/g, '');
  expect(left).toContain(command.replaceAll(/\s+/g, ''));
});

test('a long line of the last page goes on below its text, not below its label', async () => {
  const done = finish(press(review(press(connect(startWizard()), '2', 'r')), 'y'), 'done', {
    next: [`Values     ${'./a-long-name'.repeat(8)} (keep it)`],
  });
  expect(await draw(reduce(done, { type: 'key', key: { name: 'up' } }))).toMatch(
    /^ {3}Values {5}\.\/a.*\n {14}\S/m,
  );
});

test.each([
  [80, 24],
  [40, 12],
  [140, 45],
])(
  'each screen of a way back takes the place of the one before (%i x %i)',
  async (columns, rows) => {
    const place = (value: string) => {
      const { body } = viewOf(failed);
      return body.kind === 'end' ? body.options.findIndex((option) => option.value === value) : -1;
    };
    const asked = press(failed, ...Array<string>(place('rollback')).fill('down'), 'enter');
    const plan = someReview.plan && { ...someReview.plan, action: 'rollback' as const };
    const shown = review(asked, { plan, writes: [] });
    const frames = openFrames(viewOf(start), { columns, rows });
    for (const state of [
      changing,
      review(changing),
      failed,
      asked,
      shown,
      press(shown, 'd'),
      shown,
    ]) {
      const lines = await frames.show(viewOf(state));
      expect(
        lines.filter((line) => line.includes('XERV  ')),
        lines.join('\n'),
      ).toHaveLength(1);
    }
    await frames.leave();
  },
);

test('an answer that differs from what runs is seen, whatever has no room', async () => {
  const draft = { answers: { image: 'ghcr.io/ml-rust/xerv:0.1.1' } };
  const running = { revision: 3, values: { replicaCount: 3, dispatch: { backend: 'raft' } } };
  const shown = review(
    press(connect(startWizard({ draft }), { live: running }), 'enter', 'enter', 'r'),
  );
  expect(await draw(shown)).toMatch(/Resources .*image .*0\.1\.1 .*changed +edit: \d/);
});

test('a small terminal says that something fails, how much, and what shows it', async () => {
  const judged = (state: WizardState, ...findings: readonly ReturnType<typeof finding>[]) => {
    const key = state.assumed?.key ?? '';
    return reduce(state, { type: 'looked', key, look: { state: 'done', findings, problems: [] } });
  };
  const backend = press(start, '4', 'enter');
  const [fail, warn, pass] = [finding('fail'), finding('warn'), finding('pass')];
  const draws = async (state: WizardState) => (await draw(state, 40, 12)).split('\n');
  const before = await draws(backend);
  const after = await draws(judged(backend, fail, fail, warn, pass));
  expect(after).toContain(' 2 checks fail, 1 warning: e explains');
  expect(await draws(judged(backend, pass))).toContain(' 1 check passes');
  // Nothing else has moved.
  expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);
  expect(viewOf(press(judged(backend, fail), 'e')).body).toMatchObject({ kind: 'lines' });
  // While a text is typed, letters are none of the keys.
  const typing = judged(press(backend, 'enter', 'up', 'ctrl-u', '2'), fail);
  expect(typing.focus).toMatchObject({ step: 'replicas', text: '2' });
  expect(await draws(typing)).toContain(' 1 check fails: ^E explains');
  expect(viewOf(press(typing, 'ctrl-e')).body).toMatchObject({ kind: 'lines' });
  // An option that cannot work says so without its description.
  const blocked = press(connect(startWizard()), '2', 'enter', 'enter', 'enter', 'enter', 'enter');
  expect(blocked.focus.step).toBe('autoscaling');
  expect((await draws(blocked)).join('\n')).toMatch(/HPA +cannot work: XV-\d/);
  expect(await draws(press(blocked, 'down'))).toContain(' cannot work here: e explains why');
});
