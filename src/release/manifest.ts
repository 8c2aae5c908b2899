import { setImmediate } from 'node:timers/promises';
import * as z from 'zod/mini';
import { objectMetadata, persistentVolumeClaim } from '../cluster/objects.ts';
import { readYaml, yamlDocuments } from '../values/read-yaml.ts';
import { type Claim, type Workload, workload } from './kinds.ts';

const manifestObjectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: objectMetadata,
});

/** One object of a manifest: what identifies it, and all of it. */
export type ManifestObject = z.infer<typeof manifestObjectSchema>;

/**
 * The objects of what `helm template` printed or a release stored; documents that are no
 * object (comments, empty ones) are left out, a `List` is taken apart.
 */
export function parseManifest(text: string): ManifestObject[] {
  return readYaml(text).flatMap(toObjects);
}

/**
 * The same, which takes a while, with room for what else goes on after each document.
 * @param onObject called with each one as soon as it is read
 */
export async function readManifest(
  text: string,
  onObject: (object: ManifestObject) => void,
): Promise<ManifestObject[]> {
  const objects: ManifestObject[] = [];
  for (const document of yamlDocuments(text)) {
    const found = toObjects(document);
    objects.push(...found);
    found.forEach(onObject);
    await setImmediate();
  }
  return objects;
}

function toObjects(data: unknown): ManifestObject[] {
  if (typeof data !== 'object' || data === null) return [];
  if ('items' in data && Array.isArray(data.items) && 'kind' in data)
    if (String(data.kind).endsWith('List')) return data.items.flatMap(toObjects);
  const parsed = z.safeParse(manifestObjectSchema, data);
  return parsed.success ? [parsed.data] : [];
}

export type WorkloadKind = 'StatefulSet' | 'Deployment';

/** A workload as the manifest wants it. */
export interface ManifestWorkload {
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly object: Workload;
}

export function workloadsOf(objects: readonly ManifestObject[]): ManifestWorkload[] {
  return objects.flatMap((object) => {
    if (object.kind !== 'StatefulSet' && object.kind !== 'Deployment') return [];
    const parsed = z.safeParse(workload, object);
    if (!parsed.success) return [];
    return [{ kind: object.kind, name: object.metadata.name, object: parsed.data }];
  });
}

export function claimsOf(objects: readonly ManifestObject[]): Claim[] {
  return objects.flatMap((object) => {
    if (object.kind !== 'PersistentVolumeClaim') return [];
    const parsed = z.safeParse(persistentVolumeClaim, object);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Claims that the pods mount by name and the manifest does not make: the user's own. */
export function foreignClaimNames(objects: readonly ManifestObject[]): string[] {
  const own = new Set(claimsOf(objects).map((claim) => claim.metadata.name));
  const mounted = workloadsOf(objects).flatMap(({ object }) =>
    (object.spec.template?.spec.volumes ?? []).flatMap(
      (volume) => volume.persistentVolumeClaim?.claimName ?? [],
    ),
  );
  return [...new Set(mounted)].filter((name) => !own.has(name));
}

/**
 * helm's rule for what an uninstall leaves alone: the annotation in the manifest that the
 * release stored (pkg/action/resource_policy.go in helm 3 and 4); the live object is not asked.
 */
export function isKeptByHelm(annotations: Readonly<Record<string, string>> | null | undefined) {
  return annotations?.[resourcePolicyAnnotation]?.trim().toLowerCase() === 'keep';
}

export const resourcePolicyAnnotation = 'helm.sh/resource-policy';
