import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { parseWarnings } from './http-warnings.ts';
import type { KubectlProxy } from './proxy.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  noAnswer,
  type Transport,
  type TransportResult,
} from './transport.ts';

const cancelledWords = 'the request was cancelled';
/** Answers larger than this are refused, in bytes; lists are paged long before. */
const longestAnswer = 128 * 1024 * 1024;
/** How long a login that a credential plugin asked for may take, in milliseconds. */
const loginLimit = 5 * 60_000;
const loginWords = `getting credentials: no login within ${loginLimit / 60_000} min`;

/**
 * Requests over the proxy's socket with connections that are kept. The time limit of a request
 * is ours, since kubectl's `--request-timeout` does nothing here; it is extended while nobody has
 * logged in yet and a credential plugin asks the user to.
 *
 * @param proxy a proxy that was started
 * @param pathPrefix the path of the server's address ("/k8s/clusters/c-1" for Rancher), which
 *   kubectl's proxy leaves out
 */
export function createProxyTransport(proxy: KubectlProxy, pathPrefix: string): Transport {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  let loggedIn = false;
  return {
    send: (request) =>
      new Promise((resolve) => {
        if (request.signal?.aborted) return resolve(noAnswer('cancelled', cancelledWords));
        const startedAt = Date.now();
        const call = openRequest(request, agent, proxy.socketPath, pathPrefix);
        const settle = (result: TransportResult): void => {
          clearTimeout(timer);
          request.signal?.removeEventListener('abort', onAbort);
          resolve(result);
        };
        const stop = (result: TransportResult): void => {
          settle(result);
          call.destroy();
        };
        const onAbort = (): void => stop(noAnswer('cancelled', cancelledWords));
        const asksForLogin = (): boolean => !loggedIn && proxy.spokeAt() >= startedAt;
        const onTimeout = (): void => {
          if (!asksForLogin()) stop(noAnswer('timeout', timeoutWords(request)));
          else if (Date.now() - startedAt < loginLimit) timer = setTimeout(onTimeout, 1_000);
          else stop(noAnswer('unauthorized', loginWords));
        };
        let timer = setTimeout(onTimeout, request.timeoutMilliseconds);
        request.signal?.addEventListener('abort', onAbort, { once: true });
        call.once('response', (response) => {
          void collect(response).then(
            (answer) => {
              loggedIn ||= answer.status < 400;
              settle({ answered: true, answer });
            },
            (error: Error) => stop(noAnswer('unreachable', error.message)),
          );
        });
        call.on('error', (error) => settle(noAnswer('unreachable', lostWords(proxy, error))));
        call.end(request.body);
      }),
    close: async () => {
      agent.destroy();
      await proxy.close(loggedIn);
    },
  };
}

function openRequest(
  request: ApiRequest,
  agent: Agent,
  socketPath: string,
  prefix: string,
): ClientRequest {
  const { method, path, body } = request;
  const contentType =
    request.contentType ??
    (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json; charset=utf-8');
  return httpRequest({
    socketPath,
    agent,
    // For TLS only; where it is not given, Node looks whether Host is an address, in 5 ms.
    ...{ servername: '' },
    method,
    path: prefix + path,
    headers: {
      // kubectl's proxy answers 403 to any other host name.
      Host: 'localhost',
      Accept: request.accept ?? 'application/json',
      'User-Agent': 'create-xerv-deploy',
      ...(body !== undefined && {
        'Content-Type': contentType,
        'Content-Length': Buffer.byteLength(body),
      }),
    },
  });
}

/** By events: an iterator for each answer costs as much as to read it. */
function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestAnswer) response.destroy(new Error('the answer is too large'));
      else chunks.push(chunk);
    });
    response.once('end', () => resolve(Buffer.concat(chunks)));
    response.once('error', reject);
    // Where the connection breaks in the middle, there is no end.
    response.once('close', () => reject(new Error('the answer was cut off')));
  });
}

async function collect(response: IncomingMessage): Promise<ApiAnswer> {
  const body = await readBody(response);
  const retryAfter = Number(response.headers['retry-after']);
  const warnings = parseWarnings(response.headers.warning);
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
    ...(warnings.length > 0 && { warnings }),
    body: body.toString('utf8'),
  };
}

function timeoutWords({ timeoutMilliseconds }: ApiRequest): string {
  return `no answer within ${timeoutMilliseconds / 1000} s`;
}

/** A connection that breaks means that kubectl ended; its words tell more than ECONNREFUSED. */
function lostWords(proxy: KubectlProxy, error: Error): string {
  return (proxy.hasEnded() && proxy.lastWords()) || `the connection broke: ${error.message}`;
}
