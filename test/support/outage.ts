import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';

/** A road to the API server that can be cut: what is at its end is the real one. */
export interface Road {
  /** A kubeconfig that leads over it. */
  readonly kubeconfig: string;
  /** From now on connections are refused, as by a server or a VPN that is down. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** What the login program was called for, a line each. */
  readonly logins: () => Promise<readonly string[]>;
}

export interface RoadOptions {
  /** A shell script that runs before the credentials are given: how somebody logs in. */
  readonly login?: string;
  /** Seconds from now after which its credentials are over, and it is called for others. */
  readonly lasts?: number;
}

/**
 * Begins cut. Ends with the running test.
 * @param kubeconfig of a user of the real one, with a token
 */
export async function openRoad(
  kubeconfig: string,
  { login, lasts }: RoadOptions = {},
): Promise<Road> {
  const config = parse(await readFile(kubeconfig, 'utf8'));
  const { hostname, port: target } = new URL(config.clusters[0].cluster.server);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  const mend = async () => {
    const opened = createServer((incoming) => {
      const outgoing = connect(Number(target), hostname);
      for (const socket of [incoming, outgoing]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          for (const other of [incoming, outgoing]) other.destroy();
        });
      }
      incoming.pipe(outgoing).pipe(incoming);
    });
    server = opened;
    await new Promise<void>((resolve) => {
      opened.listen(port, '127.0.0.1', resolve);
    });
    ({ port } = opened.address() as AddressInfo);
  };
  const cut = async () => {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing) await new Promise((resolve) => closing.close(resolve));
  };
  // For its port.
  await mend();
  await cut();
  onTestFinished(cut);

  const directory = await mkdtemp(join(tmpdir(), 'xerv-road-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const calls = join(directory, 'logins');
  const path = join(directory, 'kubeconfig');
  const [cluster] = config.clusters;
  const [{ name, user }] = config.users;
  const over = {
    ...config,
    clusters: [
      { ...cluster, cluster: { ...cluster.cluster, server: `https://127.0.0.1:${port}` } },
    ],
    users: [
      { name, user: login === undefined ? user : asProgram(user.token, login, calls, lasts) },
    ],
  };
  await writeFile(path, stringify(over), { mode: 0o600 });
  return {
    kubeconfig: path,
    cut,
    mend,
    logins: async () =>
      (await readFile(calls, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
  };
}

/** Credentials as a cloud's kubeconfig has them: a program gives them. */
function asProgram(token: string, login: string, calls: string, lasts: number | undefined) {
  const end = lasts === undefined ? undefined : new Date(Date.now() + lasts * 1000).toISOString();
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token, ...(end && { expirationTimestamp: end }) },
  };
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'IfAvailable',
      command: '/bin/sh',
      args: ['-c', `echo called >> ${calls}; ${login}\necho '${JSON.stringify(credential)}'`],
    },
  };
}
