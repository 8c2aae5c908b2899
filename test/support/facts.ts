import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';
import { openApi } from '../../src/cluster/connection.ts';
import { createExec } from '../../src/cluster/exec.ts';
import { factSchemas } from '../../src/cluster/facts/fact-schemas.ts';
import type { ClusterFacts, FactName } from '../../src/cluster/facts/facts.ts';
import { type FactSubject, gatherFacts } from '../../src/cluster/facts/gather.ts';
import { clusterGatherers } from '../../src/cluster/facts/gatherers.ts';
import type { Api } from '../../src/cluster/types.ts';
import { type ClusterUser, kubectl, type SharedCluster } from './cluster.ts';

/** A release of one small pod, of which nothing is there yet. */
export function makeSubject(parts: Partial<FactSubject> = {}): FactSubject {
  return {
    namespace: 'xerv',
    release: 'xerv',
    fullname: 'xerv',
    kinds: [
      { apiVersion: 'v1', kind: 'Service' },
      { apiVersion: 'apps/v1', kind: 'StatefulSet' },
    ],
    secrets: [],
    configMaps: [],
    services: [],
    claims: [],
    replicas: 1,
    mostReplicas: 1,
    labels: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
    rules: [],
    selector: { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' },
    pod: {
      requests: { cpu: 0.1, memory: 256 * 1024 ** 2 },
      nodeSelector: {},
      tolerations: [],
      nodeAffinity: undefined,
    },
    ...parts,
  };
}

export interface ConnectOptions {
  readonly user?: ClusterUser;
  /** Instead of the user's own. */
  readonly kubeconfig?: string;
  readonly timeoutMilliseconds?: number;
}

/** A connection that ends with the running test. */
export async function connectAs(
  cluster: SharedCluster,
  { user = 'admin', kubeconfig, timeoutMilliseconds = 10_000 }: ConnectOptions = {},
): Promise<Api> {
  const api = await openApi(
    {
      kubeconfig: kubeconfig ?? cluster.kubeconfigs[user],
      context: undefined,
      server: cluster.server,
      impersonateUser: undefined,
      impersonateGroups: [],
      requestTimeoutMilliseconds: timeoutMilliseconds,
    },
    {
      kubectl: cluster.tools.kubectl,
      exec: createExec(),
      env: { PATH: process.env.PATH, HOME: tmpdir() },
    },
  );
  onTestFinished(() => api.close());
  return api;
}

/** Every part that is gathered from the cluster alone. */
export const gatheredParts = (Object.keys(factSchemas) as FactName[]).filter(
  (name) => clusterGatherers[name],
);

/** What a user sees of the cluster. */
export async function seeFacts<Name extends FactName>(
  cluster: SharedCluster,
  names: readonly Name[],
  { subject = makeSubject(), ...options }: ConnectOptions & { readonly subject?: FactSubject } = {},
): Promise<Required<Pick<ClusterFacts, Name>>> {
  const api = await connectAs(cluster, options);
  const { signal } = new AbortController();
  const facts = await gatherFacts(names, clusterGatherers, { api, subject, signal });
  return facts as Required<Pick<ClusterFacts, Name>>;
}

/**
 * Makes objects, which stay.
 * @throws with what kubectl said
 */
export async function applyObjects(
  cluster: Pick<SharedCluster, 'tools' | 'kubeconfigs'>,
  objects: readonly object[],
): Promise<void> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { code, stderr } = await kubectl(
    cluster,
    // The server validates; kubectl would read the schema of every kind for it.
    ['apply', '--server-side', '--force-conflicts', '--validate=false', '-f', '-'],
    { input },
  );
  if (code !== 0) throw new Error(stderr);
}
