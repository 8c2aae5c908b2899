import type { Api, Release } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { type CommandTarget, kubectlCommand } from '../command-text.ts';
import { anyObject, type Metadata } from '../kinds.ts';
import { type ManifestObject, parseManifest } from '../manifest.ts';
import { optional } from '../optional.ts';
import { findResources, kindKey, resourcePath } from '../resource-paths.ts';

/**
 * Objects that helm would create and that are there already without being this release's: helm
 * would refuse them ("invalid ownership metadata"), after it has written its record.
 */
export async function ownershipProblems(
  api: Api,
  target: CommandTarget,
  objects: readonly ManifestObject[],
  live: Release | undefined,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const known = new Set(parseManifest(live?.manifest ?? '').map(identify));
  const created = objects.filter((object) => !known.has(identify(object)));
  const resources = await findResources(api, created, signal);
  const found = await Promise.all(
    created.map(async (object): Promise<Problem[]> => {
      const resource = resources.get(kindKey(object));
      if (!resource) return [];
      const namespace = object.metadata.namespace ?? target.namespace;
      const path = resourcePath(object.apiVersion, resource, namespace, object.metadata.name);
      const existing = await optional(api.get(path, anyObject, signal));
      if (!existing.ok || !existing.value) return [];
      return isOwn(existing.value.metadata, target)
        ? []
        : [foreign(object, existing.value.metadata, target)];
    }),
  );
  return found.flat();
}

function identify({ kind, metadata }: ManifestObject): string {
  return `${kind}/${metadata.name}`;
}

/** helm's rule (pkg/action/validate.go). */
function isOwn({ labels, annotations }: Metadata, { release, namespace }: CommandTarget): boolean {
  return (
    labels['app.kubernetes.io/managed-by'] === 'Helm' &&
    annotations['meta.helm.sh/release-name'] === release &&
    annotations['meta.helm.sh/release-namespace'] === namespace
  );
}

function foreign(
  { kind, metadata }: ManifestObject,
  existing: Metadata,
  target: CommandTarget,
): Problem {
  const what = kind.toLowerCase();
  const owner = existing.annotations['meta.helm.sh/release-name'];
  const of = owner
    ? `belongs to helm release ${owner} in namespace ${existing.annotations['meta.helm.sh/release-namespace'] ?? target.namespace}`
    : 'was not created by helm';
  return {
    message: `${kind} ${metadata.name} exists in namespace ${target.namespace} and ${of}.`,
    why: 'helm does not take over objects of other owners.',
    next: [
      'Choose another release name (--release) or fullnameOverride.',
      `Or, if it is not needed: ${kubectlCommand(target, 'delete', what, metadata.name)}`,
      `Or give it to this release: ${kubectlCommand(target, 'label', what, metadata.name, 'app.kubernetes.io/managed-by=Helm', '--overwrite')} && ${kubectlCommand(target, 'annotate', what, metadata.name, `meta.helm.sh/release-name=${target.release}`, `meta.helm.sh/release-namespace=${target.namespace}`, '--overwrite')}`,
    ].join(' '),
  };
}
