import { looksLikeProduction } from '../../checks/production.ts';
import { listContexts } from '../../cluster/contexts.ts';
import { resolveAccess } from '../../cluster/kubeconfig.ts';
import { DeployError } from '../../errors.ts';
import type { ContextChoice, World } from '../../wizard/state.ts';
import type { CommandContext } from '../context.ts';
import { readPresets } from '../preset-files.ts';

/**
 * What needs no cluster: the contexts, and the presets of this package. Read before the first key is
 * heard: a number that is typed ahead must mean the same option as on the screen.
 */
export async function readSurroundings(context: CommandContext): Promise<Partial<World>> {
  const [contexts, presets] = await Promise.all([
    readContexts(context),
    readPresets(context.packageRoot),
  ]);
  return { ...contexts, presets };
}

type Contexts = Pick<World, 'contexts'> & Partial<Pick<World, 'connection' | 'problems'>>;

/** The contexts of the kubeconfig as it is now; where there are none, why. */
export async function readContexts({
  flags,
  env,
  homeDirectory,
}: CommandContext): Promise<Contexts> {
  const surroundings = { env, homeDirectory };
  const kubeconfig = flags.text('kubeconfig');
  const { contexts, problems } = await listContexts(kubeconfig, surroundings);
  if (contexts.length > 0 && problems.length === 0)
    return {
      contexts: contexts.map((one) => ({
        ...one,
        looksLikeProduction: looksLikeProduction([one.name, one.server]),
      })),
    };
  try {
    // In a pod there is a cluster without a kubeconfig; else it is said why there is none.
    const { access, contextName } = await resolveAccess(
      { kubeconfig, requestTimeoutMilliseconds: 0 },
      surroundings,
    );
    return { contexts: [inCluster(contextName, access.server ?? '')] };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { contexts: [], connection: 'offline', problems: error.problems };
  }
}

function inCluster(name: string, server: string): ContextChoice {
  return { name, server, isCurrent: true, looksLikeProduction: looksLikeProduction([server]) };
}
