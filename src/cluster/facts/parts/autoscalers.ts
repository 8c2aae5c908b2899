import * as z from 'zod/mini';
import { objectMetadata, text } from '../../objects/parts.ts';
import type { ApiResult } from '../../types.ts';
import { gathering, take, takeAll } from '../gathering.ts';
import { emptyWhereAbsent, type FactReader } from '../reader.ts';
import { servedVersion } from '../served.ts';

const target = z.object({ kind: text, name: text });

/** An autoscaler of any kind names what it scales in one of two fields. */
const autoscaler = z.object({
  metadata: objectMetadata,
  spec: z.object({ scaleTargetRef: z.optional(target), targetRef: z.optional(target) }),
});
type Autoscaler = z.infer<typeof autoscaler>;

const kinds = [
  { kind: 'HorizontalPodAutoscaler', group: 'autoscaling', plural: 'horizontalpodautoscalers' },
  { kind: 'ScaledObject', group: 'keda.sh', plural: 'scaledobjects' },
  {
    kind: 'VerticalPodAutoscaler',
    group: 'autoscaling.k8s.io',
    plural: 'verticalpodautoscalers',
  },
] as const;

/** helm marks what a release owns. */
const releaseAnnotation = 'meta.helm.sh/release-name';

/** Everything in the namespace that changes replicas or requests of a workload. */
export const gatherAutoscalers = gathering<'autoscalers'>(async ({ reader, subject }) => {
  const found = await takeAll(
    kinds.map(async ({ kind, group, plural }) => {
      const items = take(await readAll(reader, { group, plural, namespace: subject.namespace }));
      return items.map((item) => ({ kind, item }));
    }),
  );
  const all = found.flat();
  return all.map(({ kind, item: { metadata, spec } }) => {
    const scaled = spec.scaleTargetRef ?? spec.targetRef;
    // KEDA makes an autoscaler for each ScaledObject, which belongs to whom that belongs to.
    const maker = metadata.ownerReferences.find(({ controller }) => controller);
    const made = all.find(
      (one) => one.kind === maker?.kind && one.item.metadata.name === maker?.name,
    );
    return {
      kind,
      name: metadata.name,
      // KEDA takes a Deployment where no kind is named.
      target: scaled ? `${scaled.kind || 'Deployment'}/${scaled.name}` : '',
      owner: (made?.item.metadata ?? metadata).annotations[releaseAnnotation] ?? '',
    };
  });
});

async function readAll(
  reader: FactReader,
  { group, plural, namespace }: Readonly<Record<'group' | 'plural' | 'namespace', string>>,
): Promise<ApiResult<Autoscaler[]>> {
  const version = await servedVersion(reader, group);
  if (!version) return { ok: true, value: [] };
  const path = `/apis/${group}/${version}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  return emptyWhereAbsent(await reader.list(path, autoscaler));
}
