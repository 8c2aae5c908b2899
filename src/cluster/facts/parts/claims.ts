import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalText, quantities, text } from '../../objects/parts.ts';
import { persistentVolumeClaim } from '../../objects.ts';
import type { ApiResult } from '../../types.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import type { FactReader } from '../reader.ts';

/** Ends the key by which a cloud, or Kubernetes itself, names the zone of a volume. */
const zoneKey = /\/zone$/;

const boundVolume = z.object({
  metadata: objectMetadata,
  spec: z.object({
    capacity: quantities,
    storageClassName: optionalText,
    nodeAffinity: z.optional(
      z.nullable(
        z.object({
          required: z.optional(
            z.nullable(
              z.object({
                nodeSelectorTerms: listOf(
                  z.object({
                    matchExpressions: listOf(
                      z.object({ key: text, operator: text, values: listOf(z.string()) }),
                    ),
                  }),
                ),
              }),
            ),
          ),
        }),
      ),
    ),
  }),
});
type BoundVolume = z.infer<typeof boundVolume>;

/** Claims of the release, by labels or by a name that its pods would mount. */
export const gatherClaims = gathering<'claims', FactSubject>(async ({ reader, subject }) => {
  const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/persistentvolumeclaims`;
  const labels = Object.entries(subject.selector);
  const ours = take(await reader.list(path, persistentVolumeClaim)).filter(
    ({ metadata }) =>
      subject.claims.includes(metadata.name) ||
      (labels.length > 0 && labels.every(([key, value]) => metadata.labels[key] === value)),
  );
  return Promise.all(
    ours.map(async ({ metadata, spec, status }) => ({
      name: metadata.name,
      phase: status.phase,
      storageClass: spec.storageClassName ?? '',
      size: String(spec.resources.requests.storage ?? ''),
      accessModes: spec.accessModes,
      zones: spec.volumeName ? zonesOf(await readVolume(reader, spec.volumeName)) : [],
    })),
  );
});

const readVolume = (reader: FactReader, name: string) =>
  reader.get(`/api/v1/persistentvolumes/${encodeURIComponent(name)}`, boundVolume);

/** Of a volume that nobody may look at, null. */
function zonesOf(volume: ApiResult<BoundVolume>): string[] | null {
  return volume.ok ? volumeZones(volume.value) : null;
}

/** Zones from which a volume can be used; empty where it does not tie itself to any. */
export function volumeZones({ metadata, spec }: BoundVolume): string[] {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const ofTerms = terms.map(({ matchExpressions }) =>
    matchExpressions
      .filter(({ key, operator }) => zoneKey.test(key) && operator === 'In')
      .flatMap(({ values }) => values),
  );
  // Terms are alternatives: one without a zone opens all of them.
  if (terms.length > 0)
    return ofTerms.some((zones) => zones.length === 0) ? [] : [...new Set(ofTerms.flat())];
  const label =
    metadata.labels['topology.kubernetes.io/zone'] ??
    metadata.labels['failure-domain.beta.kubernetes.io/zone'];
  // A volume that is kept in several zones names them all.
  return label ? label.split('__') : [];
}
