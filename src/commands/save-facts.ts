import type { ClusterFacts } from '../cluster/facts/facts.ts';
import { writeSnapshot } from '../cluster/facts/snapshot.ts';
import type { Target } from '../release/target.ts';
import type { CommandContext } from './context.ts';

/**
 * `check --facts-out`: keeps what was seen of the cluster. What is about these values alone is left
 * out: other values can be judged on the file.
 * @throws DeployError where it cannot be written
 */
export async function saveFacts(
  { cleanup, say }: CommandContext,
  target: Target,
  { obstacles: _obstacles, dryRun: _dryRun, rollouts: _rollouts, ...facts }: ClusterFacts,
  path: string,
): Promise<void> {
  const { context, server, identity, namespace, release } = target;
  const takenAt = new Date().toISOString();
  await writeSnapshot(
    path,
    { version: 1, takenAt, target: { context, server, identity, namespace, release }, facts },
    cleanup,
  );
  say(`Cluster facts saved to ${path}\n`);
}
