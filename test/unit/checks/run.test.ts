import { describe, expect, test } from 'vitest';
import { applicable, neededFacts, runChecks } from '../../../src/checks/run.ts';
import type { Check } from '../../../src/checks/types.ts';
import { pass, warn, withFact } from '../../../src/checks/verdicts.ts';
import { checkInput } from '../../support/check-input.ts';

const check = (id: Check['id'], parts: Partial<Check>): Check => ({
  id,
  category: 'cluster',
  title: 'All is well',
  why: 'Because.',
  reads: 'nothing',
  rules: [],
  applies: () => true,
  needs: () => [],
  run: () => pass('It is.'),
  ...parts,
});

const onServer = check('XV-1', {
  needs: () => ['server'],
  run: ({ facts }) =>
    withFact(facts, 'server', 'the version', ({ minor }) =>
      minor < 25 ? [warn('old'), warn('very old')] : pass('new'),
    ),
});
const never = check('XV-2', { applies: () => false, needs: () => ['nodes'] });
const broken = check('XV-3', {
  run: () => {
    throw new Error('oops');
  },
});

const server = (minor: number) => ({ gitVersion: `v1.${minor}.0`, minor, distribution: '' });

describe('running checks', () => {
  test('asks only for what the applicable ones need', () => {
    const input = checkInput({});
    expect([...neededFacts(applicable([onServer, never], input), input)]).toEqual(['server']);
  });

  test('keeps every verdict, with its check', () => {
    const findings = runChecks([onServer, never], checkInput({ facts: { server: server(20) } }));
    expect(findings.map(({ check, status, message }) => [check, status, message])).toEqual([
      ['XV-1', 'warn', 'old'],
      ['XV-1', 'warn', 'very old'],
    ]);
  });

  test('what could not be seen is unknown, in words', () => {
    expect(runChecks([onServer], checkInput({ unknown: ['server'] }))).toMatchObject([
      {
        status: 'unknown',
        message: 'Could not look at the version: you have no permission to look.',
        evidence: ['no'],
      },
    ]);
    expect(runChecks([onServer], checkInput({}))).toMatchObject([
      { status: 'unknown', message: 'Could not look at the version: no cluster was asked.' },
    ]);
  });

  test('a check that breaks is unknown, and the others still run', () => {
    const findings = runChecks([broken, onServer], checkInput({ facts: { server: server(30) } }));
    expect(findings.map(({ status }) => status)).toEqual(['unknown', 'pass']);
    expect(findings[0]?.message).toContain('oops');
  });
});
