import { once } from 'node:events';
import { connect } from 'node:net';
import { cacheDirectory } from '../../../scripts/cache.mjs';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { ensureServers } from '../build/servers.mjs';
import type { AddOnCluster } from './add-on-cluster.ts';

export interface NatsServer {
  readonly port: number;
  readonly monitoringPort: number;
  /** Publishes a message and gives the answer, which is JSON: of JetStream's API or of a stream. */
  readonly request: (subject: string, body: string | object) => Promise<Record<string, unknown>>;
}

/** A real NATS with JetStream on the loopback interface. */
export async function startNats(cluster: AddOnCluster): Promise<NatsServer> {
  const { paths, env } = await ensureServers({ cacheDirectory: cacheDirectory() });
  const [port = 0, monitoringPort = 0] = await findFreePorts(2);
  const nats = cluster.start({
    name: 'nats-server',
    file: paths['nats-server'],
    args: [
      ...['--addr', '127.0.0.1', '--port', String(port), '--http_port', String(monitoringPort)],
      ...['--jetstream', '--store_dir', cluster.directory],
    ],
    env,
  });
  await nats.until('answer', async () => {
    const { ok } = await fetch(`http://127.0.0.1:${monitoringPort}/healthz`);
    return ok || undefined;
  });
  return { port, monitoringPort, request: (subject, body) => request(port, subject, body) };
}

/** One request over a connection of its own; NATS speaks lines of text. */
async function request(port: number, subject: string, body: string | object) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('CONNECT {"verbose":false}\r\nSUB reply 1\r\n');
    socket.write(`PUB ${subject} reply ${Buffer.byteLength(text)}\r\n${text}\r\n`);
    let received = '';
    for await (const chunk of socket) {
      received += chunk;
      const answer = /^MSG reply 1 \S*\s*\d+\r\n(.*)\r\n/m.exec(received)?.[1];
      if (!answer) continue;
      const parsed = JSON.parse(answer) as Record<string, unknown>;
      if (parsed.error) throw new Error(`${subject}: ${JSON.stringify(parsed.error)}`);
      return parsed;
    }
    throw new Error(`${subject}: no answer`);
  } finally {
    socket.destroy();
  }
}
