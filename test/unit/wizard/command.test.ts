import { describe, expect, it } from 'vitest';
import { answerArguments } from '../../../src/questions/answer-arguments.ts';
import { yesNo } from '../../../src/questions/question.ts';
import { commandOf } from '../../../src/wizard/command.ts';
import type { InitialInput } from '../../../src/wizard/initial.ts';
import { requestOf } from '../../../src/wizard/request.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connect, press, review, startWizard } from '../../support/wizard.ts';

function commandFor(draft: InitialInput['draft'], extraArguments?: readonly string[]) {
  const state = startWizard({
    draft: { context: 'playground', ...draft },
    ...(extraArguments && { extraArguments }),
  });
  return commandOf(requestOf(state, state.derived.replay), state);
}

describe('the equivalent command', () => {
  it.each<[string, InitialInput['draft'], string]>([
    ['nothing said', {}, 'install --context playground -n xerv'],
    [
      'flags in the order of the questions',
      { presets: ['production-raft'], answers: { replicas: '7', backend: 'raft' } },
      'install --preset production-raft --backend raft --replicas 7 --context playground -n xerv',
    ],
    [
      'a change',
      { intent: 'change', resetValues: true, release: 'other', namespace: 'there' },
      'upgrade --reset-values --context playground -n there --release other',
    ],
    [
      'what a shell would take apart',
      { edits: { 'podAnnotations.it': '"it\'s"' }, skips: { 'XV-205': 'two will do' } },
      `install --set-json 'podAnnotations.it="it'\\''s"' --skip-check 'XV-205=two will do' --context playground -n xerv`,
    ],
    [
      'an uninstall that deletes data',
      { intent: 'uninstall', data: 'delete' },
      'uninstall --delete-data --confirm=xerv --context playground -n xerv',
    ],
  ])('of %s', (_, draft, command) => {
    const { text } = commandFor(draft);
    expect(text).toBe(`create-xerv-deploy ${command}`);
  });

  it('gives the name of the release where the change wants it', () => {
    const state = press(connect(startWizard()), 'r');
    const typed = { word: 'xerv', why: 'The backend changes.' };
    const commandAt = (reviewed: Parameters<typeof review>[1]) => {
      const { body } = viewOf(review(state, reviewed));
      return body.kind === 'review' ? body.command : '';
    };
    expect(commandAt({ typed: { ...typed, yesIsEnough: false } })).toContain(' --confirm=xerv');
    expect(commandAt({ typed: { ...typed, yesIsEnough: true } })).toMatch(
      /^create-xerv-deploy(?!.*--confirm)/,
    );
  });

  it.each([
    ['true', ['--alerts']],
    ['false', ['--no-alerts']],
  ])('writes %s as %o', (answer, args) => {
    expect(answerArguments({ flag: 'alerts', choices: yesNo }, answer)).toEqual(args);
  });

  it.each([
    ['', ['--storage-class=']],
    ['-1', ['--storage-class=-1']],
    ['fast', ['--storage-class', 'fast']],
  ])('writes "%s" as %o', (answer, args) => {
    expect(answerArguments({ flag: 'storage-class' }, answer)).toEqual(args);
  });

  it('leaves hidden answers out', () => {
    const { text } = commandFor({ answers: { backend: 'memory', 'redis-secret': 'credentials' } });
    expect(text).not.toContain('credentials');
  });

  it('keeps what else the invocation said', () => {
    expect(commandFor({}, ['--timeout', '10m']).text).toContain('--timeout 10m');
  });

  it('names the variable of a secret, not the secret', () => {
    let state = connect(startWizard({ draft: { answers: { backend: 'redis' } } }));
    for (let count = 0; count < 80 && state.focus.step !== 'redis-url'; count += 1)
      state = press(state, 'enter');
    state = press(state, 'redis://user:hunter2@redis:6379', 'enter');
    const command = commandOf(requestOf(state, state.derived.replay), state);
    expect(command.variables).toEqual(['XERV_DEPLOY_REDIS_URL']);
    expect(JSON.stringify(command)).not.toContain('hunter2');
    expect(state.draft.answers['redis-url']).toBeUndefined();
  });
});
