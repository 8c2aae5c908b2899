import * as z from 'zod/mini';
import { objectMetadata } from '../../cluster/objects.ts';
import type { Api } from '../../cluster/types.ts';
import { ordinalOf } from '../../stateful-set-claims.ts';
import { workload } from '../kinds.ts';
import { type ManifestObject, workloadsOf } from '../manifest.ts';
import { optional } from '../optional.ts';
import { paths } from '../resource-paths.ts';

/** Who wrote which fields of an object, as the API server notes it. */
const noted = z.looseObject({
  metadata: z.extend(objectMetadata, {
    managedFields: z.optional(
      z.nullable(
        z.array(
          z.looseObject({
            manager: z._default(z.string(), ''),
            subresource: z._default(z.string(), ''),
            fieldsV1: z.optional(
              z.nullable(
                z.looseObject({
                  'f:metadata': z.optional(
                    z.looseObject({ 'f:ownerReferences': z.optional(z.unknown()) }),
                  ),
                  'f:spec': z.optional(z.looseObject({ 'f:accessModes': z.optional(z.unknown()) })),
                }),
              ),
            ),
          }),
        ),
      ),
    ),
  }),
});

type Noted = z.infer<typeof noted>;
type Note = NonNullable<Noted['metadata']['managedFields']>[number];

/** Who wrote something of these objects. */
const managersOf = (objects: readonly Noted[], isMeant: (note: Note) => boolean): string[] =>
  objects.flatMap(({ metadata }) =>
    (metadata.managedFields ?? []).filter(isMeant).flatMap(({ manager }) => manager || []),
  );

/**
 * What the StatefulSet controller of this cluster calls itself: whoever writes the status of the
 * release's sets, or where that was not written yet, whoever made their pods. The name is that of
 * its program, which differs (`kube-controller-manager`, `k3s`), and it never is that of a kubectl,
 * a helm or a backup program. Read before the sets go.
 * @returns none where it cannot be told
 */
export async function readControllerNames(
  api: Api,
  namespace: string,
  manifest: readonly ManifestObject[],
): Promise<ReadonlySet<string>> {
  const names = workloadsOf(manifest).flatMap(({ kind, name }) =>
    kind === 'StatefulSet' ? name : [],
  );
  if (names.length === 0) return new Set();
  const [pods, ...sets] = await Promise.all([
    optional(api.list(paths.pods(namespace), noted)),
    ...names.map((name) => optional(api.get(`${paths.statefulSets(namespace)}/${name}`, noted))),
  ]);
  const own = (pods.ok ? (pods.value ?? []) : []).filter(({ metadata }) =>
    metadata.ownerReferences.some(
      ({ kind, name, controller }) => controller && kind === 'StatefulSet' && names.includes(name),
    ),
  );
  return new Set([
    ...managersOf(
      sets.flatMap((set) => (set.ok ? (set.value ?? []) : [])),
      ({ subresource }) => subresource === 'status',
    ),
    ...managersOf(
      own,
      ({ fieldsV1 }) => fieldsV1?.['f:metadata']?.['f:ownerReferences'] !== undefined,
    ),
  ]);
}

/** Who made a claim that was not there, or not this one, when the deletion began. */
export type Maker =
  /** A StatefulSet that is there makes it, and would make it again. */
  | { readonly kind: 'set'; readonly set: string }
  /** The controller made it for a StatefulSet that is gone: a late leftover of the release. */
  | { readonly kind: 'controller' }
  | { readonly kind: 'other' }
  | { readonly kind: 'gone' };

/**
 * Tells whether a claim is a late leftover of the removed release: the controller made it, and no
 * StatefulSet wants it any more. Whatever cannot be told is somebody else's.
 */
export async function findMaker(
  api: Api,
  namespace: string,
  { name, uid }: { readonly name: string; readonly uid: string },
  controllers: ReadonlySet<string>,
): Promise<Maker> {
  const claim = await optional(api.get(`${paths.claims(namespace)}/${name}`, noted));
  if (claim.ok && claim.value?.metadata.uid !== uid) return { kind: 'gone' };
  // After the claim: a set that made it is there still, or was removed on purpose.
  const sets = await api.list(paths.statefulSets(namespace), workload);
  if (!claim.ok || !sets.ok) return { kind: 'other' };
  const maker = sets.value.find(({ metadata, spec }) =>
    (spec.volumeClaimTemplates ?? []).some(
      (template) => ordinalOf(name, template.metadata.name, metadata.name) !== undefined,
    ),
  );
  if (maker) return { kind: 'set', set: maker.metadata.name };
  const makers = (claim.value?.metadata.managedFields ?? []).filter(
    ({ fieldsV1 }) => fieldsV1?.['f:spec']?.['f:accessModes'] !== undefined,
  );
  const isControllers =
    makers.length > 0 && makers.every(({ manager }) => controllers.has(manager));
  return { kind: isControllers ? 'controller' : 'other' };
}
