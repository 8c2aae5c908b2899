import type { Problem } from '../errors.ts';

/** What we keep of a context. Credentials are never read into our data. */
export interface KubeconfigContext {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** What we keep of one kubeconfig file, or of several merged. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly contexts: ReadonlyMap<string, KubeconfigContext>;
  /** Names of clusters to the addresses of their API servers. */
  readonly servers: ReadonlyMap<string, string>;
  readonly users: ReadonlySet<string>;
}

export const emptyKubeconfig: Kubeconfig = {
  currentContext: '',
  contexts: new Map(),
  servers: new Map(),
  users: new Set(),
};

export type ReadKubeconfig =
  | { readonly state: 'read'; readonly config: Kubeconfig }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly problem: Problem };

/** What is wrong with a file, in the words of one problem. */
export function brokenKubeconfig(path: string, what: string, why: string): ReadKubeconfig {
  const problem = {
    message: `The kubeconfig ${path} ${what}.`,
    why,
    next: 'Fix it, or name another with --kubeconfig or KUBECONFIG.',
    where: path,
  };
  return { state: 'broken', problem };
}

/**
 * Merges files by kubectl's rule: the first file that sets a thing wins, whole entries at a time.
 * Source: kubernetes.io, "Organizing Cluster Access Using kubeconfig Files".
 */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  const lastFirst = configs.toReversed();
  return {
    currentContext: configs.find(({ currentContext }) => currentContext)?.currentContext ?? '',
    contexts: new Map(lastFirst.flatMap(({ contexts }) => [...contexts])),
    servers: new Map(lastFirst.flatMap(({ servers }) => [...servers])),
    users: new Set(lastFirst.flatMap(({ users }) => [...users])),
  };
}
