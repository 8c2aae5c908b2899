import * as z from 'zod/mini';

/** Building blocks of the facts' schemas. Facts are ours, so nothing unknown is let through. */
export const names = z.array(z.string());
export const labels = z.record(z.string(), z.string());

/** A Kubernetes label selector; null (absent) selects nothing, an empty one everything. */
export const selector = z.nullable(
  z.strictObject({
    matchLabels: labels,
    matchExpressions: z.array(
      z.strictObject({ key: z.string(), operator: z.string(), values: names }),
    ),
  }),
);

/** A controller of an add-on, as its Deployment or DaemonSet tells. */
export const controller = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  image: z.string(),
  /** From the image's tag or the app.kubernetes.io/version label; empty where neither tells. */
  version: z.string(),
  wanted: z.number(),
  ready: z.number(),
});
