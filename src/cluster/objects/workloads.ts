import * as z from 'zod/mini';
import {
  condition,
  labelSelector,
  listOf,
  mapOf,
  numberOrText,
  objectMetadata,
  optionalFlag,
  optionalNumber,
  optionalText,
} from './parts.ts';
import { podTemplate } from './pods.ts';
import { persistentVolumeClaim } from './storage.ts';

const replicas = {
  observedGeneration: optionalNumber,
  replicas: optionalNumber,
  readyReplicas: optionalNumber,
  updatedReplicas: optionalNumber,
  availableReplicas: optionalNumber,
  conditions: listOf(condition),
};

export const statefulSet = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({
    replicas: optionalNumber,
    serviceName: optionalText,
    podManagementPolicy: optionalText,
    selector: labelSelector,
    template: podTemplate,
    volumeClaimTemplates: listOf(persistentVolumeClaim),
    updateStrategy: z.optional(
      z.looseObject({
        type: optionalText,
        rollingUpdate: z.optional(
          z.nullable(z.looseObject({ partition: optionalNumber, maxUnavailable: numberOrText })),
        ),
      }),
    ),
    persistentVolumeClaimRetentionPolicy: z.optional(
      z.looseObject({ whenDeleted: optionalText, whenScaled: optionalText }),
    ),
  }),
  status: z._default(
    z.looseObject({ ...replicas, currentRevision: optionalText, updateRevision: optionalText }),
    { conditions: [] },
  ),
});

export const deployment = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({
    replicas: optionalNumber,
    selector: labelSelector,
    template: podTemplate,
    paused: optionalFlag,
    progressDeadlineSeconds: optionalNumber,
  }),
  status: z._default(z.looseObject({ ...replicas, unavailableReplicas: optionalNumber }), {
    conditions: [],
  }),
});

export const replicaSet = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({ replicas: optionalNumber, selector: labelSelector }),
  status: z._default(z.looseObject(replicas), { conditions: [] }),
});

export const service = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({
    type: optionalText,
    clusterIP: optionalText,
    selector: mapOf(z.string()),
    ports: listOf(
      z.looseObject({ name: optionalText, port: z.number(), targetPort: numberOrText }),
    ),
  }),
});

