import type { ManifestObject } from '../manifest.ts';

/** The release that objects are sent for. */
export interface SentRelease {
  readonly namespace: string;
  readonly release: string;
}

/**
 * An object with what helm adds before it sends it (pkg/action/validate.go, setMetadataVisitor, in
 * helm 3 and 4). Without it a dry run of server-side apply would take these marks away.
 */
export function asHelmSends(
  object: ManifestObject,
  { namespace, release }: SentRelease,
  namespaced: boolean,
): ManifestObject {
  const { metadata } = object;
  const { ownerReferences, finalizers, ...named } = metadata;
  return {
    ...object,
    metadata: {
      ...named,
      // The parser reads absent lists as empty; sent, they would say that there are to be none.
      ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
      ...(finalizers.length > 0 ? { finalizers } : {}),
      ...(namespaced ? { namespace: metadata.namespace ?? namespace } : {}),
      labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        ...metadata.annotations,
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': namespace,
      },
    } as ManifestObject['metadata'],
  };
}

/** Hooks that helm runs in an install or upgrade; objects that are no hook have none. */
export function hooksOf({ metadata }: ManifestObject): readonly string[] {
  const hooks = metadata.annotations['helm.sh/hook'] ?? '';
  return hooks
    .split(',')
    .map((hook) => hook.trim())
    .filter((hook) => hook !== '');
}

/** Whether helm keeps the object as a part of the release (`helm get manifest`). */
export function isPartOfRelease(object: ManifestObject): boolean {
  return hooksOf(object).length === 0;
}
