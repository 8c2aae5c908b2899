import { expect, test } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import type { CheckId, Finding, Status } from '../../../src/checks/types.ts';
import { consentFor } from '../../../src/release/consent.ts';
import type { PlannedObject } from '../../../src/release/plan/types.ts';
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
const opening = {
  data: [],
  objects: [{ object: 'Ingress/xerv', action: 'created', changes: [] } satisfies PlannedObject],
};
function object(name: string, path: string): PlannedObject {
  return { object: name, action: 'changed', changes: [{ kind: 'changed', path }] };
}
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
    yesIsEnough: true,
  });
  expect(consentFor([], { ...target, namespace: 'live' })?.word).toBe('kind-dev');
});

test.each([
  ['D16: another backend', [change], 'XV-206 says so.'],
  ['D77: an open way in', [open], 'XV-701 says so.'],
  ['both', [change, open], 'XV-206 says so. XV-701 says so.'],
])('%s wants the name of the release', (_, findings, why) => {
  expect(consentFor(findings, target, opening)).toEqual({
    word: 'flows',
    what: "the release's name",
    why,
    yesIsEnough: false,
  });
});

test.each<[string, PlannedObject, boolean]>([
  ['is made', { object: 'Ingress/xerv', action: 'created', changes: [] }, true],
  ['loses its guard', { object: 'AuthorizationPolicy/xerv', action: 'removed', changes: [] }, true],
  ['changes', object('Service/xerv', 'spec.type'), true],
  ['gets other labels', object('Ingress/xerv', 'metadata.labels.helm.sh/chart'), false],
  ['stays', { object: 'Ingress/xerv', action: 'unchanged', changes: [] }, false],
  ['is not among what changes', object('Deployment/xerv', 'spec.replicas'), false],
])('an open way in that %s: %o wants a name: %s', (_, planned, wants) => {
  const consent = consentFor([open], target, { data: [], objects: [planned] });
  expect(consent !== undefined).toBe(wants);
});

test('data that goes wants the name of the release', () => {
  const claim = { claim: 'data-xerv-0', size: '1Gi', message: 'goes' };
  const going = (fate: 'kept' | 'deleted') => ({ data: [{ ...claim, fate }], objects: [] });
  expect(consentFor([], target, going('kept'))).toBe(undefined);
  expect(consentFor([], target, going('deleted'))).toMatchObject({
    word: 'flows',
    why: 'This deletes data.',
    yesIsEnough: false,
  });
});

test('one name is typed, for every reason', () => {
  expect(consentFor([open], production, opening)).toEqual({
    word: 'eu-prod',
    what: "the context's name",
    why: 'This looks like production. XV-701 says so.',
    yesIsEnough: false,
  });
});

test('the rules that want a name typed are those with a check that does', () => {
  const rules = catalogue.flatMap((check) => (check.wantsTyping ? check.rules : []));
  expect(rules.sort()).toEqual(['D16', 'D77']);
});
