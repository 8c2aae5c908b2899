import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createClient, waitFor } from './api.mjs';
import { applyContent, waitForContent } from './content.mjs';
import { applyCrds } from './crds.mjs';
import { makeDirectory, writeFiles } from './files.mjs';
import { DEFAULT_NODES } from './nodes.mjs';
import { stopControlPlane } from './playground.mjs';
import { endProcesses, findFreePorts, spawnRole } from './processes.mjs';
import { LAYOUT, ROLES } from './roles.mjs';
import { writeState } from './state.mjs';
import { USERS } from './users.mjs';

/** How long a control plane may take to be ready, in milliseconds; it needs about 5 s. */
const READY_TIMEOUT = 90_000;
/** A port can be taken by a stranger between finding it and using it. */
const ATTEMPTS = 3;

/**
 * @typedef {{
 *   binary: string,
 *   directory: string,
 *   crdsDirectory?: string,
 *   profile?: 'test' | 'playground',
 *   name?: string,
 *   nodes?: Partial<import('./nodes.mjs').NodeOptions>,
 *   crds?: readonly string[],
 *   users?: readonly string[],
 *   detached?: boolean,
 * }} StartOptions
 *
 * @typedef {{
 *   directory: string,
 *   server: string,
 *   kubeconfig: string,
 *   pids: Record<string, number>,
 *   kubeconfigFor: (user: string) => string,
 *   applyCrds: (names: readonly string[]) => Promise<void>,
 *   stop: (options?: {removeDirectory?: boolean}) => Promise<void>,
 * }} ControlPlane
 */

/**
 * Starts a control plane of its own in a directory of its own and waits until it is ready: nodes,
 * storage classes, users and add-on CRDs are there and pods can be made.
 *
 * @param {StartOptions} options
 *   binary, crdsDirectory: from ensureControlPlane. directory: is made; what is in it is removed.
 *   profile: which storage classes there are (default: test). name: of cluster and context in the
 *   kubeconfigs. crds: names of add-ons, see crds.json. users: names of users.mjs (default: all).
 *   detached: it outlives this process; otherwise it ends with it, however it ends.
 * @returns {Promise<ControlPlane>} stop: ends all processes and, unless told otherwise, removes
 *   the directory
 * @throws with the end of the log of the role that failed
 */
export async function startControlPlane(options) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce({ ...options, directory: resolve(options.directory) });
    } catch (error) {
      const isPortTaken = error instanceof Error && /address already in use/.test(error.message);
      if (!isPortTaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * @param {StartOptions} options
 * @returns {Promise<ControlPlane>}
 */
async function startOnce({
  binary,
  directory,
  crdsDirectory,
  profile = 'test',
  name = 'test-cluster',
  nodes = {},
  crds = [],
  users = Object.keys(USERS),
  detached = false,
}) {
  // What is left of one that was killed while it started, or of which a part has died.
  await stopControlPlane(directory);
  await makeDirectory(directory);
  const [etcd = 0, etcdPeer = 0, apiserver = 0, kubelet = 0] = await findFreePorts(4);
  const server = `https://127.0.0.1:${apiserver}`;
  const place = { directory, server, ports: { etcd, etcdPeer, apiserver, kubelet } };
  const roles = launcher({ binary, place, detached });
  const failure = () => roles.ended();
  const saveState = (/** @type {boolean} */ isReady) =>
    writeState({ directory, server, pids: roles.pids, users: [...users], profile, isReady });

  try {
    roles.launch(['etcd']);
    await saveState(false);
    const { certificateAuthority, adminToken } = await writeFiles({
      binary,
      directory,
      server,
      name,
      users,
    });
    roles.launch(['kube-apiserver']);
    await saveState(false);
    /**
     * @template T
     * @param {(client: import('./api.mjs').Client) => Promise<T>} work
     */
    const withClient = (work) => {
      const client = createClient({ server, certificateAuthority, token: adminToken });
      return work(client).finally(client.close);
    };
    await withClient(async (client) => {
      const version = await waitForServer(client, failure);
      roles.launch(['kube-controller-manager', 'kube-scheduler', 'kwok', 'provisioner']);
      await saveState(false);
      await applyContent(client, {
        profile,
        users,
        nodes: { ...DEFAULT_NODES, ...nodes },
        kubeletPort: kubelet,
        version,
      });
      if (crds.length > 0) await applyCrds(client, crdsDirectory, crds);
      await waitForContent(client, { timeout: READY_TIMEOUT, failure });
    });
    await saveState(true);
    return {
      directory,
      server,
      kubeconfig: LAYOUT.kubeconfig(directory, 'admin'),
      pids: roles.pids,
      kubeconfigFor: (user) => LAYOUT.kubeconfig(directory, user),
      applyCrds: (names) => withClient((client) => applyCrds(client, crdsDirectory, names)),
      async stop({ removeDirectory = true } = {}) {
        await endProcesses(Object.values(roles.pids), directory);
        if (removeDirectory) await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    // Asked before we end the others ourselves, which is no cause.
    const ended = roles.ended();
    await endProcesses(Object.values(roles.pids), directory);
    throw await withLog(error, directory, ended);
  }
}

/**
 * Starts roles and remembers which of them ended first.
 * @param {{binary: string, place: import('./roles.mjs').Place, detached: boolean}} options
 */
function launcher({ binary, place, detached }) {
  /** @type {Record<string, number>} */
  const pids = {};
  /** @type {string | undefined} */
  let ended;
  return {
    pids,
    ended: () => ended,
    /** @param {readonly string[]} names */
    launch(names) {
      for (const name of names) {
        const child = spawnRole({
          binary,
          args: [name, ...(ROLES[name]?.(place) ?? [])],
          logFile: LAYOUT.log(place.directory, name),
          detached,
        });
        child.on('error', (error) => {
          ended ??= `${name} could not be started: ${error.message}`;
        });
        child.on('exit', (code, signal) => {
          ended ??= `${name} ended (${signal ?? code})`;
        });
        if (child.pid) pids[name] = child.pid;
      }
    },
  };
}

/**
 * @param {import('./api.mjs').Client} client
 * @param {() => string | undefined} failure
 * @returns {Promise<string>} the server's version
 */
function waitForServer(client, failure) {
  return waitFor(
    'the API server',
    async () => {
      const ready = await client.get('/readyz');
      return ready.status === 200 ? (await client.get('/version')).body.gitVersion : undefined;
    },
    { timeout: READY_TIMEOUT, failure },
  );
}

/**
 * The error with the end of the log of the role that ended, or else of the API server.
 * @param {unknown} error
 * @param {string} directory
 * @param {string | undefined} ended
 */
async function withLog(error, directory, ended) {
  const role = ended?.split(' ')[0] ?? 'kube-apiserver';
  const log = await readFile(LAYOUT.log(directory, role), 'utf8').catch(() => '');
  const message = ended ?? (error instanceof Error ? error.message : String(error));
  return new Error(`the control plane did not start: ${message}\n${log.slice(-2000)}`, {
    cause: error,
  });
}
