import * as z from 'zod/mini';
import type { Api } from './types.ts';

/** How the API names objects of a kind. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Kinds that every cluster serves and charts use; all others are asked of the server. */
const knownResources: Readonly<Record<string, Resource>> = {
  'v1/ConfigMap': { plural: 'configmaps', namespaced: true },
  'v1/Namespace': { plural: 'namespaces', namespaced: false },
  'v1/PersistentVolumeClaim': { plural: 'persistentvolumeclaims', namespaced: true },
  'v1/Pod': { plural: 'pods', namespaced: true },
  'v1/Secret': { plural: 'secrets', namespaced: true },
  'v1/Service': { plural: 'services', namespaced: true },
  'v1/ServiceAccount': { plural: 'serviceaccounts', namespaced: true },
  'apps/v1/Deployment': { plural: 'deployments', namespaced: true },
  'apps/v1/StatefulSet': { plural: 'statefulsets', namespaced: true },
  'autoscaling/v2/HorizontalPodAutoscaler': {
    plural: 'horizontalpodautoscalers',
    namespaced: true,
  },
  'batch/v1/Job': { plural: 'jobs', namespaced: true },
  'networking.k8s.io/v1/Ingress': { plural: 'ingresses', namespaced: true },
  'networking.k8s.io/v1/NetworkPolicy': { plural: 'networkpolicies', namespaced: true },
  'policy/v1/PodDisruptionBudget': { plural: 'poddisruptionbudgets', namespaced: true },
  'rbac.authorization.k8s.io/v1/Role': { plural: 'roles', namespaced: true },
  'rbac.authorization.k8s.io/v1/RoleBinding': { plural: 'rolebindings', namespaced: true },
};

/** The kinds of a group version that every cluster which serves it has. */
export function knownKinds(apiVersion: string): readonly string[] {
  const prefix = `${apiVersion}/`;
  return Object.keys(knownResources)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

const groupsSchema = z.object({
  groups: z.array(z.object({ versions: z.array(z.object({ groupVersion: z.string() })) })),
});

/**
 * Which group versions the server has at all, by its one list of them.
 * @returns true for all where the list may not be read: each one then has to be asked for
 */
export async function servedVersions(
  api: Api,
  signal?: AbortSignal,
): Promise<(apiVersion: string) => boolean> {
  const answer = await api.get('/apis', groupsSchema, signal);
  if (!answer.ok) return () => true;
  const versions = new Set(
    answer.value.groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion)),
  );
  return (apiVersion) => !apiVersion.includes('/') || versions.has(apiVersion);
}

const resourceListSchema = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

/** What names an object's kind. */
export interface KindReference {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The server's resource for each kind, keyed by {@link kindKey}; kinds that are not served, or
 * could not be looked up, are missing.
 */
export async function findResources(
  api: Api,
  kinds: readonly KindReference[],
  signal?: AbortSignal,
): Promise<Map<string, Resource>> {
  const found = new Map<string, Resource>();
  const unknownVersions = new Set<string>();
  for (const kind of kinds) {
    const known = knownResources[kindKey(kind)];
    if (known) found.set(kindKey(kind), known);
    else unknownVersions.add(kind.apiVersion);
  }
  if (unknownVersions.size === 0) return found;
  const isServed = await servedVersions(api, signal);
  await Promise.all(
    [...unknownVersions].filter(isServed).map(async (apiVersion) => {
      const answer = await api.get(versionPath(apiVersion), resourceListSchema, signal);
      if (!answer.ok) return;
      for (const { name, kind, namespaced } of answer.value.resources)
        if (!name.includes('/')) found.set(`${apiVersion}/${kind}`, { plural: name, namespaced });
    }),
  );
  return found;
}

export function kindKey({ apiVersion, kind }: KindReference): string {
  return `${apiVersion}/${kind}`;
}

/** `/api/v1` or `/apis/GROUP/VERSION`. */
function versionPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of one object, or of the collection where no name is given. */
export function resourcePath(
  apiVersion: string,
  resource: Resource,
  namespace: string,
  name?: string,
): string {
  const scope = resource.namespaced ? `/namespaces/${namespace}` : '';
  const item = name === undefined ? '' : `/${name}`;
  return `${versionPath(apiVersion)}${scope}/${resource.plural}${item}`;
}
