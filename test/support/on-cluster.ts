import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import { type ClusterUser, kubectl, type SharedCluster } from './cluster.ts';
import { type ProgramOptions, runProgram } from './run.ts';
import type { CommandResult } from './run-command.ts';

export type HelmName = 'helm3' | 'helm4';

/** The built program in a working directory of its own, on a namespace of its own. */
export interface Workplace {
  readonly namespace: string;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], options?: ProgramOptions) => Promise<CommandResult>;
  readonly kubectl: (...args: string[]) => Promise<CommandResult>;
}

export async function openWorkplace(
  cluster: SharedCluster,
  namespace: string,
  {
    helm = 'helm4',
    user = 'admin',
    onFinished = onTestFinished,
  }: {
    helm?: HelmName;
    user?: ClusterUser;
    /** The test's own, where tests run side by side: vitest does not know by itself which one asks. */
    onFinished?: typeof onTestFinished;
  } = {},
): Promise<Workplace> {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-work-'));
  onFinished(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  const env = {
    KUBECONFIG: cluster.kubeconfigs[user],
    XERV_DEPLOY_HELM: cluster.tools[helm],
    XERV_DEPLOY_KUBECTL: cluster.tools.kubectl,
    XERV_DEPLOY_NAMESPACE: namespace,
  };
  return {
    namespace,
    directory,
    env,
    run: (args, options = {}) =>
      runProgram(args, { cwd: directory, ...options, env: { ...env, ...options.env } }),
    kubectl: (...args) => kubectl(cluster, ['-n', namespace, ...args]),
  };
}

/** The last line of NDJSON output. */
export function outcomeOf({ stdout }: CommandResult): Record<string, unknown> {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

/**
 * What `check -o json` found.
 * @throws what it said where it wrote no report
 */
export function findingsOf({ stdout, stderr }: CommandResult): readonly Finding[] {
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout).findings;
}
