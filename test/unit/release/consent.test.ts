import { expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import type { CheckId, Finding, Status } from '../../../src/checks/types.ts';
import { consentFor } from '../../../src/release/consent.ts';
import type { Target } from '../../../src/release/target.ts';

const target: Target = {
  context: 'kind-dev',
  server: 'https://127.0.0.1:6443',
  identity: 'uid',
  namespace: 'xerv',
  release: 'flows',
};
const production = { ...target, context: 'eu-prod' };
const finding = (check: CheckId, status: Status): Finding => ({
  check,
  status,
  category: 'backend',
  title: 'The title',
  message: `${check} says so.`,
});
const change = finding('XV-206', 'warn');
const open = finding('XV-701', 'warn');

test('y is enough where nothing asks for more', () => {
  expect(consentFor([finding('XV-210', 'warn'), finding('XV-206', 'pass')], target)).toBe(
    undefined,
  );
});

test('a cluster like production wants the name of the context', () => {
  expect(consentFor([], production)).toEqual({
    word: 'eu-prod',
    what: "the context's name",
    why: 'This looks like production.',
  });
  expect(consentFor([], { ...target, namespace: 'live' })?.word).toBe('kind-dev');
});

test.each([
  ['D16: another backend', [change], 'XV-206 says so.'],
  ['D77: an open way in', [open], 'XV-701 says so.'],
  ['both', [change, open], 'XV-206 says so. XV-701 says so.'],
])('%s wants the name of the release', (_, findings, why) => {
  expect(consentFor(findings, target)).toEqual({
    word: 'flows',
    what: "the release's name",
    why,
  });
});

test('data that goes wants the name of the release', () => {
  const claim = { claim: 'data-xerv-0', size: '1Gi', message: 'goes' };
  expect(consentFor([], target, [{ ...claim, fate: 'kept' }])).toBe(undefined);
  expect(consentFor([], target, [{ ...claim, fate: 'deleted' }])).toMatchObject({
    word: 'flows',
    why: 'This deletes data.',
  });
});

test('one name is typed, for every reason', () => {
  expect(consentFor([open], production)).toEqual({
    word: 'eu-prod',
    what: "the context's name",
    why: 'This looks like production. XV-701 says so.',
  });
});

test('the rules that ask for it are those with a check that does', () => {
  const rules = catalogue.flatMap((check) => (check.wantsTyping ? check.rules : []));
  expect(rules.sort()).toEqual(['D16', 'D77']);
});
