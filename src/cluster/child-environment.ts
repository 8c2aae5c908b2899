import type { ClusterAccess } from './types.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables that children must not see: those that would turn helm to another cluster, user or
 * namespace than the one that was named to the user; helm's debug output, which prints computed
 * values; and our own, which may hold passwords.
 */
const taken = [/^HELM_KUBE/i, /^HELM_NAMESPACE$/i, /^HELM_DEBUG$/i, /^XERV_DEPLOY_/i];

/** Said to every child; KUBERC keeps kubectl's preference file from changing defaults of flags. */
const fixed = {
  NO_COLOR: '1',
  HELM_COLOR: 'never',
  HELM_NO_PLUGINS: '1',
  KUBERC: 'off',
  KUBECTL_KUBERC: 'false',
};

/**
 * Go starts about 20 % faster without garbage collection. Only for commands that end soon; the
 * memory limit bounds those that turn out bigger than expected.
 */
const shortLived = { GOGC: 'off', GOMEMLIMIT: '512MiB' };

/**
 * The environment of every kubectl and helm. Everything that exec plugins, proxies and helm's
 * own settings (HELM_DRIVER, HELM_CACHE_HOME …) need is kept; KUBECONFIG becomes the one that
 * was resolved at the start.
 *
 * @param env our own environment
 * @param access whose kubeconfig the children use; in-cluster credentials leave KUBECONFIG unset
 * @param lifetime `short` for commands that end within seconds and read little
 */
export function childEnvironment(
  env: Environment,
  access: Pick<ClusterAccess, 'kubeconfig'>,
  lifetime: 'short' | 'long' = 'long',
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !taken.some((pattern) => pattern.test(entry[0])) &&
      entry[0].toUpperCase() !== 'KUBECONFIG',
  );
  return {
    ...(lifetime === 'short' && shortLived),
    ...Object.fromEntries(kept),
    ...fixed,
    ...(access.kubeconfig !== undefined && { KUBECONFIG: access.kubeconfig }),
  };
}
