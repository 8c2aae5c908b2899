import { expect, test } from 'vitest';
import { classify } from '../../../src/release/dry-run/classify.ts';

test.each([
  [
    'forbidden',
    'pods is forbidden: User "v" cannot create resource "pods" in API group ""',
    'forbidden',
  ],
  [
    'forbidden',
    'pods "x" is forbidden: violates PodSecurity "restricted:latest": …',
    'pod-security',
  ],
  ['forbidden', 'pods "x" is forbidden: exceeded quota: q, requested: pods=1', 'quota'],
  ['forbidden', 'pods "x" is forbidden: maximum cpu usage per Container is 1', 'limit-range'],
  ['invalid', 'admission webhook "a.b" denied the request: no', 'admission'],
  ['invalid', 'admission webhook "a.b" does not support dry run', 'no-dry-run'],
  [
    'other',
    'Internal error occurred: failed calling webhook "a.b": connection refused',
    'admission',
  ],
  ['invalid', 'strict decoding error: unknown field "spec.x"', 'unknown-field'],
  ['invalid', 'updates to statefulset spec for fields other than … are forbidden', 'immutable'],
  ['invalid', 'Service "x" is invalid: spec.ports: Required value', 'invalid'],
  ['conflict', 'Apply failed with 1 conflict: conflict with "kubectl"', 'conflict'],
  ['not-found', 'namespaces "x" not found', 'namespace-missing'],
  ['timeout', 'no answer within 15 s', 'timeout'],
] as const)('%s: %s is %s', (kind, message, reason) => {
  expect(classify({ kind, message }).reason).toBe(reason);
});
