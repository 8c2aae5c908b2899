import * as z from 'zod/mini';
import {
  type Event,
  objectMetadata,
  type PersistentVolumeClaim,
  persistentVolumeClaim,
  podTemplate,
} from '../cluster/objects.ts';

export type { Pod } from '../cluster/objects.ts';
export type Claim = PersistentVolumeClaim;
export type ClusterEvent = Event;
export type Metadata = z.infer<typeof objectMetadata>;

const number = z.optional(z.nullable(z.number()));
const text = z.optional(z.nullable(z.string()));

const rollingUpdate = z.optional(z.nullable(z.looseObject({ partition: number })));

/**
 * A StatefulSet, a Deployment or a ReplicaSet, live or in a manifest: what they share, and what
 * each adds, so that one rule can judge them all.
 */
export const workload = z.looseObject({
  kind: text,
  metadata: z.extend(objectMetadata, {
    managedFields: z.optional(
      z.nullable(z.array(z.looseObject({ manager: text, time: text, subresource: text }))),
    ),
  }),
  spec: z.looseObject({
    replicas: number,
    minReadySeconds: number,
    paused: z.optional(z.nullable(z.boolean())),
    selector: z.optional(
      z.looseObject({ matchLabels: z.optional(z.nullable(z.record(z.string(), z.string()))) }),
    ),
    serviceName: text,
    podManagementPolicy: text,
    updateStrategy: z.optional(z.nullable(z.looseObject({ type: text, rollingUpdate }))),
    strategy: z.optional(z.nullable(z.looseObject({ type: text, rollingUpdate }))),
    persistentVolumeClaimRetentionPolicy: z.optional(
      z.nullable(z.looseObject({ whenDeleted: text, whenScaled: text })),
    ),
    template: z.optional(podTemplate),
    volumeClaimTemplates: z.optional(z.nullable(z.array(persistentVolumeClaim))),
  }),
  status: z.optional(
    z.looseObject({
      observedGeneration: number,
      replicas: number,
      updatedReplicas: number,
      readyReplicas: number,
      availableReplicas: number,
      updateRevision: text,
      conditions: z.optional(
        z.nullable(
          z.array(
            z.looseObject({ type: z.string(), status: z.string(), reason: text, message: text }),
          ),
        ),
      ),
    }),
  ),
});
export type Workload = z.infer<typeof workload>;

/** What every object has, for those that are looked at for nothing else. */
export const anyObject = z.looseObject({ metadata: objectMetadata });
