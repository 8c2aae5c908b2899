import { expect, it } from 'vitest';
import { ConnectionError, passesByItself } from '../../../src/cluster/connection-error.ts';
import type { ApiFailure } from '../../../src/cluster/types.ts';
import { DeployError } from '../../../src/errors.ts';

type Case = readonly [passes: boolean, kind: ApiFailure['kind'], message: string, status?: number];

const failures: readonly Case[] = [
  [true, 'unreachable', 'dial tcp 10.0.0.1:6443: connect: connection refused'],
  [true, 'unreachable', 'dial tcp: lookup prod.example on 10.0.0.2:53: no such host'],
  [true, 'unreachable', 'dial tcp 10.0.0.1:6443: i/o timeout'],
  [true, 'unreachable', 'dial tcp 10.0.0.1:6443: connect: no route to host'],
  [true, 'unreachable', 'connectex: No connection could be made … actively refused it.'],
  [true, 'unreachable', 'net/http: TLS handshake timeout'],
  [true, 'unreachable', 'read tcp 10.0.0.9:1->10.0.0.1:6443: read: connection reset by peer'],
  [true, 'unreachable', 'unexpected EOF'],
  [true, 'timeout', 'no answer within 30 s'],
  [true, 'other', 'HTTP 503 without a message', 503],
  [false, 'other', 'HTTP 500 without a message', 500],
  [false, 'unreachable', 'tls: failed to verify certificate: x509: certificate has expired'],
  [false, 'unreachable', 'http: server gave HTTP response to HTTPS client'],
  [false, 'unreachable', 'the connection broke: ECONNREFUSED'],
  [false, 'unauthorized', 'getting credentials: exec: executable aws failed with exit code 255'],
  [false, 'unauthorized', 'getting credentials: dial tcp: lookup sso.example: no such host'],
  [false, 'forbidden', 'namespaces is forbidden'],
];

it.each(failures.map((one) => [one] as const))('%j', ([passes, kind, message, status]) => {
  const failure: ApiFailure = { kind, message, ...(status === undefined ? {} : { status }) };
  const error = new ConnectionError(failure, { doing: 'ask the cluster' });
  expect(error.exitCode).toBe(3);
  expect(passesByItself(error)).toBe(passes);
});

it('nothing else does', () => {
  expect(passesByItself(new DeployError(3, { message: 'connection refused' }))).toBe(false);
  expect(passesByItself(new Error('connection refused'))).toBe(false);
});
