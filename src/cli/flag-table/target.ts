import type { Flag } from '../flag.ts';

/** Which cluster, namespace and release. */
export const targetFlags: readonly Flag[] = [
  {
    name: 'kubeconfig',
    kind: 'text',
    placeholder: 'FILE',
    group: 'target',
    help: 'the kubeconfig to use instead of $KUBECONFIG or ~/.kube/config',
  },
  {
    name: 'context',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: "the kubeconfig's context, which names the cluster (default: its current one)",
  },
  {
    name: 'namespace',
    short: 'n',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: 'the namespace (default: xerv)',
  },
  {
    name: 'release',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: "the helm release's name (default: xerv)",
  },
  {
    name: 'as',
    kind: 'text',
    placeholder: 'USER',
    group: 'target',
    help: 'act as this user, like kubectl --as',
  },
  {
    name: 'as-group',
    kind: 'list',
    placeholder: 'GROUP',
    group: 'target',
    help: 'act as a member of this group; may be repeated',
  },
  {
    name: 'request-timeout',
    kind: 'text',
    placeholder: 'DURATION',
    group: 'target',
    help: 'how long one request to the cluster may take (default: 15s)',
  },
];
