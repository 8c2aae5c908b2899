import * as z from 'zod/mini';
import { labels } from './parts.ts';

/** Room on one node. CPU in cores, memory and disk in bytes. */
const room = z.strictObject({
  cpu: z.number(),
  memory: z.number(),
  pods: z.number(),
  /** Facts of older versions do not tell. */
  'ephemeral-storage': z.optional(z.number()),
});

export const node = z.strictObject({
  name: z.string(),
  labels,
  ready: z.boolean(),
  /** Cordoned. */
  unschedulable: z.boolean(),
  taints: z.array(z.strictObject({ key: z.string(), value: z.string(), effect: z.string() })),
  allocatable: room,
  /** What is left after the requests of the pods on it; null where its pods were not asked for. */
  free: z.nullable(room),
  /** Of its containers, such as containerd://2.1.4; facts of older versions do not tell. */
  runtime: z.optional(z.string()),
  /** Names of our own release's pods on it: an upgrade gives their room back. */
  ownPods: z.array(z.string()),
  /** What these hold of the room; null where the pods of the node were not asked for. */
  ownRoom: z.nullable(room),
  /**
   * Pods of others that keep ours away (required anti-affinity), and from where: the key of a label
   * of nodes. `of` names the workloads of ours where it is not about all. Absent where there are none,
   * or nobody looked.
   */
  repelling: z.optional(
    z.array(
      z.strictObject({ pod: z.string(), key: z.string(), of: z.optional(z.array(z.string())) }),
    ),
  ),
});

export const nodes = z.strictObject({
  /** How many the cluster has. */
  total: z.number(),
  /** Those that were looked at: all, or so many that every replica found room. */
  seen: z.array(node),
  complete: z.boolean(),
  /**
   * For each required rule of our pods about other pods, as text, the nodes with pods of others
   * that it is about. One that is not there was not looked at.
   */
  neighbours: z.optional(
    z.array(
      z.strictObject({ rule: z.string(), nodes: z.array(z.string()), complete: z.boolean() }),
    ),
  ),
});
