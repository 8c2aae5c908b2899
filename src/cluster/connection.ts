import { tmpdir } from 'node:os';
import { createApi } from './api.ts';
import { kindOfConnectionWords } from './api-failure.ts';
import { childEnvironment, type Environment } from './child-environment.ts';
import { createDirectTransport } from './direct-transport.ts';
import { type KubectlProxy, startProxy } from './proxy.ts';
import { createProxyTransport } from './proxy-transport.ts';
import { type ApiRequest, noAnswer, type Transport, type TransportResult } from './transport.ts';
import type { Api, ApiFailure, ClusterAccess, Exec } from './types.ts';

export interface ConnectionDependencies {
  /** Path of kubectl. */
  readonly kubectl: string;
  readonly exec: Exec;
  /** Our own environment; what children must not see is taken out here. */
  readonly env: Environment;
  /** A line that people need to see, such as the code of a device login. */
  readonly onStderrLine?: (line: string) => void;
  readonly platform?: NodeJS.Platform;
  /** Starts the proxy; see proxy.ts. */
  readonly startProxy?: typeof startProxy;
  /** Where the socket's private directory is made; the system's by default. */
  readonly temporaryDirectory?: string;
}

type Telling = ConnectionDependencies & { readonly onStderrLine: (line: string) => void };

/** How often a proxy that somebody ended is started again. */
const restarts = 3;

/**
 * Opens the way to the API server: one `kubectl proxy` for all requests, or where no unix socket
 * can be had a kubectl for each. Starts at once and does not wait: requests do, and where kubectl
 * cannot start, each one fails with kubectl's words. `close` must be called in the end.
 *
 * @throws never
 */
export async function openApi(access: ClusterAccess, given: ConnectionDependencies): Promise<Api> {
  const dependencies = { ...given, onStderrLine: onlyNew(given.onStderrLine) };
  const transport =
    (dependencies.platform ?? process.platform) === 'win32'
      ? openDirect(access, dependencies)
      : openProxied(access, dependencies);
  return createApi(transport, access.requestTimeoutMilliseconds);
}

/** A login program that fails is run for each request, and says the same each time. */
function onlyNew(say: (line: string) => void = () => {}): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    said.add(line);
    say(line);
  };
}

function openDirect(access: ClusterAccess, dependencies: Telling): Transport {
  return createDirectTransport({
    kubectl: dependencies.kubectl,
    access,
    environment: childEnvironment(dependencies.env, access, 'short'),
    exec: dependencies.exec,
    onStderrLine: dependencies.onStderrLine,
    pathPrefix: serverPath(access.server),
  });
}

type Opened =
  | { readonly transport: Transport; readonly proxy?: KubectlProxy }
  | { readonly failure: ApiFailure };

function openProxied(access: ClusterAccess, dependencies: Telling): Transport {
  let closed = false;
  let restartsLeft = restarts;
  let opening = open();

  async function open(): Promise<Opened> {
    const start = await (dependencies.startProxy ?? startProxy)({
      kubectl: dependencies.kubectl,
      access,
      environment: childEnvironment(dependencies.env, access, 'proxy'),
      temporaryDirectory: dependencies.temporaryDirectory ?? tmpdir(),
      onStderrLine: dependencies.onStderrLine,
    });
    if (start.started) {
      const transport = createProxyTransport(start.proxy, serverPath(access.server));
      return { transport, proxy: start.proxy };
    }
    if (start.why === 'no-socket') return { transport: openDirect(access, dependencies) };
    const kind = kindOfConnectionWords(start.message) ?? 'other';
    return { failure: { kind, message: start.message } };
  }

  async function send(request: ApiRequest): Promise<TransportResult> {
    const current = opening;
    const opened = await current;
    if (closed) return noAnswer('cancelled', 'the connection is closed');
    if ('failure' in opened) return { answered: false, failure: opened.failure };
    const result = await opened.transport.send(request);
    const lost = !result.answered && result.failure.kind === 'unreachable';
    if (!lost || closed || !(await hasEnded(opened.proxy))) return result;
    // Whoever sees it first starts the next one; the others wait for the same.
    if (opening === current && restartsLeft > 0) {
      restartsLeft -= 1;
      opening = opened.transport.close().then(open);
    }
    // A write may have been carried out before the connection broke: it is not sent twice.
    if (opening === current || request.method !== 'GET') return result;
    return send(request);
  }

  return {
    send,
    close: async () => {
      closed = true;
      const opened = await opening;
      if ('transport' in opened) await opened.transport.close();
    },
  };
}

/** The connection breaks a moment before the process's end is seen. */
async function hasEnded(proxy: KubectlProxy | undefined): Promise<boolean> {
  return proxy !== undefined && (await proxy.endsWithin(500));
}

/** The path of the server's address, without a slash at its end. */
function serverPath(server: string | undefined): string {
  if (!server) return '';
  try {
    return new URL(server).pathname.replace(/\/+$/, '');
  } catch {
    return '';
  }
}
