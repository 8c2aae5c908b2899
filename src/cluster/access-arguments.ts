import type { ClusterAccess } from './types.ts';

/** What of an access is said by flags. */
export type AccessArguments = Pick<
  ClusterAccess,
  'context' | 'impersonateUser' | 'impersonateGroups'
>;

/** Flags that turn a kubectl to our cluster and identity; the kubeconfig is in its environment. */
export function kubectlAccessArguments(access: AccessArguments): string[] {
  return [
    ...(access.context === undefined ? [] : [`--context=${access.context}`]),
    ...(access.impersonateUser ? [`--as=${access.impersonateUser}`] : []),
    ...access.impersonateGroups.map((group) => `--as-group=${group}`),
  ];
}

/** The same for helm. */
export function helmAccessArguments(access: AccessArguments): string[] {
  return [
    ...(access.context === undefined ? [] : [`--kube-context=${access.context}`]),
    ...(access.impersonateUser ? [`--kube-as-user=${access.impersonateUser}`] : []),
    ...access.impersonateGroups.map((group) => `--kube-as-group=${group}`),
  ];
}
