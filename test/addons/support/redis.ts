import { cacheDirectory } from '../../../scripts/cache.mjs';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { runCommand } from '../../support/run-command.ts';
import { ensureServers } from '../build/servers.mjs';
import type { AddOnCluster } from './add-on-cluster.ts';

export interface RedisServer {
  readonly port: number;
  /** Runs a command, such as `XADD`, and gives its answer. @throws with what redis-cli said */
  readonly command: (...args: string[]) => Promise<string>;
}

/** A real Redis on the loopback interface, with a password where one is given. */
export async function startRedis(cluster: AddOnCluster, password = ''): Promise<RedisServer> {
  const { paths, env } = await ensureServers({ cacheDirectory: cacheDirectory() });
  const [port = 0] = await findFreePorts(1);
  const redis = cluster.start({
    name: `redis-${port}`,
    file: paths['redis-server'],
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      ...(password ? ['--requirepass', password] : []),
    ],
    env,
  });
  const command = async (...args: string[]) => {
    const all = ['-p', String(port), '-e', ...args];
    const { code, stdout, stderr } = await runCommand(paths['redis-cli'], all, {
      env: { ...env, REDISCLI_AUTH: password },
    });
    if (code !== 0) throw new Error(`redis-cli ${args[0]}: ${stderr}${stdout}`);
    return stdout.trim();
  };
  await redis.until('answer', async () => ((await command('PING')) === 'PONG' ? true : undefined));
  return { port, command };
}
