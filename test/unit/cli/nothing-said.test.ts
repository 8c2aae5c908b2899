import { expect, test } from 'vitest';
import { flagTable } from '../../../src/cli/flag-table.ts';
import { nothingSaid } from '../../../src/cli/nothing-said.ts';
import { parseInvocation } from '../../../src/cli/parse.ts';
import { environmentVariable } from '../../../src/environment-variable.ts';

const environment = { PATH: '/bin', XERV_DEPLOY_HELM: '/bin/helm', XERV_DEPLOY_KUBECTL: '/k' };

test('is what the tables make of no word', () => {
  const { flags, ...invocation } = nothingSaid([], environment) ?? expect.fail('something is said');
  const { flags: parsed, ...expected } = parseInvocation([], environment);
  expect(invocation).toEqual(expected);
  for (const { name } of flagTable) {
    expect(flags.answer(name)).toBe(parsed.answer(name));
    expect(flags.list(name)).toEqual(parsed.list(name));
  }
});

test('leaves arguments to the tables', () => {
  for (const argument of ['install', '--fresh', '--', ''])
    expect(nothingSaid([argument], environment), argument).toBeUndefined();
});

test('leaves the variable of every flag to the tables', () => {
  for (const flag of flagTable) {
    const variable = environmentVariable(flag);
    expect(nothingSaid([], { ...environment, [variable]: 'x' }), variable).toBeUndefined();
  }
  // Windows knows no case in them.
  expect(nothingSaid([], { Xerv_Deploy_Namespace: 'x' })).toBeUndefined();
});
