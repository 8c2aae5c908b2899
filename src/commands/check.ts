import type { Problem } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandContext } from './context.ts';
import { beginSession } from './open-session.ts';
import { readRequest } from './read-request.ts';
import { refuseProblems } from './refuse.ts';

/**
 * `check`: what will not work with these values on this cluster. Changes nothing in the cluster;
 * with --fix, the values file.
 */
export async function check(context: CommandContext): Promise<ExitCode> {
  const isOffline = context.flags.text('facts') !== undefined;
  const opening = isOffline ? undefined : beginSession(context);
  const problems: Problem[] = [...context.invocation.problems];
  for (const name of ['fix', 'facts-out', 'reuse-values'])
    if (isOffline && (context.flags.isOn(name) || context.flags.text(name) !== undefined))
      problems.push({ message: `--${name} needs a cluster, and --facts stands in for it.` });
  const reuses = context.flags.isOn('reuse-values');
  const request = await readRequest(context, problems, reuses ? undefined : opening?.signal);
  if (!opening) {
    refuseProblems(exitCodes.usage, problems);
    const { checkOffline } = await import('./check-offline.ts');
    return checkOffline(context, request);
  }
  // kubectl and helm are starting.
  const loading = import('./check-cluster.ts');
  const session = await opening.finish(problems);
  try {
    const { checkCluster } = await loading;
    // Nothing given: what is live is judged.
    const startsFromLive = request.layers.length === 0 || reuses;
    return await checkCluster(context, session, { ...request, startsFromLive });
  } finally {
    await session.close();
  }
}
