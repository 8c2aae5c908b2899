import { describe, expect, test } from 'vitest';
import { parseInvocation } from '../../src/cli/parse.ts';
import { DeployError } from '../../src/errors.ts';
import { exitCodes } from '../../src/exit-codes.ts';
import { AskCancelled } from '../../src/plain/ask.ts';
import { createPalette } from '../../src/plain/palette.ts';
import { tellFailure } from '../../src/tell-failure.ts';

const aborted = () => {
  const controller = new AbortController();
  controller.abort();
  return controller.signal.reason as unknown;
};

function tell(error: unknown, signalled?: 143, command = 'upgrade') {
  let said = '';
  let printed = '';
  const code = tellFailure(
    error,
    {
      say: (text) => {
        said += text;
      },
      print: (text) => {
        printed += text;
      },
      palette: createPalette({ colors: false, unicode: true }),
    },
    parseInvocation([command, '-o', 'json'], {}),
    signalled,
  );
  return { code, said, outcome: JSON.parse(printed) as { outcome: string; state: string } };
}

describe('after a signal', () => {
  test.each([
    ['a question that nobody answers', new AskCancelled()],
    ['what waited', aborted()],
    ['what could not be asked any more', new DeployError(exitCodes.unfit, { message: 'cut off' })],
  ])('%s ends as cancelled, and nothing was changed', (_, error) => {
    expect(tell(error, 143)).toMatchObject({
      code: 143,
      said: 'Cancelled. Nothing was changed.\n',
      outcome: { outcome: 'cancelled', state: 'Nothing was changed.' },
    });
  });

  test('a bug is told as one: it may have come in the middle of a change', () => {
    const { code, said, outcome } = tell(new TypeError('x is undefined'), 143);
    expect(code).toBe(exitCodes.bug);
    expect(said).toContain('may or may not have been changed');
    expect(outcome).toMatchObject({ outcome: 'failed' });
  });
});

test('without a signal a bug is told as one, too', () => {
  expect(tell(new TypeError('x is undefined')).code).toBe(exitCodes.bug);
});

test.each(['check', 'plan', 'status', 'explain', 'presets'])(
  'whoever asked %s for JSON reads JSON where it fails, too',
  (command) => {
    const problem = { message: 'There is no such file.', next: 'Name another.' };
    const { outcome } = tell(new DeployError(exitCodes.usage, problem), undefined, command);
    expect(outcome).toMatchObject({
      type: 'outcome',
      outcome: 'failed',
      state: 'Nothing was changed.',
      problems: [problem],
    });
  },
);
