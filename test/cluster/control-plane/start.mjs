import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient, waitFor } from './api.mjs';
import { applyContent, waitForContent } from './content.mjs';
import { applyCrds } from './crds.mjs';
import { formatKubeconfig } from './kubeconfig.mjs';
import { DEFAULT_NODES } from './nodes.mjs';
import { endProcesses, findFreePorts, spawnRole } from './processes.mjs';
import { LAYOUT, ROLES } from './roles.mjs';
import { writeState } from './state.mjs';
import { formatTokenFile, makeTokens, USERS } from './users.mjs';

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
      return await startOnce(options);
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
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, 'logs'), { recursive: true, mode: 0o700 });
  await mkdir(join(directory, 'kubeconfigs'));

  const [etcd = 0, etcdPeer = 0, apiserver = 0, kubelet = 0] = await findFreePorts(4);
  const server = `https://127.0.0.1:${apiserver}`;
  const place = { directory, server, ports: { etcd, etcdPeer, apiserver, kubelet } };

  /** @type {Record<string, number>} */
  const pids = {};
  /** @type {string | undefined} */
  let ended;
  /** @param {readonly string[]} roles */
  const launch = (roles) => {
    for (const role of roles) {
      const args = [role, ...(ROLES[role]?.(place) ?? [])];
      const child = spawnRole({ binary, args, logFile: LAYOUT.log(directory, role), detached });
      child.on('error', (error) => {
        ended ??= `${role} could not be started: ${error.message}`;
      });
      child.on('exit', (code, signal) => {
        ended ??= `${role} ended (${signal ?? code})`;
      });
      if (child.pid) pids[role] = child.pid;
    }
  };
  const end = () => endProcesses(Object.values(pids), directory);

  try {
    launch(['etcd']);
    const [certificateAuthority, tokens] = await writeFiles({
      binary,
      directory,
      server,
      name,
      users,
      profile,
    });
    launch(['kube-apiserver']);
    const client = createClient({ server, certificateAuthority, token: tokens.admin ?? '' });
    try {
      const failure = () => ended;
      const version = await waitFor(
        'the API server',
        async () => {
          const ready = await client.get('/readyz');
          return ready.status === 200 ? (await client.get('/version')).body.gitVersion : undefined;
        },
        { timeout: READY_TIMEOUT, failure },
      );
      launch(['kube-controller-manager', 'kube-scheduler', 'kwok', 'provisioner']);
      await applyContent(client, {
        profile,
        users,
        nodes: { ...DEFAULT_NODES, ...nodes },
        kubeletPort: kubelet,
        version,
      });
      if (crds.length > 0) await applyCrds(client, crdsDirectory, crds);
      await waitForContent(client, { timeout: READY_TIMEOUT, failure });
    } finally {
      client.close();
    }
    await writeState({ directory, server, pids, users: [...users], profile });
    return {
      directory,
      server,
      kubeconfig: LAYOUT.kubeconfig(directory, 'admin'),
      pids,
      kubeconfigFor: (user) => LAYOUT.kubeconfig(directory, user),
      async applyCrds(names) {
        const own = createClient({ server, certificateAuthority, token: tokens.admin ?? '' });
        await applyCrds(own, crdsDirectory, names).finally(own.close);
      },
      async stop({ removeDirectory = true } = {}) {
        await end();
        if (removeDirectory) await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await end();
    throw await withLog(error, directory, ended);
  }
}

/**
 * Writes certificates, tokens, kubeconfigs and kwok's stages.
 * @param {{binary: string, directory: string, server: string, name: string,
 *   users: readonly string[], profile: string}} options
 * @returns {Promise<[certificateAuthority: string, tokens: Record<string, string>]>}
 */
async function writeFiles({ binary, directory, server, name, users }) {
  const tokens = makeTokens([...new Set(['admin', ...users])]);
  await Promise.all([
    promisify(execFile)(binary, ['certificates', join(directory, 'certificates')]),
    writeFile(LAYOUT.tokens(directory), formatTokenFile(tokens), { mode: 0o600 }),
    writeStages(directory),
  ]);
  const certificateAuthority = await readFile(LAYOUT.certificateAuthority(directory), 'utf8');
  await Promise.all(
    Object.entries(tokens).map(([user, token]) =>
      writeFile(
        LAYOUT.kubeconfig(directory, user),
        formatKubeconfig({ server, certificateAuthority, cluster: name, user, token }),
        { mode: 0o600 },
      ),
    ),
  );
  return [certificateAuthority, tokens];
}

/**
 * Joins the stages into kwok's configuration file; the placeholder is where the logs lie.
 * @param {string} directory
 */
async function writeStages(directory) {
  const folder = join(import.meta.dirname, 'stages');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const documents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const logs = join(import.meta.dirname, 'logs');
  await writeFile(
    LAYOUT.stages(directory),
    documents.join('\n---\n').replaceAll('LOGS_DIRECTORY', logs),
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
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`the control plane did not start: ${message}\n${log.slice(-2000)}`, {
    cause: error,
  });
}
