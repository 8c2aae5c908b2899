import * as z from 'zod/mini';
import {
  condition,
  listOf,
  mapOf,
  objectMetadata,
  optionalFlag,
  optionalText,
  quantities,
  text,
} from './parts.ts';

export const persistentVolumeClaim = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({
    /** Absent: the cluster's default class. Empty: no class, a volume made by hand. */
    storageClassName: optionalText,
    volumeName: optionalText,
    accessModes: listOf(z.string()),
    resources: z._default(z.looseObject({ requests: quantities }), { requests: {} }),
  }),
  status: z._default(
    z.looseObject({ phase: text, capacity: quantities, conditions: listOf(condition) }),
    { phase: '', capacity: {}, conditions: [] },
  ),
});

export const persistentVolume = z.looseObject({
  metadata: objectMetadata,
  spec: z.looseObject({
    storageClassName: optionalText,
    persistentVolumeReclaimPolicy: optionalText,
    capacity: quantities,
    claimRef: z.optional(
      z.nullable(
        z.looseObject({
          namespace: optionalText,
          name: optionalText,
          uid: optionalText,
        }),
      ),
    ),
  }),
  status: z._default(z.looseObject({ phase: text }), { phase: '' }),
});

export const storageClass = z.looseObject({
  metadata: objectMetadata,
  provisioner: text,
  reclaimPolicy: optionalText,
  volumeBindingMode: optionalText,
  allowVolumeExpansion: optionalFlag,
  allowedTopologies: listOf(
    z.looseObject({
      matchLabelExpressions: listOf(z.looseObject({ key: text, values: listOf(z.string()) })),
    }),
  ),
});

/** Values are base64. Ask for one only where its content is needed. */
export const secret = z.looseObject({
  metadata: objectMetadata,
  type: text,
  immutable: optionalFlag,
  data: mapOf(z.string()),
});

export const configMap = z.looseObject({ metadata: objectMetadata, data: mapOf(z.string()) });

export type PersistentVolumeClaim = z.infer<typeof persistentVolumeClaim>;
export type PersistentVolume = z.infer<typeof persistentVolume>;
export type StorageClass = z.infer<typeof storageClass>;
