import * as z from 'zod/mini';
import { parseQuantity } from '../../values/quantity.ts';
import { listOf, optionalText, quantities } from '../objects/parts.ts';

const resources = z._default(z.object({ requests: quantities }), { requests: {} });

/** What of a pod's spec the scheduler counts. */
export const requestingSpec = z.object({
  containers: listOf(z.object({ resources })),
  initContainers: listOf(z.object({ restartPolicy: optionalText, resources })),
  overhead: quantities,
  /** Requests of the pod as a whole (Kubernetes 1.34 and newer), which take the place of a sum. */
  resources,
});
export type RequestingSpec = z.infer<typeof requestingSpec>;

/** CPU in cores, the others in bytes. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  /** Scratch space on the node's disk. */
  readonly 'ephemeral-storage'?: number;
}

/**
 * What the scheduler sets aside for a pod: the containers and sidecars together, or the largest
 * step of the initialisation where that is more.
 * Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestsOf(spec: RequestingSpec): Requests {
  return {
    cpu: requestOf(spec, 'cpu'),
    memory: requestOf(spec, 'memory'),
    'ephemeral-storage': requestOf(spec, 'ephemeral-storage'),
  };
}

function requestOf(spec: RequestingSpec, resource: keyof Requests): number {
  const read = (requests: Readonly<Record<string, string | number>>) => {
    const quantity = requests[resource];
    const amount = quantity === undefined ? 0 : parseQuantity(quantity);
    return Number.isFinite(amount) ? amount : 0;
  };
  const overhead = read(spec.overhead);
  if (spec.resources.requests[resource] !== undefined)
    return read(spec.resources.requests) + overhead;
  let sidecars = 0;
  let largestStep = 0;
  for (const container of spec.initContainers) {
    const amount = read(container.resources.requests);
    // A sidecar runs on beside every later step.
    if (container.restartPolicy === 'Always') sidecars += amount;
    largestStep = Math.max(
      largestStep,
      container.restartPolicy === 'Always' ? sidecars : sidecars + amount,
    );
  }
  const running = spec.containers.reduce(
    (sum, one) => sum + read(one.resources.requests),
    sidecars,
  );
  return Math.max(running, largestStep) + overhead;
}
