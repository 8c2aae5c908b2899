import * as z from 'zod/mini';
import { listOf, objectMetadata, optionalNumber, text } from '../../objects/parts.ts';
import { persistentVolumeClaim } from '../../objects.ts';
import type { FactValue } from '../facts.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, takeIfThere } from '../gathering.ts';

const liveWorkload = z.object({
  metadata: objectMetadata,
  spec: z.object({
    replicas: optionalNumber,
    podManagementPolicy: text,
    volumeClaimTemplates: listOf(persistentVolumeClaim),
  }),
  status: z._default(z.object({ readyReplicas: optionalNumber }), {}),
});
type LiveWorkload = z.infer<typeof liveWorkload>;

/** The StatefulSet or Deployment that runs under our name, whoever made it. */
export const gatherWorkload = gathering<'workload', FactSubject>(async ({ reader, subject }) => {
  const { namespace, fullname } = subject;
  const path = (plural: string) =>
    `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${plural}/${encodeURIComponent(fullname)}`;
  const [set, deployment] = await Promise.all([
    reader.get(path('statefulsets'), liveWorkload),
    reader.get(path('deployments'), liveWorkload),
  ]);
  const statefulSet = takeIfThere(set);
  if (statefulSet) return toWorkload('StatefulSet', statefulSet);
  const other = takeIfThere(deployment);
  return other ? toWorkload('Deployment', other) : null;
});

function toWorkload(
  kind: 'StatefulSet' | 'Deployment',
  { metadata, spec, status }: LiveWorkload,
): FactValue<'workload'> {
  return {
    kind,
    name: metadata.name,
    replicas: spec.replicas ?? 1,
    readyReplicas: status.readyReplicas ?? 0,
    podManagementPolicy: spec.podManagementPolicy,
    claimTemplates: spec.volumeClaimTemplates.map((claim) => ({
      name: claim.metadata.name,
      storageClass: claim.spec.storageClassName ?? '',
      size: String(claim.spec.resources.requests.storage ?? ''),
      accessModes: claim.spec.accessModes,
    })),
  };
}
