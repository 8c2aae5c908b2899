import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalText, quantities, text } from '../../objects/parts.ts';
import { persistentVolumeClaim } from '../../objects.ts';
import type { ApiResult } from '../../types.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, take } from '../gathering.ts';
import type { FactReader } from '../reader.ts';
import { hostKey, valuesOfTerms, zoneKey } from '../topology-terms.ts';

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
      ...(spec.volumeName
        ? placeOf(await readVolume(reader, spec.volumeName))
        : { zones: [], hosts: [] }),
    })),
  );
});

const readVolume = (reader: FactReader, name: string) =>
  reader.get(`/api/v1/persistentvolumes/${encodeURIComponent(name)}`, boundVolume);

/** Of a volume that nobody may look at, null. */
function placeOf(volume: ApiResult<BoundVolume>) {
  return volume.ok
    ? { zones: volumeZones(volume.value), hosts: volumeHosts(volume.value) }
    : { zones: null, hosts: null };
}

/** Zones from which a volume can be used; empty where it does not tie itself to any. */
export function volumeZones(volume: BoundVolume): string[] {
  const terms = termsOf(volume);
  if (terms.length > 0) return valuesOfTerms(terms, zoneKey);
  const { labels } = volume.metadata;
  const label =
    labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'];
  // A volume that is kept in several zones names them all.
  return label ? label.split('__') : [];
}

/** Nodes whose own disk a volume is; empty where it can be used from others. */
const volumeHosts = (volume: BoundVolume): string[] => valuesOfTerms(termsOf(volume), hostKey);

const termsOf = ({ spec }: BoundVolume) =>
  (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).map(({ matchExpressions }) =>
    matchExpressions.filter(({ operator }) => operator === 'In'),
  );
