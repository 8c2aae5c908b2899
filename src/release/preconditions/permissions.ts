import { describePermission, mayI, type Permission } from '../../cluster/permissions.ts';
import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import type { Action } from '../events.ts';
import type { ManifestObject } from '../manifest.ts';
import { findResources, kindKey } from '../resource-paths.ts';

/** What helm does to each object of the manifest. */
const verbsOf: Readonly<Record<Action, readonly string[]>> = {
  install: ['get', 'create'],
  upgrade: ['get', 'create', 'patch', 'delete'],
  rollback: ['get', 'create', 'patch', 'delete'],
  uninstall: ['get', 'delete'],
};

/** What we do beside helm: keep the record, create Secrets, watch pods. */
function ownPermissions(namespace: string): Permission[] {
  return [
    ...['get', 'list', 'create', 'update', 'delete'].map((verb) => ({
      verb,
      group: '',
      resource: 'secrets',
      namespace,
    })),
    { verb: 'list', group: '', resource: 'pods', namespace },
    { verb: 'list', group: '', resource: 'persistentvolumeclaims', namespace },
  ];
}

/**
 * Rights that the action needs and this user lacks, in one problem. Who may do everything in the
 * namespace is asked one question only. A question that the cluster does not answer counts as
 * granted: helm will tell.
 */
export async function permissionProblems(
  api: Api,
  { namespace, action }: { readonly namespace: string; readonly action: Action },
  objects: readonly ManifestObject[],
  signal?: AbortSignal,
): Promise<Problem[]> {
  const [everything] = await mayDoAll(api, namespace, signal);
  if (everything?.ok && everything.value) return [];
  const resources = await findResources(api, objects, signal);
  const kinds = new Map(objects.map((object) => [kindKey(object), object]));
  const ofManifest = [...kinds].flatMap(([key, { apiVersion }]): Permission[] => {
    const resource = resources.get(key);
    if (!resource) return [];
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    return verbsOf[action].map((verb) => ({
      verb,
      group,
      resource: resource.plural,
      ...(resource.namespaced ? { namespace } : {}),
    }));
  });
  const needed = uniquePermissions([...ofManifest, ...ownPermissions(namespace)]);
  const granted = await mayI(api, needed, signal);
  const missing = needed.filter((_, index) => {
    const answer = granted[index];
    return answer?.ok && !answer.value;
  });
  if (missing.length === 0) return [];
  return [
    {
      message: `You lack ${missing.length === 1 ? 'a permission' : 'permissions'} that this ${action} needs in namespace ${namespace}.`,
      why: `Not allowed: ${missing.map((permission) => describePermission({ ...permission, namespace: '' })).join(', ')}.`,
      next: 'Ask a cluster admin to bind the ClusterRole “admin” or “edit” to you in this namespace, or act as someone else with --as or --context.',
    },
  ];
}

/** The first question: who may do everything is asked no other. */
export function mayDoAll(
  api: Api,
  namespace: string,
  signal: AbortSignal | undefined,
): ReturnType<typeof mayI> {
  return mayI(api, [{ verb: '*', group: '*', resource: '*', namespace }], signal);
}

function uniquePermissions(permissions: readonly Permission[]): Permission[] {
  return [...new Map(permissions.map((item) => [describePermission(item), item])).values()];
}
