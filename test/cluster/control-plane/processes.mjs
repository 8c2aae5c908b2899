import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../scripts/run.mjs';

/**
 * Ports of the loopback interface that nobody listens on. They are held together until all are
 * known, so that they differ.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function findFreePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise((resolve, reject) => {
        server.on('error', reject);
        server.listen(0, '127.0.0.1', () => resolve(undefined));
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port was given');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Starts one role of the control plane, its output in a log file. It lives in a process group of
 * its own, so that the terminal's Ctrl+C does not reach it. Unless detached, it ends when this
 * process ends, in whatever way: it reads a pipe that closes with us.
 * @param {{binary: string, args: string[], logFile: string, detached: boolean}} options
 * @returns {import('node:child_process').ChildProcess}
 */
export function spawnRole({ binary, args, logFile, detached }) {
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(binary, args, {
      detached: true,
      stdio: [detached ? 'ignore' : 'pipe', log, log],
      env: { ...roleEnvironment(), ...(detached ? {} : { CONTROL_PLANE_ENDS_WITH_STDIN: '1' }) },
      windowsHide: true,
    });
    child.unref();
    const stdin = /** @type {import('node:net').Socket | null} */ (child.stdin);
    stdin?.unref();
    stdin?.on('error', () => {});
    return child;
  } finally {
    closeSync(log);
  }
}

/** Nothing of the caller's that could steer a role: no proxies, no kubeconfig, no etcd settings. */
function roleEnvironment() {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Which of the processes are alive and still what they were: an id may have been given to a
 * stranger since, and a stranger is never ended.
 * @param {readonly number[]} pids
 * @param {string} mark what stands in their command lines
 * @returns {Promise<number[]>}
 */
export async function findOwnProcesses(pids, mark) {
  const alive = pids.filter(isAlive);
  if (alive.length === 0 || process.platform === 'win32') return alive;
  // A process that has ended, but whose parent has not asked for its exit code, has state Z.
  const listing = await run('ps', ['-ww', '-o', 'pid=,stat=,args=', '-p', alive.join(',')], {
    capture: true,
  });
  return listing.stdout.split('\n').flatMap((line) => {
    const [, pid, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && !state.startsWith('Z') && command.includes(mark) ? [Number(pid)] : [];
  });
}

/**
 * Ends the processes and waits until they are gone.
 * @param {readonly number[]} pids
 * @param {string} mark as for findOwnProcesses
 */
export async function endProcesses(pids, mark) {
  for (let own = await findOwnProcesses(pids, mark); own.length > 0; ) {
    // SIGKILL at once: there is nothing to save, and the apiserver takes long to say goodbye.
    for (const pid of own) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It was quicker.
      }
    }
    await sleep(20);
    own = await findOwnProcesses(own, mark);
  }
}
