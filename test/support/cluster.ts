import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, inject, onTestFinished } from 'vitest';
import type { Tools } from '../../scripts/tools.mjs';
import { type CommandResult, runCommand } from './run-command.ts';

/** The users that the shared control plane knows; see test/cluster/control-plane/users.mjs. */
export type ClusterUser = 'admin' | 'viewer' | 'editor' | 'nobody' | 'expired';

/** The control plane that serves the whole run: 6 nodes in 3 zones. */
export interface SharedCluster {
  readonly kind: 'running';
  readonly server: string;
  readonly context: string;
  readonly kubeconfigs: Readonly<Record<ClusterUser, string>>;
  readonly tools: Tools;
  /** What a test needs that starts a control plane of its own. */
  readonly binary: string;
  readonly crdsDirectory: string;
}

/** Why there is none on this machine. */
export interface SkippedCluster {
  readonly kind: 'skipped';
  readonly reason: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: SharedCluster | SkippedCluster;
  }
}

/**
 * A group of tests on the shared control plane. Where there is none they are skipped, and counted
 * as such, with the reason in the group's name.
 */
export function describeCluster(name: string, define: (cluster: SharedCluster) => void): void {
  const cluster = inject('cluster');
  if (cluster.kind === 'running') describe(name, () => define(cluster));
  else describe.skip(`${name} (skipped: ${cluster.reason})`, () => define(NO_CLUSTER));
}

/** Lets the tests of a skipped group be listed. */
const NO_CLUSTER: SharedCluster = {
  kind: 'running',
  server: '',
  context: '',
  kubeconfigs: { admin: '', viewer: '', editor: '', nobody: '', expired: '' },
  tools: { helm3: '', helm4: '', kubectl: '' },
  binary: '',
  crdsDirectory: '',
};

/** kubectl on a cluster as one of its users. */
export function kubectl(
  cluster: Pick<SharedCluster, 'tools' | 'kubeconfigs'>,
  args: readonly string[],
  { user = 'admin', input = '' }: { user?: ClusterUser; input?: string } = {},
): Promise<CommandResult> {
  const kubeconfig = cluster.kubeconfigs[user];
  return runCommand(cluster.tools.kubectl, ['--kubeconfig', kubeconfig, ...args], { input });
}

/**
 * What kubectl gives as JSON.
 * @throws with its error output, where it fails
 */
export async function kubectlJson<T>(
  cluster: Pick<SharedCluster, 'tools' | 'kubeconfigs'>,
  args: readonly string[],
): Promise<T> {
  const { code, stdout, stderr } = await kubectl(cluster, [...args, '-o', 'json']);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/**
 * A namespace of the running test's own, which is deleted after it.
 * @param labels of the namespace, such as those of Pod Security
 */
export async function makeNamespace(
  cluster: SharedCluster,
  labels: Readonly<Record<string, string>> = {},
): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  const made = await kubectl(cluster, ['create', '-f', '-'], { input: JSON.stringify(manifest) });
  if (made.code !== 0) throw new Error(made.stderr);
  onTestFinished(async () => {
    await kubectl(cluster, ['delete', 'namespace', name, '--wait=false']);
  });
  return name;
}

/**
 * Asks until the answer is not undefined.
 * @param milliseconds how long
 * @throws with the last error, if there was one
 */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  milliseconds = 15_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  let last: unknown;
  while (Date.now() < end) {
    const asked = Date.now();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    // What is waited for needs the cores that asking takes: rest as long as the question took.
    await sleep(Math.max(100, Date.now() - asked));
  }
  throw last ?? new Error(`nothing within ${milliseconds} ms`);
}
