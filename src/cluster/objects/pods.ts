import * as z from 'zod/mini';
import {
  condition,
  listOf,
  mapOf,
  numberOrText,
  objectMetadata,
  optionalFlag,
  optionalNumber,
  optionalText,
  quantities,
  text,
} from './parts.ts';

const containerState = z.looseObject({
  waiting: z.optional(z.looseObject({ reason: optionalText, message: optionalText })),
  running: z.optional(z.looseObject({ startedAt: optionalText })),
  terminated: z.optional(
    z.looseObject({
      exitCode: z._default(z.number(), 0),
      signal: optionalNumber,
      reason: optionalText,
      message: optionalText,
      startedAt: optionalText,
      finishedAt: optionalText,
    }),
  ),
});

const containerStatus = z.looseObject({
  name: z.string(),
  ready: z._default(z.boolean(), false),
  started: optionalFlag,
  restartCount: z._default(z.number(), 0),
  image: text,
  imageID: text,
  state: z._default(containerState, {}),
  lastState: z._default(containerState, {}),
});

/** By name, to one key of a Secret or ConfigMap. */
const keyReference = z.looseObject({ name: text, key: text, optional: optionalFlag });
/** By name, to all of a Secret or ConfigMap. */
const reference = z.looseObject({ name: text, optional: optionalFlag });
const items = listOf(z.looseObject({ key: text }));

const probe = z.looseObject({
  httpGet: z.optional(z.looseObject({ path: optionalText, port: numberOrText })),
  initialDelaySeconds: optionalNumber,
  periodSeconds: optionalNumber,
  timeoutSeconds: optionalNumber,
  failureThreshold: optionalNumber,
});

const container = z.looseObject({
  name: z.string(),
  image: text,
  env: listOf(
    z.looseObject({
      name: z.string(),
      value: optionalText,
      valueFrom: z.optional(
        z.looseObject({
          secretKeyRef: z.optional(keyReference),
          configMapKeyRef: z.optional(keyReference),
        }),
      ),
    }),
  ),
  envFrom: listOf(
    z.looseObject({ secretRef: z.optional(reference), configMapRef: z.optional(reference) }),
  ),
  ports: listOf(z.looseObject({ name: optionalText, containerPort: z.number() })),
  resources: z._default(z.looseObject({ requests: quantities, limits: quantities }), {
    requests: {},
    limits: {},
  }),
  volumeMounts: listOf(z.looseObject({ name: z.string(), mountPath: text })),
  startupProbe: z.optional(probe),
  readinessProbe: z.optional(probe),
  livenessProbe: z.optional(probe),
});

const volume = z.looseObject({
  name: z.string(),
  persistentVolumeClaim: z.optional(z.looseObject({ claimName: z.string() })),
  secret: z.optional(z.looseObject({ secretName: optionalText, optional: optionalFlag, items })),
  configMap: z.optional(z.looseObject({ name: text, optional: optionalFlag, items })),
  projected: z.optional(
    z.looseObject({
      sources: listOf(
        z.looseObject({
          secret: z.optional(z.looseObject({ name: text, optional: optionalFlag, items })),
          configMap: z.optional(z.looseObject({ name: text, optional: optionalFlag, items })),
        }),
      ),
    }),
  ),
});

export const podSpec = z.looseObject({
  nodeName: optionalText,
  serviceAccountName: optionalText,
  containers: listOf(container),
  initContainers: listOf(container),
  volumes: listOf(volume),
  nodeSelector: mapOf(z.string()),
  imagePullSecrets: listOf(z.looseObject({ name: text })),
  terminationGracePeriodSeconds: optionalNumber,
});

export const podTemplate = z.looseObject({
  metadata: z._default(objectMetadata, {
    name: '',
    labels: {},
    annotations: {},
    ownerReferences: [],
    finalizers: [],
  }),
  spec: podSpec,
});

export const pod = z.looseObject({
  metadata: objectMetadata,
  spec: podSpec,
  status: z._default(
    z.looseObject({
      phase: text,
      reason: optionalText,
      message: optionalText,
      podIP: optionalText,
      startTime: optionalText,
      conditions: listOf(condition),
      containerStatuses: listOf(containerStatus),
      initContainerStatuses: listOf(containerStatus),
    }),
    { phase: '', conditions: [], containerStatuses: [], initContainerStatuses: [] },
  ),
});

export type Pod = z.infer<typeof pod>;
export type ContainerStatus = z.infer<typeof containerStatus>;
