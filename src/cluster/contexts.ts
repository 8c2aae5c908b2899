import type { Problem } from '../errors.ts';
import type { Surroundings } from './kubeconfig.ts';
import { mergeKubeconfigs } from './kubeconfig-content.ts';
import { readKubeconfigFile } from './kubeconfig-file.ts';
import { findFiles } from './kubeconfig-files.ts';

/** A context of the kubeconfig, as far as people recognise it. */
export interface KubeContext {
  readonly name: string;
  /** Empty where the kubeconfig has no such cluster. */
  readonly server: string;
  readonly isCurrent: boolean;
}

/**
 * Every context of the kubeconfig that kubectl would use, sorted; asks no cluster.
 * @returns broken files as problems; no contexts where there is no kubeconfig
 */
export async function listContexts(
  kubeconfig: string | undefined,
  surroundings: Surroundings,
): Promise<{ readonly contexts: readonly KubeContext[]; readonly problems: readonly Problem[] }> {
  const { paths } = findFiles({ kubeconfig }, surroundings);
  const read = await Promise.all(paths.map(readKubeconfigFile));
  const { contexts, currentContext, servers } = mergeKubeconfigs(
    read.flatMap((one) => (one.state === 'read' ? [one.config] : [])),
  );
  return {
    contexts: [...contexts]
      .map(([name, { cluster }]) => ({
        name,
        server: servers.get(cluster) ?? '',
        isCurrent: name === currentContext,
      }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    problems: read.flatMap((one) => (one.state === 'broken' ? [one.problem] : [])),
  };
}
