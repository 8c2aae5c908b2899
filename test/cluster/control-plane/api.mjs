import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{status: number, body: any}} Answer
 * @typedef {ReturnType<typeof createClient>} Client
 */

/**
 * A client of the control plane's API over connections that are kept.
 * @param {{server: string, certificateAuthority: string, token: string}} options
 */
export function createClient({ server, certificateAuthority, token }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: certificateAuthority });

  /**
   * @param {string} method
   * @param {string} path
   * @param {{body?: string | object, contentType?: string, timeout?: number}} [options]
   *   timeout in milliseconds
   * @returns {Promise<Answer>} body: parsed where it is JSON, else text
   */
  function send(method, path, { body, contentType = 'application/json', timeout = 10_000 } = {}) {
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, server), {
        method,
        agent,
        timeout,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => {
          text += chunk;
        });
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: parse(text, incoming.headers) }),
        );
      });
      outgoing.end(typeof body === 'object' ? JSON.stringify(body) : body);
    });
  }

  /** @param {string} path */
  async function get(path) {
    return send('GET', path);
  }

  /**
   * Creates an object, or changes it into what is given, by server-side apply.
   * @param {string} path of the object itself
   * @param {string | object} manifest YAML or an object
   */
  async function apply(path, manifest) {
    const answer = await send('PATCH', `${path}?fieldManager=test-control-plane&force=true`, {
      body: manifest,
      contentType: 'application/apply-patch+yaml',
      // A large CRD takes its time where many control planes start on a few cores.
      timeout: 120_000,
    });
    if (answer.status >= 300)
      throw new Error(`${path} was refused: ${answer.body?.message ?? answer.status}`);
    return answer.body;
  }

  return { send, get, apply, close: () => agent.destroy() };
}

/**
 * @param {string} text
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function parse(text, headers) {
  return headers['content-type']?.includes('json') ? JSON.parse(text) : text;
}

/**
 * Asks again and again until the answer is not undefined.
 * @template T
 * @param {string} what what is waited for, for the error
 * @param {() => Promise<T | undefined>} ask an error counts as "not yet"
 * @param {{timeout: number, interval?: number, failure?: () => string | undefined}} options
 *   milliseconds; failure tells why waiting has become pointless
 * @returns {Promise<T>}
 * @throws where it takes too long or failure gives a reason
 */
export async function waitFor(what, ask, { timeout, interval = 30, failure }) {
  const end = Date.now() + timeout;
  let last = '';
  while (Date.now() < end) {
    const reason = failure?.();
    if (reason) throw new Error(reason);
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = '';
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : error}`;
    }
    await sleep(interval);
  }
  throw new Error(`waited ${timeout / 1000} s in vain for ${what}${last}`);
}
