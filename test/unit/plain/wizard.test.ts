import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/checks/types.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { openPlainWizard, type PlainWizardOptions } from '../../support/plain-wizard.ts';
import { finding } from '../../support/wizard-walk.ts';

const zoneWarning: Finding = {
  check: 'XV-307',
  category: 'storage',
  title: 'The volumes can follow their pods',
  status: 'warn',
  message: 'The volumes live in one zone each.',
};
const done = {
  type: 'outcome',
  outcome: 'done',
  message: 'XERV is running: 1 of 1 ready.',
  state: '',
  diagnoses: [],
  problems: [],
  next: ['create-xerv-deploy status -n xerv'],
} as const;
const failed = {
  ...done,
  outcome: 'failed',
  message: 'xerv-0 cannot start.',
  diagnoses: [
    {
      cause: 'image-pull',
      object: 'Pod xerv-0',
      message: 'its image cannot be pulled',
      evidence: ['manifest \u001b[2Junknown'],
      next: 'Choose another tag.',
    },
  ],
  next: [],
} as const;
const hasPreset = ({ draft }: WizardState) => draft.presets.length > 0;

/** Bytes that a terminal does not simply show: all but line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

async function play(
  options: PlainWizardOptions,
  ...script: readonly (readonly [string, string])[]
) {
  const run = openPlainWizard(options);
  await run.play(...script);
  await run.exit;
  return { text: run.transcript(), state: run.store.state() };
}

describe('the plain wizard', () => {
  it('installs a preset by three lines, and writes no control character', async () => {
    const { text, state } = await play(
      {
        look: (now) => (hasPreset(now) ? [zoneWarning] : []),
        applies: [
          [
            { type: 'step', step: '1 object applied', state: 'done' },
            {
              type: 'rollout',
              ready: 1,
              wanted: 1,
              pods: [{ name: 'xerv-0', state: 'ready', reason: '', restarts: 0, ageSeconds: 3 }],
              claims: [],
              elapsedSeconds: 3,
            },
            done,
          ],
        ],
      },
      ['Number [1, Evaluation]: ', '2'],
      ['Number [2, Raft]: ', 'review'],
      ['Install it? y/N: ', 'y'],
    );
    expect(text).not.toMatch(controls);
    expect(state.phase).toMatchObject({ name: 'left', why: 'ended' });
    expect(text).toContain(`2 of 10, Start: What should it start from?
  Every value can still be changed.
  1. Evaluation: One pod, for trying XERV out.
  2. Production Raft cluster: Five replicas that keep their work.`);
    expect(text).toContain(
      'The checks say\n  ! XV-307 Warning: The volumes live in one zone each.',
    );
    expect(text).toContain(`Review: nothing has changed yet.
  Cluster: playground (https://127.0.0.1:6443)
  Release: xerv in namespace xerv, new
  This will
    create 1 object: StatefulSet
  Answers
    1. Start: production-raft`);
    expect(text).toContain(
      'create-xerv-deploy install --preset production-raft --context playground -n xerv',
    );
    expect(text).toMatch(/1 object applied\n.*xerv-0.*ready.*\n\n.*XERV is running: 1 of 1 ready/);
  });

  it('writes ASCII only where the terminal shows no more', async () => {
    const { text } = await play(
      { unicode: false, applies: [[{ type: 'notice', level: 'info', message: '1 → 3 …' }, done]] },
      ['Evaluation]: ', '1'],
      [']: ', 'review'],
      ['y/N: ', 'y'],
    );
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain('1 -> 3 ...');
  });

  it('goes back, changes an answer, and says what differs in the command', async () => {
    const { text, state } = await play(
      {},
      ['Evaluation]: ', 'production'],
      ['Number [2, Raft]: ', ''],
      ['How many replicas?', '7'],
      ['Which StorageClass', 'back'],
      ['[7]: ', '#2'],
      ['Which StorageClass', 'review'],
      ['y/N: ', 'n'],
    );
    expect(text).toContain('--replicas 3');
    expect(text).not.toContain('--replicas 7');
    expect(state.phase).toMatchObject({ name: 'left', why: 'cancelled' });
    expect(text).toContain('Cancelled. Nothing was changed.');
  });

  it('goes to a section from the review, and comes back to a review made anew', async () => {
    const { text, state } = await play(
      {},
      ['Evaluation]: ', '2'],
      [']: ', 'review'],
      ['y/N: ', '2'],
      ['Number [2, Raft]: ', 'nats'],
      [']: ', 'review'],
      ['XERV needs the NATS URL', 'nats://nats:4222'],
      [']: ', 'review'],
      ['y/N: ', 'quit'],
    );
    expect(state.draft.answers).toMatchObject({ backend: 'nats', 'nats-url': 'nats://nats:4222' });
    expect(text.match(/Review: nothing has changed yet/g)).toHaveLength(2);
  });

  it('takes a command word in quotes as the answer, and an unknown one as none', async () => {
    const { text, state } = await play(
      {},
      ['Evaluation]: ', 'nonsense'],
      ['That is not an option', 'back'],
      ['What is the release called?', '"review"'],
      ['Number [1, Evaluation]: ', 'diff'],
      ['"diff" does nothing here.', 'quit'],
    );
    expect(state.draft.release).toBe('review');
    expect(text).toContain('XERV install: playground, namespace xerv, release review');
  });

  it('offers what stands after a refused answer, not what was refused', async () => {
    const { state } = await play(
      {},
      ['Evaluation]: ', '2'],
      ['Raft]: ', ''],
      ['or # and a number [5]: ', 'many'],
      ['or # and a number [5]: ', ''],
      ['StorageClass', 'quit'],
    );
    expect(state.derived.replay.values.replicaCount).toBe(5);
  });

  it('takes a secret that is not shown, and keeps it with an empty line', async () => {
    const { text, state } = await play(
      {},
      ['Evaluation]: ', '3'],
      ['Memory]: ', 'redis'],
      ['replicas?', ''],
      ['kept on a volume?', ''],
      ['Which Secret holds', ''],
      ['Your input is not shown.\nAnswer [none]: ', 'redis://u:geheim@redis:6379'],
      [': ', 'back'],
      ['[as given]: ', ''],
      [': ', 'quit'],
    );
    expect(text).not.toContain('geheim');
    expect(Object.keys(state.secrets)).toEqual(['redis-url']);
  });

  it('explains an option that cannot work, with its remedy, and chooses it mended', async () => {
    const { text, state } = await play(
      {},
      ['Evaluation]: ', '2'],
      ['1. Memory: cannot work here (XV-203): 5 replicas', '1'],
      ['What can be done', 'mend'],
      [']: ', 'quit'],
    );
    expect(text).toContain('mend, pass, Enter to go back: ');
    expect(state.draft.answers).toMatchObject({ backend: 'memory' });
    expect(state.derived.replay.values.replicaCount).toBe(1);
  });

  it('sets any value by its path, and finds it by words', async () => {
    const { state } = await play(
      {},
      ['Evaluation]: ', 'set replicaCount'],
      ['Answer [1]: ', '3'],
      ['Enter to go back: ', 'replica count'],
      ['Enter to go back: ', ''],
      ['Evaluation]: ', 'quit'],
    );
    expect(state.draft).toMatchObject({ answers: { replicas: '3' }, edits: {} });
  });

  it('shows help, values, diff and manifests on request, and asks again in one line', async () => {
    const { text } = await play(
      {},
      ['Evaluation]: ', '?'],
      ['Instead of an answer you can type', 'values'],
      ['\nValues\n', '2'],
      ['Raft]: ', 'review'],
      ['y/N: ', 'diff'],
      ['Difference\n  + StatefulSet/xerv (created)\n', 'manifests'],
      ['Manifests\n  kind: StatefulSet\n', 'quit'],
    );
    expect(text.match(/What should it start from/g)).toHaveLength(1);
    expect(text.match(/Review: nothing/g)).toHaveLength(1);
  });
});

describe('consent in lines', () => {
  it('is not an empty line, a wrong word, or one typed before it was asked for', async () => {
    const typed = { word: 'prod-eu', why: 'It looks like production.' };
    const run = openPlainWizard({ reviewed: { typed } });
    await run.until('Evaluation]: ');
    run.type('2\nreview\nprod-eu\nprod-eu');
    await run.until('Type prod-eu to go on: ');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(run.store.state().phase.name).toBe('review');
    run.type('');
    await run.until('Nothing has changed. Type prod-eu to go on, n to leave.');
    run.type('y');
    await run.until('Nothing has changed.');
    run.type('prod-eu');
    await run.until('prod-eu');
    while (run.store.state().phase.name === 'review') await new Promise((r) => setTimeout(r, 2));
    expect(run.store.state().phase.name).toBe('applying');
    run.store.dispatch({ type: 'interrupt' });
    await run.until('Stopping;');
    run.store.dispatch({ type: 'interrupt' });
    await run.exit;
    expect(run.transcript()).toContain('Left while the change was being stopped.');
  });

  it('is not asked for where a check failed', async () => {
    const { text } = await play(
      { reviewed: { findings: [finding('fail')] } },
      ['Evaluation]: ', '2'],
      [']: ', 'review'],
      ['A number or a command: ', 'y'],
      ['A check failed', 'explain'],
      ['mend, pass, Enter to go back: ', 'pass'],
      ['Why let XV-205 pass?', 'two will do'],
      ['command: ', 'quit'],
    );
    expect(text).toContain('x XV-205 Failed'.replace('x', '✗'));
  });

  it('keeps the data of what is uninstalled, unless the name of the release is typed', async () => {
    const ended = { ...done, message: 'Removed.' };
    const draft = { intent: 'uninstall' } as const;
    const kept = await play(
      { draft, applies: [[ended]] },
      ['Number [1, Keep the data]: ', ''],
      ['y/N: ', 'y'],
    );
    expect(kept.text).toContain('data-xerv-0, 50Gi, standard, made by the StatefulSet');
    expect(kept.text).toContain('--keep-data');
    const deleted = await play(
      { draft, applies: [[ended]] },
      ['Keep the data]: ', '2'],
      ['This erases data. Type xerv to go on: ', 'y'],
      ['Nothing has changed.', 'xerv'],
    );
    expect(deleted.state.phase).toMatchObject({
      name: 'left',
      ended: { request: { draft: { data: 'delete' } } },
    });
  });
});

describe('an uninstall of what has no data, in lines', () => {
  it('says what goes, and asks for nothing but the consent', async () => {
    const { text, state } = await play(
      {
        draft: { intent: 'uninstall' },
        ledger: { claims: [] },
        applies: [[{ ...done, message: 'Removed.' }]],
      },
      ['Remove release xerv? y/N: ', 'y'],
    );
    expect(text).toMatch(/Goes: 2 objects: [\s\S]*Data: no claims/);
    expect(state.phase).toMatchObject({ ended: { request: { draft: { data: 'keep' } } } });
  });
});

describe('the end in lines', () => {
  it('of a failure is its diagnosis without escape sequences, and what can be done', async () => {
    const { text, state } = await play(
      { applies: [[failed], [done]] },
      ['Evaluation]: ', '2'],
      [']: ', 'review'],
      ['y/N: ', 'y'],
      ['What now?', ''],
      ['Type a number from 1 to', '3'],
      ['y/N: ', 'y'],
    );
    expect(text).not.toMatch(controls);
    expect(text).toContain('Pod xerv-0: its image cannot be pulled');
    expect(text).toContain('1. Choose another image');
    expect(state.phase).toMatchObject({ name: 'left', ended: { outcome: { outcome: 'done' } } });
  });

  it('comes with the end of the input, and changes nothing', async () => {
    const run = openPlainWizard();
    await run.until('Evaluation]: ');
    run.end();
    await run.exit;
    expect(run.transcript()).toMatch(/Cancelled\. Nothing was changed\.\n$/);
  });

  it('comes with a signal, also while a question waits for the checks', async () => {
    const run = openPlainWizard();
    await run.until('Evaluation]: ');
    run.type('values');
    await run.until('Values');
    run.store.dispatch({ type: 'interrupt' });
    await run.exit;
    expect(run.transcript()).toContain('Cancelled. Nothing was changed.');
  });

  it('comes while the first question still waits for a cluster', async () => {
    const run = openPlainWizard({ connected: { connection: 'connecting' } });
    await run.until('Looking at the cluster ...');
    run.store.dispatch({ type: 'interrupt' });
    await run.exit;
    expect(run.transcript()).toMatch(/\nCancelled\. Nothing was changed\.\n$/);
  });

  it('tells at once what a login program says, before it asks anything', async () => {
    const { until, transcript, store } = openPlainWizard({
      connected: { connection: 'connecting', loginWords: ['Open https://login.example'] },
    });
    await until('Your login program says:');
    await until('  Open https://login.example');
    store.dispatch({
      type: 'world',
      world: { loginWords: ['Open https://login.example', 'and enter ABCD-EFGH'] },
    });
    await until('  and enter ABCD-EFGH');
    expect(transcript()).not.toContain('What should it start from');
    expect(transcript().split('login program says')).toHaveLength(2);
    // It may be left before anybody has logged in.
    await until('What should it start from');
    store.dispatch({
      type: 'world',
      world: { loginWords: [...store.state().world.loginWords, 'still waiting'] },
    });
    await until('  still waiting');
    await until(/Number \[.*\]: $/);
    expect(transcript().split('What should it start from')).toHaveLength(2);
  });

  it('goes on by itself where a release is found while the first question is open', async () => {
    const run = openPlainWizard({ connected: { live: { revision: 3, values: {} } } });
    await run.until('A release already exists here. What should happen?');
    run.type('uninstall');
    await run.until('Keep the data]: ');
    run.type('quit');
    await run.exit;
  });
});
