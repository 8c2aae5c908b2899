import type { SharedCluster } from './cluster.ts';
import type { HelmName } from './on-cluster.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { packageRoot } from './terminal.ts';

export const bundledChart = `${packageRoot}charts/xerv`;
export const upstreamChart = `${packageRoot}test/fixtures/upstream-0.1.0`;

/**
 * helm as people run it by themselves, in a namespace.
 * @throws with what it said, where it fails
 */
export async function plainHelm(
  cluster: SharedCluster,
  { helm = 'helm4', namespace }: { helm?: HelmName | undefined; namespace: string },
  args: readonly string[],
): Promise<CommandResult> {
  const all = ['--kubeconfig', cluster.kubeconfigs.admin, '--namespace', namespace, ...args];
  const result = await runCommand(cluster.tools[helm], all);
  if (result.code !== 0) throw new Error(`helm ${args.join(' ')}: ${result.stderr}`);
  return result;
}
