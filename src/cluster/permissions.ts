import { selfSubjectAccessReview } from './objects.ts';
import type { Api, ApiResult } from './types.ts';

/** One thing that somebody wants to do. */
export interface Permission {
  /** get, list, watch, create, update, patch, delete … */
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural: "statefulsets"; a subresource as "pods/log". */
  readonly resource: string;
  /** Absent for what has no namespace, and for all namespaces. */
  readonly namespace?: string;
  /** One object instead of all. */
  readonly name?: string;
}

/** The API that answers. */
export const reviews = '/apis/authorization.k8s.io/v1';

/** Whether a request asks about rights: a POST that writes nothing. */
export function isReview(path: string): boolean {
  return path.startsWith(`${reviews}/`);
}

/**
 * Asks the cluster what this user may do, everything at once.
 *
 * @returns for each permission, in the same order, whether it is granted; a failure where the
 *   question itself was refused or lost
 */
export async function mayI(
  api: Api,
  permissions: readonly Permission[],
  signal?: AbortSignal,
): Promise<ApiResult<boolean>[]> {
  return Promise.all(
    permissions.map(async (permission) => {
      const review = await api.post(
        `${reviews}/selfsubjectaccessreviews`,
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: resourceAttributes(permission) },
        },
        selfSubjectAccessReview,
        signal,
      );
      return review.ok ? { ok: true, value: review.value.status.allowed } : review;
    }),
  );
}

function resourceAttributes({ verb, group, resource, namespace, name }: Permission) {
  const [plural, subresource] = resource.split('/', 2);
  return {
    verb,
    group,
    resource: plural,
    ...(subresource && { subresource }),
    ...(namespace && { namespace }),
    ...(name && { name }),
  };
}

/** "create statefulsets.apps in namespace xerv", for lists of what is missing. */
export function describePermission(permission: Permission): string {
  const { verb, group, resource, namespace, name } = permission;
  const what = group ? `${resource}.${group}` : resource;
  return [
    verb,
    what,
    ...(name ? [name] : []),
    ...(namespace ? ['in namespace', namespace] : []),
  ].join(' ');
}
