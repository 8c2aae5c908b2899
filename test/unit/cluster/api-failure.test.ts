import { describe, expect, test } from 'vitest';
import { toApiFailure } from '../../../src/cluster/api-failure.ts';
import { describeApiFailure } from '../../../src/cluster/failure-problem.ts';
import type { ApiFailure } from '../../../src/cluster/types.ts';

const status = (code: number, reason: string, more: object = {}) =>
  toApiFailure({
    status: code,
    contentType: 'application/json',
    body: JSON.stringify({
      kind: 'Status',
      status: 'Failure',
      code,
      reason,
      message: 'm',
      ...more,
    }),
  });

test.each([
  [401, 'Unauthorized', 'unauthorized'],
  [403, 'Forbidden', 'forbidden'],
  [404, 'NotFound', 'not-found'],
  [409, 'AlreadyExists', 'conflict'],
  [409, 'Conflict', 'conflict'],
  [422, 'Invalid', 'invalid'],
  [400, 'BadRequest', 'invalid'],
  [500, 'ServerTimeout', 'timeout'],
  [504, 'Timeout', 'timeout'],
  [500, 'InternalError', 'other'],
] as const)('%i %s is %s', (code, reason, kind) => {
  expect(status(code, reason)).toEqual({ kind, status: code, reason, message: 'm' });
});

test('says which field is wrong', () => {
  const causes = [{ reason: 'FieldValueInvalid', field: 'spec.replicas', message: 'must be …' }];
  const failure = status(422, 'Invalid', { details: { causes } });
  expect(failure.causes).toEqual([{ field: 'spec.replicas', message: 'must be …' }]);
  expect(describeApiFailure(failure, { doing: 'create it' }).why).toBe(
    'm\nspec.replicas: must be …',
  );
});

describe("kubectl's proxy could not pass the request on", () => {
  test.each([
    ['dial tcp 127.0.0.1:1: connect: connection refused', 'unreachable'],
    ['dial tcp: lookup kube.example on 10.0.0.2:53: no such host', 'unreachable'],
    ['net/http: TLS handshake timeout', 'unreachable'],
    ['tls: failed to verify certificate: x509: certificate has expired', 'unreachable'],
    ['proxyconnect tcp: EOF', 'unreachable'],
    ['unexpected EOF', 'unreachable'],
    ['getting credentials: exec: executable aws not found', 'unauthorized'],
    ['getting credentials: exec: executable gke failed: dial tcp: i/o timeout', 'unauthorized'],
    ['oauth2: cannot fetch token', 'unauthorized'],
    ['something else', 'other'],
  ] as const)('%s', (body, kind) => {
    const failure = toApiFailure({ status: 500, contentType: 'text/plain', body: `${body}\n` });
    expect(failure).toEqual({ kind, status: 500, message: body });
  });

  test('an error page of something between us is cut', () => {
    const body = `<html>${'x'.repeat(100_000)}`;
    expect(toApiFailure({ status: 503, contentType: 'text/html', body }).message.length).toBe(
      2_000,
    );
  });
});

test.each([
  ['fork/exec /no/plugin: no such file or directory', 'Install it'],
  ['executable aws not found', 'Install it'],
  ['executable aws failed with exit code 1', 'Log in again'],
])('a credential plugin that gives nothing is not the cluster’s refusal: %s', (words, next) => {
  const message = `getting credentials: exec: ${words}`;
  const problem = describeApiFailure({ kind: 'unauthorized', message }, { doing: 'read' });
  expect(problem.message).toContain('gives no credentials');
  expect(problem).toMatchObject({ why: message, next: expect.stringContaining(next) });
});

test.each(['unreachable', 'timeout', 'unauthorized', 'forbidden'] as const)(
  '%s: the user is told where, why and what next',
  (kind) => {
    const failure: ApiFailure = { kind, message: 'the reason' };
    const access = { context: 'work', server: 'https://office:6443' };
    const problem = describeApiFailure(failure, { doing: 'read the pods', access });
    expect(problem.why).toBe('the reason');
    expect(problem.next).toBeTruthy();
    if (kind === 'forbidden') expect(problem.message).toContain('read the pods');
    else expect(problem.message).toMatch(/https:\/\/office:6443.*context work/);
  },
);
