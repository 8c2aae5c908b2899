import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';

/** What happens to a request instead of an answer, or before it. */
export interface Mishap {
  readonly delayMilliseconds?: number;
  /** HTTP status in place of the server's answer. */
  readonly status?: number;
}

/**
 * An API server behind a bad road: each request meets what `mishap` says.
 * @param kubeconfig of a user of the real one
 * @returns a kubeconfig that leads through here; ends with the running test
 */
export async function startUnreliableServer(
  kubeconfig: string,
  mishap: (request: { readonly path: string; readonly index: number }) => Mishap,
): Promise<string> {
  const config = parse(await readFile(kubeconfig, 'utf8'));
  const cluster = config.clusters[0].cluster;
  const target = new URL(cluster.server);
  // kubectl sends no token without TLS, so it is added here.
  const authorization = `Bearer ${config.users[0].user.token}`;
  const ca = Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64').toString();
  const agent = new Agent({ keepAlive: true, ...(ca ? { ca } : { rejectUnauthorized: false }) });
  let index = 0;
  const server = createServer((incoming, outgoing) => {
    const { delayMilliseconds = 0, status } = mishap({ path: incoming.url ?? '', index });
    index += 1;
    setTimeout(() => {
      if (status !== undefined) {
        outgoing.writeHead(status, { 'content-type': 'application/json' });
        outgoing.end(JSON.stringify({ kind: 'Status', code: status, message: `mishap ${status}` }));
        return;
      }
      const { host: _, ...headers } = incoming.headers;
      const passed = request(
        new URL(incoming.url ?? '/', target),
        { method: incoming.method ?? 'GET', agent, headers: { ...headers, authorization } },
        (answer: IncomingMessage) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    }, delayMilliseconds);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    agent.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const directory = await mkdtemp(join(tmpdir(), 'xerv-unreliable-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'kubeconfig');
  const through = {
    ...config,
    clusters: [{ ...config.clusters[0], cluster: { server: `http://127.0.0.1:${port}` } }],
  };
  await writeFile(path, stringify(through), { mode: 0o600 });
  return path;
}
