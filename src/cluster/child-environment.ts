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
 * kubectl and helm spend 10 to 20 % of their time on collecting garbage while they start (measured
 * on helm 3.17 and 4.1, kubectl 1.35). Commands that end soon go without; the others collect less
 * often. A proxy keeps little of what passes through it: it collects where that has become much. The
 * memory limit bounds what turns out bigger than expected.
 */
const garbageCollection = {
  short: { GOGC: 'off', GOMEMLIMIT: '512MiB' },
  proxy: { GOGC: 'off', GOMEMLIMIT: '128MiB' },
  long: { GOGC: '400', GOMEMLIMIT: '512MiB' },
};

/**
 * The environment of every kubectl and helm. Everything that exec plugins, proxies and helm's
 * own settings (HELM_DRIVER, HELM_CACHE_HOME …) need is kept; KUBECONFIG becomes the one that
 * was resolved at the start.
 *
 * @param env our own environment
 * @param access whose kubeconfig the children use; in-cluster credentials leave KUBECONFIG unset
 * @param use `short` for commands that end within seconds and read little, `proxy` for kubectl proxy
 */
export function childEnvironment(
  env: Environment,
  access: { readonly kubeconfig?: ClusterAccess['kubeconfig'] },
  use: keyof typeof garbageCollection = 'long',
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !taken.some((pattern) => pattern.test(entry[0])) &&
      entry[0].toUpperCase() !== 'KUBECONFIG',
  );
  return {
    ...garbageCollection[use],
    ...Object.fromEntries(kept),
    ...fixed,
    ...(access.kubeconfig !== undefined && { KUBECONFIG: access.kubeconfig }),
  };
}
