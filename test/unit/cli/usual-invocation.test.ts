import { expect, test } from 'vitest';
import { flagTable } from '../../../src/cli/flag-table.ts';
import { parseInvocation } from '../../../src/cli/parse.ts';
import { usualFlags, usualInvocation } from '../../../src/cli/usual-invocation.ts';
import { environmentVariable } from '../../../src/environment-variable.ts';

const environment = { PATH: '/bin', XERV_DEPLOY_HELM: '/bin/helm', XERV_DEPLOY_KUBECTL: '/k' };

function expectSame(args: readonly string[]): void {
  const { flags, ...invocation } =
    usualInvocation(args, environment) ?? expect.fail(`unusual: ${args.join(' ')}`);
  const { flags: parsed, ...expected } = parseInvocation(args, environment);
  expect(invocation).toEqual(expected);
  for (const { name } of flagTable) {
    expect(flags.answer(name), name).toBe(parsed.answer(name));
    expect(flags.list(name), name).toEqual(parsed.list(name));
    expect(flags.choice(name), name).toBe(parsed.choice(name));
  }
}

test('is what the tables make of no word', () => expectSame([]));

test.each(usualFlags)('is what the tables make of --$name', ({ words, hasValue }) => {
  for (const word of words) {
    if (!hasValue) return expectSame([word]);
    expectSame([word, 'one']);
    expectSame([word, 'kind=odd']);
    expectSame([word, 'arn:aws:eks:eu-west-1:1234:cluster/prod', word, 'admin@prod']);
    if (!word.startsWith('--')) continue;
    expectSame([`${word}=one`]);
    expectSame([`${word}=kind=odd`, word, 'C:\\files\\one.yaml']);
  }
});

test('is what the tables make of several', () => {
  expectSame(['--context', 'dev', '-n', 'demo', '--preset', 'redis', '-f', 'a', '--values=b']);
  expectSame(['--fresh', '--release', 'one', '--kubeconfig=/k', '--resume', '-n', 'a', '-n', 'b']);
});

test.each([
  ['install'],
  ['--'],
  [''],
  ['--nonsense'],
  ['--namespace'],
  ['--namespace', ''],
  ['--namespace='],
  ['--namespace', '--fresh'],
  ['-f', '-'],
  ['-n=demo'],
  ['-ndemo'],
  ['--fresh=true'],
  ['--no-fresh'],
  ['--fresh', 'install'],
  ['--context', 'dev', 'plan'],
  ['--release', 'redis://:secret@host'],
  ['--yes'],
])('leaves %j to the tables', (...args) => {
  expect(usualInvocation(args, environment)).toBeUndefined();
});

test('leaves the variable of every flag to the tables', () => {
  for (const flag of flagTable) {
    const variable = environmentVariable(flag);
    expect(usualInvocation([], { ...environment, [variable]: 'x' }), variable).toBeUndefined();
  }
  // Windows knows no case in them.
  expect(usualInvocation([], { Xerv_Deploy_Namespace: 'x' })).toBeUndefined();
});
