import * as z from 'zod/mini';
import { value } from './documented.ts';
import { objects } from './formats.ts';

const text = z.string().check(z.minLength(1));

/** What the chart has no value of its own for. */
export const extra = {
  extraEnv: value(
    z.array(
      z.strictObject({
        name: text,
        value: z.optional(z.union([z.string(), z.number(), z.boolean(), z.null()])),
        valueFrom: z.optional(z.looseObject({})),
      }),
    ),
    [],
    'Environment variables. One with the name of a chart variable replaces it.',
    [{ name: 'XERV_WAL_SYNC', value: 'true' }],
  ),
  extraEnvFrom: value(
    objects,
    [],
    "ConfigMaps and Secrets whose keys become environment variables. The chart's own variables win.",
    [{ secretRef: { name: 'xerv-environment' } }],
  ),
  extraVolumes: value(
    z.array(z.looseObject({ name: text })),
    [],
    'Volumes for the pods. One with the name of a chart volume replaces it.',
    [{ name: 'pipelines', configMap: { name: 'xerv-pipelines' } }],
  ),
  extraVolumeMounts: value(
    z.array(z.looseObject({ name: text, mountPath: text })),
    [],
    'Mounts for the container. One with the path of a chart mount replaces it.',
    [{ name: 'pipelines', mountPath: '/pipelines', readOnly: true }],
  ),
  extraObjects: value(
    z.array(z.union([z.looseObject({}), z.string()])),
    [],
    'Objects to create with the release, as maps or as text. Templates in them are resolved, so that {{ .Release.Name }} may be used.',
    [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'xerv-pipelines', namespace: '{{ .Release.Namespace }}' },
        data: { 'hello.yaml': '…' },
      },
    ],
  ),
};
