import { expect, test } from 'vitest';
import { describeApiFailure } from '../../../src/cluster/failure-problem.ts';
import type { ApiFailure } from '../../../src/cluster/types.ts';

/** In the words that kubectl and Go's client have for it. */
test.each<[ApiFailure['kind'], string, RegExp, RegExp]>([
  [
    'unreachable',
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /certificate of the server at https:\/\/api is not trusted/,
    /new kubeconfig/,
  ],
  [
    'other',
    'unable to read certificate-authority /nope/ca.pem for playground due to open /nope/ca.pem: no such file or directory',
    /holds no usable certificate or key/,
    /Fix the file/,
  ],
  ['unreachable', 'tls: failed to find any PEM data in certificate input', /no usable/, /Fix/],
  ['unreachable', 'remote error: tls: expired certificate', /does not accept your/, /log in again/],
  [
    'unauthorized',
    'namespaces "kube-system" is forbidden: User "system:anonymous" cannot get resource',
    /does not know who you are/,
    /user with credentials/,
  ],
  ['other', 'Please enter Username:\nerror: EOF', /gives no credentials/, /login program/],
  ['other', 'http: no Host in request URL', /is not a valid address/, /https:\/\/HOST:PORT/],
  ['other', 'Client sent an HTTP request to an HTTPS server.', /different protocol/, /https:\/\//],
  [
    'unreachable',
    'proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
    /The proxy in front/,
    /NO_PROXY/,
  ],
  ['unreachable', 'dial tcp 127.0.0.1:1: connect: connection refused', /cannot be reached/, /VPN/],
])('%s: %s', (kind, message, words, next) => {
  const access = { server: 'https://api', context: undefined };
  const problem = describeApiFailure({ kind, message }, { doing: 'ask', access });
  expect(problem.message).toMatch(words);
  expect(problem.why).toContain(message);
  expect(problem.next).toMatch(next);
});
